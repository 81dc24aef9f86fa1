/// One thing that is measured. A case is a file of its own in `Cases`, and an entry in `BenchCases.all`.
protocol BenchCase: Sendable {
    static var name: String { get }
    /// One line of what is measured.
    static var summary: String { get }

    /// Measures and reports, as a rule by `bench.measure`, which calls `probe` in processes of their own.
    static func run(_ bench: Bench) throws(BenchError)

    /// Does once, on `file`, what is measured; the figures by name. `arguments` are those given to `bench.measure`.
    @MainActor
    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double]
}

enum BenchCases {
    static var all: [any BenchCase.Type] {
        [
            FirstScreenCase.self, IndexCase.self, MemoryCase.self, ReopenCase.self, OpenTraceCase.self, SearchCase.self,
            KeysCase.self, FormatsCase.self, LnavCase.self, LayoutCase.self, RewardsCase.self, JudgeCase.self,
        ]
    }
}
