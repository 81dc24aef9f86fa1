import Cells
import FileStore
import Judgements
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel reward`: judging without a screen.
enum RewardCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        switch arguments.operands.first {
        case "set": return try await set(arguments)
        case "list": return try await list(arguments)
        case "pending": return try await pending(arguments)
        case "undo":
            return try await change(arguments, "taken back") { store async throws(StoreError) in
                try await store.undo()
            }
        case "redo":
            return try await change(arguments, "holds again") { store async throws(StoreError) in
                try await store.redo()
            }
        case "import": return try await take(arguments)
        default: throw .usage("reward does one of: set, list, pending, undo, redo, import")
        }
    }

    static func open(
        _ arguments: Arguments, from first: Int = 1, isRetrying: Bool = true
    ) async throws(Failure) -> (store: JudgedStore, state: StoreState) {
        var options = JudgementOptions()
        if let author = arguments["--author"] { options.author = author }
        options.isRetrying = isRetrying
        let store = JudgedStore(
            FileStore(try arguments.sources(from: first), options: try Reading.options()), options)
        var last = StoreState()
        for await state in store.read() { last = state }
        guard last.traces.count > 0 else {
            Reading.complain(last.problems)
            throw .nothing("no traces could be read")
        }
        return (store, last)
    }

    // MARK: set

    private static func set(_ arguments: Arguments) async throws(Failure) -> Int32 {
        guard let target = arguments["--target"] else { throw .usage("--target is missing: span:ID, trace:ID, …") }
        let parts = target.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty,
            ["span", "trace", "sequence", "triplet", "approval"].contains(parts[0])
        else { throw .usage("--target is span:ID, trace:ID, sequence:ID, triplet:ID or approval:ID, not '\(target)'") }
        var options = JudgementOptions()
        if let author = arguments["--author"] { options.author = author }
        var judgement = try self.judgement(arguments, by: options.author)
        judgement.comment = arguments["--comment"] ?? ""
        let propagation = try takeStrategy(arguments, of: parts[0], &judgement)
        let (store, state) = try await open(arguments)
        do throws(StoreError) {
            let receipt: JudgementReceipt
            if parts[0] == "sequence" {
                let sequence = try await TargetFinder(store, state).sequence(parts[1])
                let worth = judgement.value ?? 0
                let values = propagation.values(of: worth, over: sequence.steps.map(\.weight))
                receipt = try await store.judge(
                    sequence: sequence.id, in: sequence.trace, sequence.steps.map(\.ref), judgement,
                    handingDown: values)
            } else {
                let (span, isWhole) = try await TargetFinder(store, state).span(parts[0], parts[1])
                receipt = try await store.judge(span, isWhole: isWhole, judgement)
            }
            return try report(receipt, "\(target): \(word(judgement))")
        } catch {
            throw .nothing(error.description)
        }
    }

    /// Done is what the source has.
    private static func report(_ receipt: JudgementReceipt, _ done: String) throws(StoreError) -> Int32 {
        if let reason = receipt.pending { throw StoreError("\(done): kept in the journal; will be retried: \(reason)") }
        Output.print(Display.printable("\(done) → \(receipt.place)") + "\n")
        return 0
    }

    private static func word(_ judgement: Judgement) -> String {
        judgement.verdict?.rawValue ?? judgement.value.map { Figures.reward($0) } ?? ""
    }

    private static func judgement(_ arguments: Arguments, by author: String) throws(Failure) -> Judgement {
        let given = ["--value", "--approve", "--reject"].filter { arguments.has($0) }
        guard given.count == 1 else { throw .usage("give one of --value V, --approve and --reject") }
        if arguments.has("--approve") { return Judgement(value: 1, verdict: .approve, author: author) }
        if arguments.has("--reject") { return Judgement(value: 0, verdict: .reject, author: author) }
        let text = arguments["--value"] ?? ""
        guard let value = Double(text), (0...1).contains(value) else {
            throw .usage("--value is a number from 0 to 1, not '\(text)'")
        }
        return Judgement(value: value, verdict: nil, author: author)
    }

    // MARK: list, undo and redo

    private static func list(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let (store, state) = try await open(arguments, isRetrying: false)
        let here = Set(state.traces.ids)
        var output = OutputBuffer()
        for record in store.standing where here.contains(record.target.trace) {
            if arguments.has("--json") {
                output.line(RewardCodec.line(record))
            } else {
                let value = record.value.map { Figures.reward($0) } ?? "–"
                let verdict = record.verdict?.rawValue ?? ""
                let time = LocalTime.civil(record.createdAt)
                output.line(
                    Display.printable(
                        "\(time.date) \(time.clock)  \(value)  \(verdict)  \(record.author)  \(record.target)  \(record.rationale)"
                    ))
            }
        }
        output.flush()
        return 0
    }

    private static func change(
        _ arguments: Arguments, _ word: String,
        _ work: (JudgedStore) async throws(StoreError) -> JudgementReceipt
    ) async throws(Failure) -> Int32 {
        let (store, _) = try await open(arguments)
        do throws(StoreError) {
            let receipt = try await work(store)
            let more = receipt.others.isEmpty ? "" : " and \(receipt.others.count) more"
            return try report(receipt, "\(receipt.record.target)\(more): \(word)")
        } catch {
            throw .nothing(error.description)
        }
    }
}
