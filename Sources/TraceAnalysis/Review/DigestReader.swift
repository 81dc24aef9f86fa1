package import TraceModel

/// Makes a digest of the spans that were read.
struct DigestReader {
    /// So many lines tell of failures; more would hide the rest.
    private static let failuresShown = 20

    private let table: SpanTable
    private let documents: [Int: DigestSpan]
    private let root: Int
    /// Spans with others right below them.
    private let parents: Set<SpanID>

    init(_ table: SpanTable, _ documents: [Int: DigestSpan]) {
        self.table = table
        self.documents = documents
        root = TraceDigest.root(of: table)
        parents = Set(table.parents)
    }

    func digest() -> TraceDigest {
        var digest = TraceDigest()
        guard table.count > 0 else { return digest }
        digest.goal = goal()
        digest.outcome = outcome()
        digest.failures = failures()
        digest.steps = steps().map { span in
            TraceDigest.Step(span: span, label: label(of: span), line: documents[span]?.line ?? "")
        }
        digest.contentHash = DerivedID.content(
            [digest.goal, digest.outcome] + digest.failures + digest.steps.flatMap { [$0.label, $0.line] })
        return digest
    }

    private var known: [Int] { documents.keys.sorted() }

    private func goal() -> String {
        if let text = documents[root]?.request { return text }
        for span in known where table.traits[span].category == .model {
            if let text = documents[span]?.request { return text }
        }
        return documents[root]?.title ?? ""
    }

    /// The root's own, else that of what ended last and has any, else why it failed.
    private func outcome() -> String {
        if let text = documents[root]?.answer { return text }
        let ending = known.filter { TraceDigest.isStep(table.traits[$0]) }
            .sorted { (table.stop(of: $0), $0) > (table.stop(of: $1), $1) }
        for span in ending { if let text = documents[span]?.answer { return text } }
        for span in ending { if let text = documents[span]?.action { return text } }
        if let text = documents[root]?.failure { return text }
        for span in ending { if let text = documents[span]?.failure { return text } }
        return ""
    }

    private func failures() -> [String] {
        var lines: [String] = []
        var told: Set<String> = []
        let failed = known.filter { table.traits[$0].status == .error }
        let isTool = { (span: Int) in table.traits[span].category == .tool }
        for span in failed.filter(isTool) + failed.filter({ !isTool($0) }) {
            let reason = documents[span]?.failure ?? ""
            // What a tool says first, those around it often only repeat.
            guard reason.isEmpty || told.insert(reason).inserted else { continue }
            lines.append(reason.isEmpty ? label(of: span) : "\(label(of: span)): \(DigestSpan.oneLine(reason))")
        }
        guard lines.count > Self.failuresShown else { return lines }
        return lines.prefix(Self.failuresShown - 1) + ["… and \(lines.count - Self.failuresShown + 1) more"]
    }

    /// The nodes of its plan where it has one, else what agents, models and tools did, else whatever spans there are.
    private func steps() -> [Int] {
        let planned = known.filter { $0 != root && documents[$0]?.isPlanned == true }
        if !planned.isEmpty { return planned }
        let working = (0..<table.count).filter { $0 != root && TraceDigest.isStep(table.traits[$0]) }
        let telling = working.filter { !isWrapper($0) }
        if !telling.isEmpty { return telling }
        let others = (0..<table.count).filter { $0 != root }
        return others.isEmpty ? [root] : others
    }

    /// Whether an agent's span says nothing of its own, and other steps are its work.
    private func isWrapper(_ span: Int) -> Bool {
        guard table.traits[span].category == .agent, table.traits[span].status != .error,
            let document = documents[span], document.line.isEmpty
        else { return false }
        return parents.contains(table.ids[span])
    }

    private func label(of span: Int) -> String {
        let name = table.strings[table.names[span]]
        guard let label = documents[span]?.label, !name.contains(label) else { return name }
        return label.contains(name) ? label : "\(label) \(name)"
    }
}

extension TraceDigest {
    /// Of a table of spans, and by position what was read of those it wanted.
    package init(_ table: SpanTable, _ read: [Int: DigestSpan]) {
        self = DigestReader(table, read).digest()
    }
}
