import TraceFormats
package import TraceModel

/// Reads judgements of other systems: a JSON object a line, or a document with a list of them.
package enum JudgementReader {
    /// A judgement and where it stands, for those who say what became of it.
    package struct Found: Sendable {
        /// Counted from 1.
        package var line: Int
        /// What was read there.
        package var judgement: ImportedJudgement
    }

    /// What could be read, and what could not. A broken record costs itself.
    package static func read(_ bytes: [UInt8], file: String) -> (found: [Found], problems: [Problem]) {
        var reading = Reading(file: file)
        bytes.withUnsafeBytes { text in
            let text = text.withoutMark
            let document = JSONDocument()
            let isDocument = document.read(text) { view, outcome in
                guard outcome == .whole else { return false }
                reading.take(document: view, text)
                return true
            }
            if !isDocument { reading.take(lines: text, document) }
        }
        return (reading.found, reading.problems)
    }

    private struct Reading {
        let file: String
        var found: [Found] = []
        var problems: [Problem] = []

        mutating func take(document view: JSONView, _ text: UnsafeRawBufferPointer) {
            var line = 1
            var at = 0
            for element in JudgementReader.list(in: view) {
                let start = element.range.lowerBound
                for byte in text[at..<max(at, start)] where byte == 10 { line += 1 }
                at = max(at, start)
                take(element, at: line)
            }
        }

        mutating func take(lines text: UnsafeRawBufferPointer, _ document: JSONDocument) {
            for (number, line) in text.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
                guard line.contains(where: { $0 > 0x20 }) else { continue }
                document.read(UnsafeRawBufferPointer(rebasing: line)) { view, outcome in
                    guard outcome == .whole else { return report("no JSON", at: number + 1) }
                    for element in JudgementReader.list(in: view) { take(element, at: number + 1) }
                }
            }
        }

        private mutating func take(_ view: JSONView, at line: Int) {
            do throws(Refusal) {
                found.append(Found(line: line, judgement: try JudgementReader.judgement(view)))
            } catch {
                report(error.why, at: line)
            }
        }

        private mutating func report(_ what: String, at line: Int) {
            problems.append(Problem(file: file, place: .line(line), what: what))
        }
    }

    /// The judgements of an answer of an API or of an export; a lone object is one.
    private static func list(in view: JSONView) -> [JSONView] {
        if view.kind == .array { return Array(view.elements) }
        for list in [
            view["data"], view["scores"], view["annotations"], view["assessments"], view["info"]["assessments"],
        ]
        where list.kind == .array { return Array(list.elements) }
        return [view]
    }

    /// Whose shape it is.
    private static func judgement(_ view: JSONView) throws(Refusal) -> ImportedJudgement {
        guard view.kind == .object else { throw Refusal(why: "no object") }
        if view["target"].kind == .object { return try own(view) }
        if view["assessment_name"].exists || view["feedback"].kind == .object || view["expectation"].kind == .object {
            return try MLflowAssessments.judgement(view)
        }
        if view["annotator_kind"].exists || view["result"].kind == .object {
            return try PhoenixAnnotations.judgement(view)
        }
        if view["key"].exists, view.first(of: "run_id", "trace_id").exists {
            return try LangSmithFeedback.judgement(view)
        }
        let ids = view.first(
            of: "traceId", "trace_id", "observationId", "observation_id", "sessionId", "session_id")
        if view["name"].exists, ids.exists { return try LangfuseScores.judgement(view) }
        throw Refusal(
            why:
                "no judgement that is known: Langfuse's, Phoenix's, LangSmith's, MLflow's and those of reward list --json are"
        )
    }

    private static func own(_ view: JSONView) throws(Refusal) -> ImportedJudgement {
        if view["value"].exists { _ = try Refusal.value(view["value"]) }
        guard let record = RewardCodec.record(view) else {
            throw Refusal(why: "a judgement without its id, target, author or time")
        }
        return ImportedJudgement(record)
    }
}
