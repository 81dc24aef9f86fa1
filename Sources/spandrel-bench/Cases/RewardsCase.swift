import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

/// What is handed down to the steps of a long sequence, and the view of rewards over very many of them.
enum RewardsCase: BenchCase {
    static let name = "rewards"
    static let summary = "handing down to 100,000 steps, and the view of as many rewards as spans are asked for"

    private static let steps = 100_000
    /// What a person does not wait for.
    private static let patience = 1.0

    static func run(_ bench: Bench) throws(BenchError) {
        let path = "\(bench.directory)/rewards"
        try SmallFile.write("", to: path)
        let figures = try bench.measure(
            Self.self, BenchFile(path: path, bytes: 0, spans: bench.spans), ["\(bench.spans)"])
        for strategy in Propagation.Strategy.allCases {
            guard let seconds = figures[strategy.rawValue] else { continue }
            bench.report(
                Row(
                    name: name, what: "\(strategy.rawValue) over \(Figure.count(steps)) steps", measurement: seconds,
                    unit: Figure.seconds, beside: "\(Figure.ratio(seconds.median / 0.05)) of 50 ms"))
        }
        let rewards = "\(Figure.count(bench.spans)) rewards"
        for (key, what) in [
            ("ledger", "\(rewards) to a ledger"), ("view", "and to the first screen by agent"),
            ("group", "by pipeline, a trace a group"), ("key", "a key, with its frame"),
        ] {
            guard let seconds = figures[key] else { continue }
            bench.report(
                Row(
                    name: name, what: what, measurement: seconds, unit: Figure.seconds,
                    beside: "\(Figure.ratio(seconds.median / patience)) of a second"))
        }
    }

    static func probe(_ file: String, _ arguments: [String]) async throws(BenchError) -> [String: Double] {
        guard let count = arguments.first.flatMap({ Int($0) }) else { throw .usage("how many rewards?") }
        var figures = handingDown()
        let (rewards, traces) = tables(count)
        let screen = try HeadlessScreen()
        var state = HeadlessScreen.state
        var progress = ReadProgress()
        progress.isFinished = true
        _ = Explorer.update(&state, .storeChanged(StoreState(traces: traces, progress: progress)))
        _ = Explorer.update(&state, .input(.key(.character("4"))))

        var begun = ContinuousClock.now
        let ledger = RewardLedger(rewards, traces)
        figures["ledger"] = begun.duration(to: .now).seconds
        func time(_ name: String, _ event: ExplorerEvent) {
            begun = ContinuousClock.now
            _ = Explorer.update(&state, event)
            screen.draw(state)
            figures[name] = begun.duration(to: .now).seconds
        }
        time("view", .rewardsRead(rewards, ledger))
        guard state.rewards.series.entryCount > 0 else { throw .failure("the view shows nothing") }
        time("group", .input(.key(.character("b"))))
        time("key", .input(.key(.character("j"))))
        return figures
    }

    private static func handingDown() -> [String: Double] {
        let steps = (0..<steps).map { step in
            Propagation.Step(hasFailed: step % 9 == 0, duration: Int64(step % 977), tokens: step % 613)
        }
        var figures: [String: Double] = [:]
        for strategy in Propagation.Strategy.allCases {
            let begun = ContinuousClock.now
            let values = Propagation(strategy).values(of: 0.8, over: steps)
            figures[strategy.rawValue] = begun.duration(to: .now).seconds
            withExtendedLifetime(values) {}
        }
        return figures
    }

    /// Ten rewards a trace, of a dozen agents.
    private static func tables(_ count: Int) -> (rewards: RewardTable, traces: TraceTable) {
        var traces = TraceTable()
        var rewards = RewardTable()
        let agents = (0..<12).map { rewards.strings.intern("agent \($0)") }
        var random = SystemRandomNumberGenerator()
        for trace in 0..<max(1, count / 10) {
            traces.ids.append(TraceID(high: 1, low: UInt64(trace)))
            traces.starts.append(Int64(trace) * 1_000_000_000 + 1)
            traces.durations.append(1)
            traces.spans.append(10)
            traces.errors.append(0)
            traces.tokensIn.append(0)
            traces.tokensOut.append(0)
            traces.costs.append(.nan)
            traces.rewards.append(0.5)
            traces.traits.append([])
            for column in [
                \TraceTable.roots, \.titles, \.services, \.sources, \.names, \.sessions, \.formats, \.models, \.agents,
            ] {
                traces[keyPath: column].append(traces.strings.intern("word"))
            }
            for step in 0..<10 {
                rewards.append(
                    trace: UInt32(trace), span: SpanID(UInt64(trace * 10 + step + 1)),
                    start: Int64(trace) * 1_000_000_000 + Int64(step) + 1,
                    value: Float.random(in: 0...1, using: &random),
                    agent: agents[(trace + step / 3) % agents.count])
            }
        }
        return (rewards, traces)
    }
}
