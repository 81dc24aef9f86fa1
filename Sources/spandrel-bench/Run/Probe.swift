/// The other side of `Bench.measure`: one measurement, in this process, its figures on standard output.
@MainActor
enum Probe {
    /// Not for people, and so not in the help.
    nonisolated static let command = "probe"

    static func run(_ arguments: [String]) async throws(BenchError) {
        guard arguments.count >= 2, let found = BenchCases.all.first(where: { $0.name == arguments[0] }) else {
            throw .usage("probe wants a case and a file")
        }
        let figures = try await found.probe(arguments[1], Array(arguments.dropFirst(2)))
        for (name, value) in figures.sorted(by: { $0.key < $1.key }) { Terminal.print("\(name) \(value)") }
    }
}
