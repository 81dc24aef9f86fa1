import TraceModel

/// The spans that a log's lines are of, as far as lines name no trace: one for each correlation, each agent within and
/// each step of that.
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

    struct Group: PieceGroup {
        let key: Key
        let trace: TraceID
        let span: SpanID
        fileprivate var start: Int64 = 0
        fileprivate var end: Int64 = 0
        fileprivate let service: String?
        let place: RecordPlace
        fileprivate var error: String?

        fileprivate init(_ key: Key, service: String?, at place: RecordPlace) {
            self.key = key
            trace = key.trace
            span = key.span
            self.service = service
            self.place = place.remembered
        }

        fileprivate mutating func note(_ start: Int64, _ end: Int64) {
            if start > 0 { self.start = self.start == 0 ? start : min(self.start, start) }
            self.end = max(self.end, end)
        }

        mutating func join(_ later: Group) {
            note(later.start, later.end)
            error = error ?? later.error
        }
    }

    private var groups = PieceGroups<Group>()
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

    /// The span of the innermost group of a line.
    mutating func take(
        _ line: StructuredLogLine, _ correlation: FieldText, _ time: Int64, at place: RecordPlace
    ) -> (trace: TraceID, span: SpanID) {
        if !groups.enter(place) { last = nil }
        let numbers = numbers(of: line, correlation, place)
        for number in numbers { groups[number].note(time, time) }
        let inner = numbers[0]
        if groups[inner].error == nil, let error = line.error { groups[inner].error = error }
        return (groups[inner].trace, groups[inner].span)
    }

    mutating func join(_ later: StructuredLogGroups) {
        groups.join(later.groups)
        last = nil
    }

    mutating func settle(before offset: UInt64, into output: inout TranslationOutput) {
        for group in groups.take(before: offset) { output.add(Self.span(of: group)) }
        last = nil
    }

    mutating func finish(into output: inout TranslationOutput) {
        for group in groups.takeAll() { output.add(Self.span(of: group)) }
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
            found.append(groups.number(of: next) { Group(next, service: line.service, at: place) })
            key = next.outer
        }
        last = (LineNames(correlation, line), found)
        return found
    }

    private static func span(of group: Group) -> TranslatedSpan {
        let key = group.key
        var span = TranslatedSpan(
            pieceOf: group.span, in: group.trace, parent: key.outer?.span ?? SpanID(0), name: key.name,
            start: group.start, end: max(group.end, 1), service: group.service ?? "log", at: group.place)
        span.markInferred()
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
