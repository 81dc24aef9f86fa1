import GraphLayout

/// Laying out graphs of plans, beside `dot`, which the world lays out graphs with.
///
/// Both get the same boxes. Crossings are counted the same way on what either draws, two edges at a time; where ours run
/// together on one line, the eye sees fewer, which is told as well.
enum LayoutCase: BenchCase {
    static let name = "layout"
    static let summary = "graphs of 100, 1,000 and 10,000 tasks laid out, and dot on the same, where it is installed"

    /// What `dot` may take, in seconds.
    private static let patience = 60

    static func run(_ bench: Bench) throws(BenchError) {
        for count in [100, 1000, 10_000] {
            let sketch = PlanLikeGraph.make(nodes: count)
            let path = "\(bench.directory)/layout-\(count).dot"
            try SmallFile.write(DotGraph.text(sketch), to: path)
            let file = BenchFile(path: path, bytes: SmallFile.size(path) ?? 0, spans: count)
            let figures = try bench.measure(Self.self, file, ["\(count)"])
            guard let ours = figures["plan"], let again = figures["again"], let ink = figures["ink"],
                let crossings = figures["crossings"]?.median, let length = figures["length"]?.median,
                let seen = figures["seen"]?.median
            else { throw .failure("\(count) nodes were not laid out") }
            let graph = "\(Figure.count(count)) nodes, \(Figure.count(sketch.edges.count)) edges"
            bench.report(
                Row(
                    name: name, what: graph, measurement: ours, unit: Figure.seconds,
                    beside: "\(Figure.count(crossings)) crossings, \(Figure.count(seen)) as seen; "
                        + "\(Figure.count(length)) in long"))
            bench.report(
                Row(name: name, what: "again, a node more", measurement: again, unit: Figure.seconds))
            bench.report(Row(name: name, what: "ink of 120 by 40 cells", measurement: ink, unit: Figure.seconds))
            try compare(bench, file, graph, ours: ours, crossings: crossings, length: length)
        }
    }

    private static func compare(
        _ bench: Bench, _ file: BenchFile, _ graph: String, ours: Measurement, crossings: Double, length: Double
    ) throws(BenchError) {
        guard ChildProcess.exists("dot") else { return Terminal.complain("dot is not installed: passed over") }
        let result: (output: String, seconds: Double)
        do throws(BenchError) {
            result = try ChildProcess.run(["timeout", "\(patience)", "dot", "-Tplain", file.path])
        } catch {
            return Terminal.complain("dot on \(graph): \(error)")
        }
        let lines = DotGraph.lines(result.output)
        let theirs = Double(LineCrossings.count(lines))
        let theirLength = lines.reduce(0) { $0 + $1.length }
        bench.report(
            Row(
                name: name, what: "dot, \(graph)", measurement: Measurement([result.seconds]), unit: Figure.seconds,
                beside: "\(Figure.count(theirs)) crossings, \(Figure.count(theirLength)) in long; ours: "
                    + "\(Figure.ratio(result.seconds / ours.median)) as fast, \(Figure.ratio(crossings / theirs)) the "
                    + "crossings, \(Figure.ratio(length / theirLength)) the length"))
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        guard let count = arguments.first.flatMap({ Int($0) }) else { throw .usage("how many nodes?") }
        var sketch = PlanLikeGraph.make(nodes: count)
        var begun = ContinuousClock.now
        let plan = LayeredLayout.plan(sketch)
        let seconds = begun.duration(to: .now).seconds

        let ink = GraphInk(plan, of: sketch)
        begun = ContinuousClock.now
        withExtendedLifetime(ink.cells(x: plan.width / 2, y: plan.height / 2, width: 120, height: 40)) {}
        let inkSeconds = begun.duration(to: .now).seconds

        let lines = DotGraph.lines(plan, of: sketch)
        sketch.nodes.append(GraphSketch.Node(key: UInt64(count), width: 16, height: 3))
        sketch.edges.append(GraphSketch.Edge(from: count / 2, to: count))
        begun = ContinuousClock.now
        withExtendedLifetime(LayeredLayout.plan(sketch, keeping: plan)) {}
        return [
            "plan": seconds, "again": begun.duration(to: .now).seconds, "ink": inkSeconds,
            "crossings": Double(LineCrossings.count(lines)), "seen": Double(plan.crossings),
            "length": lines.reduce(0) { $0 + $1.length },
        ]
    }
}
