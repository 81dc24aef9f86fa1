import GraphLayout

/// A sketch as Graphviz has it: what `dot` reads, and what it answers.
enum DotGraph {
    /// Inches of a cell, which is twice as high as it is wide.
    static let cellWidth = 0.1
    static let cellHeight = 0.2

    /// The same boxes and edges, and as much room between boxes of a layer.
    static func text(_ sketch: GraphSketch) -> String {
        var lines = [
            "digraph {", "rankdir=LR; nodesep=\(cellHeight); ranksep=\(cellWidth * 4);",
            "node [shape=box fixedsize=true label=\"\"];",
        ]
        for (index, node) in sketch.nodes.enumerated() {
            let (width, height) = (Double(node.width) * cellWidth, Double(node.height) * cellHeight)
            lines.append("\(index) [width=\(width) height=\(height)];")
        }
        for edge in sketch.edges { lines.append("\(edge.from) -> \(edge.to);") }
        return lines.joined(separator: "\n") + "\n}\n"
    }

    /// The lines of `dot -Tplain`: the control points of each edge, in inches.
    static func lines(_ plain: String) -> [DrawnLine] {
        plain.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 3, words[0] == "edge", let from = Int(words[1]), let to = Int(words[2]),
                let count = Int(words[3]), words.count >= 4 + count * 2
            else { return nil }
            let points = (0..<count).compactMap { index -> (x: Double, y: Double)? in
                guard let x = Double(words[4 + index * 2]), let y = Double(words[5 + index * 2]) else { return nil }
                return (x, y)
            }
            return DrawnLine(from: from, to: to, points: points)
        }
    }

    /// Those of a plan, in inches as well.
    static func lines(_ plan: GraphPlan, of sketch: GraphSketch) -> [DrawnLine] {
        zip(sketch.edges, plan.routes).map { edge, route in
            DrawnLine(
                from: edge.from, to: edge.to,
                points: route.points.map { (Double($0.x) * cellWidth, Double($0.y) * cellHeight) })
        }
    }
}
