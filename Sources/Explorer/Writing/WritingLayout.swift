package import Cells

/// Where the text area stands: over the lower part of the screen, so that what is written about stays in sight.
package struct WritingLayout: Sendable {
    package var heading: Rectangle
    package var text: Rectangle

    package init(_ state: ExplorerState) {
        let foot = state.layout.foot
        let whole = Rectangle(x: 0, y: 0, width: state.size.columns, height: foot.y)
        let area = whole.bottom(max(4, state.size.rows * 2 / 5))
        heading = area.top(1)
        let below = area.droppingTop(1)
        text = Rectangle(x: 2, y: below.y, width: below.width - 4, height: below.height)
    }
}
