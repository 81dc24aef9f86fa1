package import Cells

/// Where things stand on the screen. The core needs it to know how far a page is, the views to draw.
package struct ExplorerLayout: Sendable, Equatable {
    /// The top line; gone where there is little room.
    package var bar: Rectangle
    /// The line of views; gone where there is less.
    package var tabs: Rectangle
    /// The view's own heading: column heads, or a trace's title and time axis.
    package var heading: Rectangle
    package var list: Rectangle
    /// Heading and rows of the span's pane; empty where it is not shown.
    package var paneHeading: Rectangle
    package var pane: Rectangle
    /// Below the list of traces: the rate sparkline; empty where there is little room.
    package var rate: Rectangle
    package var foot: Rectangle

    package static let smallest = Size(columns: 20, rows: 5)

    package init(_ state: ExplorerState) {
        let size = state.size
        var rest = Rectangle(x: 0, y: 0, width: size.columns, height: size.rows)
        func takeTop(_ rows: Int, if condition: Bool = true) -> Rectangle {
            let taken = rest.top(condition ? rows : 0)
            rest = rest.droppingTop(taken.height)
            return taken
        }
        func takeBottom(_ rows: Int, if condition: Bool = true) -> Rectangle {
            let taken = rest.bottom(condition ? rows : 0)
            rest = rest.droppingBottom(taken.height)
            return taken
        }
        bar = takeTop(1, if: size.rows >= 7)
        tabs = takeTop(1, if: size.rows >= 14)
        foot = takeBottom(1)
        let empty = Rectangle(x: 0, y: rest.y, width: size.columns, height: 0)
        paneHeading = empty
        pane = empty
        rate = empty
        if state.view == .graph {
            heading = takeTop(state.graph?.moment == nil ? 1 : 2)
            if rest.height >= 14 {
                pane = takeBottom(rest.height >= 28 ? 4 : 3)
                paneHeading = takeBottom(1)
            }
            list = rest
            return
        }
        if state.view == .review {
            heading = takeTop(1)
            list = rest
            return
        }
        if state.view == .rewards {
            heading = takeTop(size.rows >= 10 ? 2 : 1)
            pane = takeBottom(RewardsState.panelRows, if: size.rows >= 14)
            paneHeading = takeBottom(1, if: size.rows >= 14)
            list = rest
            return
        }
        guard let tree = state.tree else {
            heading = takeTop(1)
            rate = takeBottom(1, if: size.rows >= 12)
            list = rest
            return
        }
        if tree.isMaximised, tree.focus == .span {
            heading = takeTop(1, if: size.rows >= 10)
            paneHeading = takeTop(1)
            pane = rest
            list = empty
            return
        }
        heading = takeTop(size.rows >= 10 ? 2 : 1)
        guard !tree.isMaximised, rest.height >= 9 else {
            if tree.focus == .span {
                paneHeading = takeTop(1)
                pane = rest
                list = empty
            } else {
                list = rest
            }
            return
        }
        let share = max(4, min(rest.height - 4, rest.height * 2 / 5 + tree.paneOffset))
        pane = takeBottom(share - 1)
        paneHeading = takeBottom(1)
        list = rest
    }
}
