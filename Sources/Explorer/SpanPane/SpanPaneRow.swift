package import Cells
package import TraceModel

/// One row of a span's tab.
package struct SpanPaneRow: Sendable {
    package enum Kind: Sendable, Equatable {
        case heading
        case attribute
        /// A piece of a longer text above it.
        case text
        case event
        case link(SpanLink)
        case log
    }

    /// A part of a row's text.
    package struct Piece: Sendable, Equatable {
        package var text: String
        package var role: Role
    }

    package var kind: Kind
    package var depth: Int
    /// What stands before the text: a key, a time, an index.
    package var key: String
    /// The value on one line; of a container, what it holds.
    package var text: String
    /// The text in pieces that are drawn each in their own way; none where it is all of one.
    package var pieces: [Piece] = []
    /// How the text is drawn.
    package var role: Role
    /// The whole value, for copying.
    package var value: AttributeValue
    /// Whether it starts unfolded.
    package var startsOpen: Bool
}
