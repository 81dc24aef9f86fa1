import Cells
import Judgements
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

extension RewardCommand {
    /// `spandrel reward pending`: what is not where it belongs yet. With sources, that of theirs after another try; without,
    /// all that the journal has.
    static func pending(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let report: PendingReport
        var problems = ProblemReport()
        if arguments.operands.count > 1 {
            let (store, state) = try await open(arguments)
            report = store.pending
            problems = state.problems
        } else {
            let known = JudgedStore.pending(JudgementOptions())
            report = known.report
            for problem in known.problems { problems.add(problem) }
        }
        var output = OutputBuffer()
        for judgement in report.judgements {
            arguments.has("--json") ? output.line(json(judgement)) : output.line(text(judgement))
        }
        output.flush()
        Reading.complain(problems)
        return 0
    }

    private static func text(_ judgement: PendingJudgement) -> String {
        let record = judgement.record
        let time = LocalTime.civil(record.createdAt)
        let said = record.value.map { Figures.reward($0) } ?? record.verdict?.rawValue ?? "–"
        return Display.printable(
            "\(time.date) \(time.clock)  \(said)  \(record.author)  \(record.target)  \(judgement.reason)")
    }

    private static func json(_ judgement: PendingJudgement) -> [UInt8] {
        let record = judgement.record
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("id", "\(record.id)")
            writer.field("target", "\(record.target)")
            writer.field("trace_id", "\(record.target.trace)")
            writer.key("value")
            if let value = record.value { writer.double(value) } else { writer.null() }
            writer.key("verdict")
            if let verdict = record.verdict { writer.string(verdict.rawValue) } else { writer.null() }
            writer.field("author", record.author)
            writer.field("created_at", record.createdAt)
            writer.key("source")
            if judgement.source.isEmpty { writer.null() } else { writer.string(judgement.source) }
            writer.field("reason", judgement.reason)
            writer.key("tried_at")
            if judgement.triedAt == 0 { writer.null() } else { writer.int(judgement.triedAt) }
        }
        return writer.bytes
    }
}
