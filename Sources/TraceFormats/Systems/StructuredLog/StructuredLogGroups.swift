import TraceModel

/// The spans that a log's lines are of, as far as lines name no trace: one for each correlation, each agent within and
/// each step of that.
///
/// A log may have a request a line. So groups are put together for one stretch of the file after the other, and each
/// stretch adds a piece to the same span.
struct StructuredLogGroups {
    struct Key: Hashable {
        var correlation: String
        var agent: String?
        var step: String?

        var trace: TraceID { DerivedID.trace(correlation, in: "log") }

        var span: SpanID { DerivedID.span("log \(correlation)\u{0}\(agent ?? "")\u{0}\(step ?? "")") }

        /// What it is within.
        var outer: Key? {
            if step != nil { return Key(correlation: correlation, agent: agent) }
            return agent != nil ? Key(correlation: correlation) : nil
        }

        var name: String { step.map { "step \($0)" } ?? agent.map { "agent \($0)" } ?? correlation }
    }

    struct Group {
        let key: Key
        let trace: TraceID
        let span: SpanID
        fileprivate let stretch: UInt64
        fileprivate var start: Int64 = 0
        fileprivate var end: Int64 = 0
        fileprivate let service: String?
        fileprivate let place: RecordPlace
        fileprivate var error: String?

        fileprivate init(_ key: Key, service: String?, at place: RecordPlace) {
            self.key = key
            trace = key.trace
            span = key.span
            stretch = StructuredLogGroups.stretch(of: place.bytes.offset)
            self.service = service
            self.place = place.remembered
        }

        fileprivate mutating func note(_ start: Int64, _ end: Int64) {
            if start > 0 { self.start = self.start == 0 ? start : min(self.start, start) }
            self.end = max(self.end, end)
        }

        fileprivate mutating func join(_ later: Group) {
            note(later.start, later.end)
            error = error ?? later.error
        }
    }

    /// Those of stretches that are behind, and those of the last, as they were met.
    private var done: [Group] = []
    private var groups: [Group] = []
    private var numbers: [Key: Int] = [:]
    /// The groups of the last line, which the next is of as a rule.
    private var last: (line: LineNames, numbers: [Int])?

    /// What a line says of whose it is.
    private struct LineNames {
        var correlation: [UInt8]
        var agent: [UInt8]
        var step: [UInt8]

        init(_ correlation: FieldText, _ line: StructuredLogLine) {
            self.correlation = correlation.withBytes { Array($0) }
            agent = line.agent?.withBytes { Array($0) } ?? []
            step = line.step?.withBytes { Array($0) } ?? []
        }

        func isOf(_ correlation: FieldText, _ line: StructuredLogLine) -> Bool {
            correlation == self.correlation && line.agent.map { $0 == agent } ?? agent.isEmpty
                && line.step.map { $0 == step } ?? step.isEmpty
        }
    }

    private static func stretch(of offset: UInt64) -> UInt64 { offset >> 20 }

    /// The innermost group of a line.
    mutating func take(
        _ line: StructuredLogLine, _ correlation: FieldText, _ time: Int64, at place: RecordPlace
    ) -> Group {
        enter(Self.stretch(of: place.bytes.offset))
        let numbers = numbers(of: line, correlation, place)
        for number in numbers { groups[number].note(time, time) }
        let inner = numbers[0]
        if groups[inner].error == nil, let error = line.error { groups[inner].error = error }
        return groups[inner]
    }

    mutating func join(_ later: StructuredLogGroups) {
        for group in later.done + later.groups {
            enter(group.stretch)
            if let number = numbers[group.key] { groups[number].join(group) } else { add(group) }
        }
    }

    mutating func settle(before offset: UInt64, into output: inout TranslationOutput) {
        enter(max(groups.last?.stretch ?? 0, Self.stretch(of: offset)))
        for group in done { output.add(Self.span(of: group)) }
        done.removeAll()
    }

    /// Goes on to a stretch of the file.
    private mutating func enter(_ stretch: UInt64) {
        guard let current = groups.last?.stretch, current != stretch else { return }
        done += groups
        groups.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        last = nil
    }

    /// The groups of a line, the innermost first.
    private mutating func numbers(
        of line: StructuredLogLine, _ correlation: FieldText, _ place: RecordPlace
    ) -> [Int] {
        if let last, last.line.isOf(correlation, line) { return last.numbers }
        let name = correlation.string
        let (agent, step) = (line.agent?.string, line.step?.string)
        var key: Key? = Key(
            correlation: name, agent: agent == name ? nil : agent, step: step == name ? nil : step)
        var found: [Int] = []
        while let next = key {
            found.append(numbers[next] ?? add(Group(next, service: line.service, at: place)))
            key = next.outer
        }
        last = (LineNames(correlation, line), found)
        return found
    }

    @discardableResult
    private mutating func add(_ group: Group) -> Int {
        numbers[group.key] = groups.count
        groups.append(group)
        return groups.count - 1
    }

    private static func span(of group: Group) -> TranslatedSpan {
        let key = group.key
        var body = SpanBody(
            traceID: group.trace, spanID: group.span, parentID: key.outer?.span ?? SpanID(0), name: key.name,
            start: group.start, end: max(group.end, 1))
        body.kind = .internal
        var span = TranslatedSpan(body, from: group.place)
        span.isPiece = true
        span.markInferred()
        span.setService(group.service ?? "log")
        if key.outer == nil {
            span.set(SpanVocabulary.traceID, key.correlation)
        } else {
            span.set(SpanVocabulary.spanID, key.step ?? key.agent)
            if key.step == nil { span.set("gen_ai.operation.name", "invoke_agent") }
            span.set("gen_ai.agent.name", key.agent)
        }
        if let error = group.error { span.fail(error) }
        return span
    }
}
