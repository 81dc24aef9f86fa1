import TraceModel

/// Shapes that set a better answer against a worse one. Only answers to the same prompt are compared: each with each, where
/// their rewards differ. What somebody corrected is a pair by itself.
struct PairExporter: TraceExporter {
    struct Attempt {
        var item: JudgedItem
        var completion: [ChatMessage]
    }

    typealias Line = (_ prompt: [ChatMessage], _ chosen: Attempt, _ rejected: Attempt) -> [UInt8]

    private let options: ExportOptions
    private let line: Line
    private var places: [[ChatMessage]: Int] = [:]
    /// By prompt, as the prompts were met.
    private var groups: [(prompt: [ChatMessage], attempts: [Attempt])] = []

    init(_ options: ExportOptions, _ line: @escaping Line) {
        self.options = options
        self.line = line
    }

    mutating func take(_ trace: JudgedTrace, into output: inout ExportOutput) {
        output.tally.take(trace)
        for item in trace.items {
            guard !item.isDisputed(options.threshold) else {
                output.tally.leaveOut(LeftOut.disputed.rawValue)
                continue
            }
            guard let dialogue = item.dialogue else {
                output.tally.leaveOut(LeftOut.noMessages.rawValue)
                continue
            }
            let attempt = Attempt(item: item, completion: dialogue.completion)
            if let place = places[dialogue.prompt] {
                groups[place].attempts.append(attempt)
            } else {
                places[dialogue.prompt] = groups.count
                groups.append((dialogue.prompt, [attempt]))
            }
        }
    }

    mutating func finish(into output: inout ExportOutput) {
        for (prompt, attempts) in groups {
            var isUsed = [Bool](repeating: false, count: attempts.count)
            for (place, attempt) in attempts.enumerated() {
                guard let correction = attempt.item.record?.correction, !correction.isEmpty else { continue }
                let wanted = [ChatMessage(role: "assistant", content: correction)]
                guard wanted != attempt.completion else { continue }
                output.line(line(prompt, Attempt(item: attempt.item, completion: wanted), attempt))
                isUsed[place] = true
            }
            for (first, one) in attempts.enumerated() {
                for (second, other) in attempts.enumerated().dropFirst(first + 1)
                where one.item.value != other.item.value && one.completion != other.completion {
                    let isBetter = one.item.value > other.item.value
                    output.line(line(prompt, isBetter ? one : other, isBetter ? other : one))
                    isUsed[first] = true
                    isUsed[second] = true
                }
            }
            let alone = isUsed.count { !$0 }
            output.tally.leaveOut(
                attempts.count > 1 ? "no other reward for another answer" : "no other attempt at the same prompt", alone
            )
        }
        groups = []
        places = [:]
    }
}
