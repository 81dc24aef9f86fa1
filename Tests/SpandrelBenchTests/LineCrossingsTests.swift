import GraphLayout
import Testing

@testable import spandrel_bench

@Suite("Crossings of drawn lines")
struct LineCrossingsTests {
    private func line(_ from: Int, _ to: Int, _ points: [(x: Double, y: Double)]) -> DrawnLine {
        DrawnLine(from: from, to: to, points: points)
    }

    @Test("are counted where edges without a node in common pass through each other")
    func counting() {
        let rising = line(0, 1, [(0, 0), (10, 10)])
        let falling = line(2, 3, [(0, 10), (10, 0)])
        #expect(LineCrossings.count([rising, falling]) == 1)
        #expect(LineCrossings.count([rising, line(0, 3, [(0, 10), (10, 0)])]) == 0)
        #expect(LineCrossings.count([rising, line(2, 3, [(0, 1), (10, 11)])]) == 0)
        let stairs = line(4, 5, [(0, 5), (4, 5), (4, 1), (8, 1), (8, 9)])
        #expect(LineCrossings.count([rising, stairs]) == 2)
        #expect(LineCrossings.count([rising, falling, stairs]) == 4)
    }

    @Test("are counted alike in what dot answers")
    func dot() {
        let plain = """
            graph 1 4 2
            node 0 0 0 1 1 "" solid box black lightgrey
            edge 0 1 2 0 0 10 10 solid black
            edge 2 3 4 0 10 3 7 7 3 10 0 "label" 1 2 solid black
            stop
            """
        let lines = DotGraph.lines(plain)
        #expect(lines.map(\.from) == [0, 2])
        #expect(lines.map(\.points.count) == [2, 4])
        #expect(LineCrossings.count(lines) == 1)
        #expect(lines[0].length == 200.0.squareRoot())
    }

    @Test("are of graphs that are the same each time, and whose edges lead on")
    func graphs() {
        let graph = PlanLikeGraph.make(nodes: 200)
        #expect(graph == PlanLikeGraph.make(nodes: 200))
        #expect(graph.nodes.count == 200)
        #expect(graph.edges.allSatisfy { $0.from < $0.to })
        #expect(graph.edges.count > 300)
    }
}
