package import Cells
package import Explorer
import TraceModel

/// Draws the explorer: a function of its state, the theme and how times are told, and of nothing else.
package enum ExplorerScreen {
    package static func draw(_ state: ExplorerState, _ context: ViewContext) -> Screen {
        var canvas = Canvas(size: state.size, theme: context.theme)
        let smallest = ExplorerLayout.smallest
        guard state.size.columns >= smallest.columns, state.size.rows >= smallest.rows else {
            canvas.write("needs \(smallest.columns)x\(smallest.rows)", x: 0, y: 0, .message)
            return canvas.screen
        }
        let layout = state.layout
        FrameView.drawBar(&canvas, state, layout.bar)
        FrameView.drawTabs(&canvas, state, layout.tabs)
        if let overlay = state.overlay {
            OverlayView.draw(&canvas, overlay, state)
        } else if state.view == .graph {
            GraphView.draw(&canvas, state, context, layout)
        } else if state.view == .review {
            ReviewView.draw(&canvas, state, layout)
        } else if state.view == .live {
            LiveView.draw(&canvas, state, context, layout)
        } else if state.view == .rewards {
            RewardsView.draw(&canvas, state, context, layout)
        } else if let tree = state.tree {
            TreeView.draw(&canvas, tree, state, layout)
            SpanPaneView.draw(&canvas, tree, state, layout)
        } else {
            TracesView.draw(&canvas, state, context, layout)
        }
        if let writing = state.writing { WritingView.draw(&canvas, writing, state) }
        FrameView.drawFoot(&canvas, state, layout.foot)
        return canvas.screen
    }
}
