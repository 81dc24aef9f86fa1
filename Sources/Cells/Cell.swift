/// One character's place on the screen.
package struct Cell: Hashable, Sendable {
    /// A base scalar with its combining marks; empty in the right half of a wide one.
    package var text: String
    package var style: Style

    package init(_ text: String = " ", _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}
