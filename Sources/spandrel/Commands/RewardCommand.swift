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
        case "undo": return try await undo(arguments)
        case "import": return try await take(arguments)
        default: throw .usage("reward does one of: set, list, undo, import")
        }
    }

    static func open(
        _ arguments: Arguments, from first: Int = 1
    ) async throws(Failure) -> (store: JudgedStore, state: StoreState) {
        var options = JudgementOptions()
        if let author = arguments["--author"] { options.author = author }
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
            Output.print(Display.printable("\(target): \(word(judgement)) → \(receipt.place)") + "\n")
        } catch {
            throw .nothing(error.description)
        }
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

    // MARK: list and undo

    private static func list(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let (store, state) = try await open(arguments)
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

    private static func undo(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let (store, _) = try await open(arguments)
        do throws(StoreError) {
            let receipt = try await store.undo()
            Output.print(Display.printable("\(receipt.record.target): taken back → \(receipt.place)") + "\n")
        } catch {
            throw .nothing(error.description)
        }
        return 0
    }
}
