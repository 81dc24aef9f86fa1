import Cells
import Configuration
import Judgements
import Session
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceQuery
import TraceStore

/// `spandrel score`: a first reward of everything, made by code, and never over a person's.
enum ScoreCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        var asked: ScoringMethod?
        if let name = arguments["--by"] {
            asked = ScoringMethod(rawValue: name)
            guard asked != nil else {
                throw .usage("--by is one of: " + ScoringMethod.allCases.map(\.rawValue).joined(separator: ", "))
            }
        }
        let query = try Filter.query(arguments)
        let scorer: Scorer
        do {
            scorer = Scorer(try Settings.load().scoring)
        } catch {
            throw .usage(error.description)
        }
        let (store, state) = try await Reading.all(try arguments.sources())
        let isShown = query?.matches(state.traces)
        var run = ScoringRun(store: store, scorer: scorer, isDry: arguments.has("--dry-run"))
        var output = OutputBuffer()
        do throws(StoreError) {
            for index in TraceOrder.initial.sorted(state.traces).reversed() where isShown?[Int(index)] != false {
                let trace = state.traces[Int(index)]
                let method = asked ?? (trace.format == TraceFormat.mhc.rawValue ? .mhc : .asp)
                try await run.score(trace, by: method) { output.line(Display.printable($0)) }
            }
            try await run.finish { output.line(Display.printable($0)) }
        } catch {
            output.flush()
            throw .nothing(error.description)
        }
        output.flush()
        let verb = run.isDry ? "would be scored" : "scored"
        Output.complain("\(run.scored) \(verb), \(run.passedOver) passed over: judged already, or nothing to score")
        return 0
    }
}

/// Scores trace after trace.
private struct ScoringRun {
    let store: JudgedStore
    let scorer: Scorer
    let isDry: Bool
    private(set) var scored = 0
    private(set) var passedOver = 0
    /// So many are kept together: a file is written once for all of them.
    private static let stroke = 1_000
    private var waiting: [(score: JudgedStore.CodeScore, label: String)] = []

    init(store: JudgedStore, scorer: Scorer, isDry: Bool) {
        self.store = store
        self.scorer = scorer
        self.isDry = isDry
    }

    /// `tell` gets a line for each score.
    mutating func score(
        _ trace: TraceSummary, by method: ScoringMethod, tell: (String) -> Void
    ) async throws(StoreError) {
        switch method {
        case .mhc:
            let spans = try await store.spans(of: trace.id)
            let calls = (0..<spans.count).filter { spans.traits[$0].category == .model }
            for (place, read) in zip(calls, await store.bodies(of: calls.map { spans.refs[$0] }, limit: nil)) {
                let body = try read.get()
                let answer = Scorer.answer(of: body, parsed: JSONText.containers(in: body))
                let seconds = spans.durations[place] > 0 ? Double(spans.durations[place]) / 1e9 : nil
                let isWhole = spans.parents[place].isZero
                let score = spans.traits[place].status == .error ? nil : scorer.answer(answer, seconds: seconds)
                let label = isWhole ? trace.givenID : "\(trace.givenID) \(spans.ids[place])"
                try await keep(score, of: spans.refs[place], isWhole: isWhole, method, label, tell)
            }
        case .asp:
            let sequences = try await SequenceReader.sequences(of: trace.id, named: trace.givenID, from: store)
            for sequence in sequences {
                var failed: String?
                for (step, read) in zip(
                    sequence.steps, await store.bodies(of: sequence.steps.map(\.ref), limit: nil))
                {
                    let body = try read.get()
                    let signals = scorer.signals(
                        of: body, parsed: JSONText.containers(in: body), isRetry: failed == step.label)
                    failed = signals.hasFailed ? step.label : nil
                    try await keep(
                        scorer.step(signals), of: step.ref, isWhole: false, method, "\(sequence.id) \(step.span)", tell)
                }
            }
        }
    }

    private mutating func keep(
        _ score: Score?, of span: SpanRef, isWhole: Bool, _ method: ScoringMethod, _ label: String,
        _ tell: (String) -> Void
    ) async throws(StoreError) {
        guard let score else {
            passedOver += 1
            return
        }
        // Weights such as a third and two thirds leave a value with a tail that nobody asked for.
        let value = (score.value * 1e6).rounded() / 1e6
        var judgement = Judgement(value: value, verdict: nil, author: "spandrel:\(method.rawValue)")
        judgement.authorKind = .code
        judgement.strategy = score.strategy
        judgement.dimensions = score.dimensions
        waiting.append((JudgedStore.CodeScore(of: span, isWhole: isWhole, judgement), label))
        if waiting.count == Self.stroke { try await finish(tell) }
    }

    /// Keeps what is scored and waits for others to be kept with.
    mutating func finish(_ tell: (String) -> Void) async throws(StoreError) {
        defer { waiting = [] }
        var places: [String?] = []
        if isDry {
            for (score, _) in waiting { places.append(try await store.wouldKeep(score) ? "" : nil) }
        } else {
            places = try await store.score(waiting.map(\.score)).map { $0.map { " → \($0.place)" } }
        }
        for ((score, label), place) in zip(waiting, places) {
            guard let place else {
                passedOver += 1
                continue
            }
            scored += 1
            let judgement = score.judgement
            let parts = judgement.dimensions.map { "\($0.name) \(Figures.reward($0.value))" }.joined(separator: ", ")
            let value = judgement.value.map { Figures.reward($0) } ?? ""
            tell("\(value)  \(judgement.strategy.rawValue)  \(label)  \(parts)\(place)")
        }
    }
}
