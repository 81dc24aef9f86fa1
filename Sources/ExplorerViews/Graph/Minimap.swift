import Cells
import Explorer
import GraphLayout
import TraceModel

/// The whole graph in a corner, where the window shows but a part of it.
enum Minimap {
    static func draw(_ canvas: inout Canvas, _ view: GraphState, _ plan: GraphPlan, in area: Rectangle) {
        guard let drawing = view.drawing, plan.width > area.width || plan.height > area.height else { return }
        let width = max(4, min(24, plan.width / 8))
        let height = max(2, min(6, plan.height / 6))
        let corner = Position(x: area.x + area.width - width - 1, y: area.y + area.height - height - 1)
        canvas.fill(Rectangle(x: corner.x - 1, y: corner.y - 1, width: width + 2, height: height + 2), .treeLine)
        canvas.fill(Rectangle(x: corner.x - 1, y: corner.y - 1, width: width + 2, height: 1), .treeLine, with: "─")
        canvas.write("┌", x: corner.x - 1, y: corner.y - 1, .treeLine)
        canvas.write("map", x: corner.x + width - 3, y: corner.y - 1, .treeLine)
        for y in 0..<height { canvas.write("│", x: corner.x - 1, y: corner.y + y, .treeLine) }
        canvas.write("└", x: corner.x - 1, y: corner.y + height, .treeLine)
        canvas.fill(Rectangle(x: corner.x, y: corner.y + height, width: width, height: 1), .treeLine, with: "─")
        func column(_ x: Int) -> Int { max(0, min(width - 1, x * width / max(1, plan.width))) }
        func row(_ y: Int) -> Int { max(0, min(height - 1, y * height / max(1, plan.height))) }
        for (place, box) in plan.boxes.enumerated() {
            guard let state = view.state(of: drawing.scene.nodes[place]) else { continue }
            canvas.write(
                "▪", x: corner.x + column(box.x + box.width / 2), y: corner.y + row(box.y + box.height / 2),
                state.role)
        }
        let first = Position(x: column(view.offset.x), y: row(view.offset.y))
        let last = Position(
            x: column(min(plan.width, view.offset.x + area.width) - 1),
            y: row(min(plan.height, view.offset.y + area.height) - 1))
        canvas.lay(
            .cursor,
            over: Rectangle(
                x: corner.x + first.x, y: corner.y + first.y, width: last.x - first.x + 1, height: last.y - first.y + 1)
        )
    }
}
