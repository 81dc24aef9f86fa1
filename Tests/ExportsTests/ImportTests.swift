import Exports
import Testing
import TraceModel

/// Judgements as other systems hand them out.
struct ImportTests {
    private func read(_ text: String) -> (found: [JudgementReader.Found], problems: [String]) {
        let read = JudgementReader.read(Array(text.utf8), file: "f")
        return (read.found, read.problems.map(\.description))
    }

    private func record(_ text: String) throws -> (judgement: ImportedJudgement, record: RewardRecord) {
        let (found, problems) = read(text)
        #expect(problems.isEmpty)
        let judgement = try #require(found.first?.judgement)
        return (judgement, judgement.record(of: .trace(TraceID(high: 0, low: 1)), at: 42))
    }

    @Test("knows Langfuse's scores")
    func langfuse() throws {
        let (judgement, record) = try record(
            #"{"data":[{"id":"s1","traceId":"t1","observationId":"o1","name":"helpful","value":1,"dataType":"BOOLEAN","source":"ANNOTATION","authorUserId":"u1","comment":"yes","timestamp":"2026-11-20T10:00:00.000Z"}],"meta":{"page":1}}"#
        )
        #expect(judgement.trace == "t1" && judgement.span == "o1")
        #expect(record.value == 1 && record.author == "u1" && record.authorKind == .human)
        #expect(
            record.rubric == "helpful" && record.rationale == "yes" && record.createdAt == 1_795_168_800_000_000_000)
    }

    @Test("knows Phoenix's annotations")
    func phoenix() throws {
        let (judgement, record) = try record(
            #"[{"id":"U3Bhbg==","span_id":"00f067aa0ba902b7","name":"tone","annotator_kind":"CODE","result":{"label":"kind","score":0.25,"explanation":"so so"},"metadata":{}}]"#
        )
        #expect(judgement.span == "00f067aa0ba902b7" && judgement.trace == nil)
        #expect(record.value == 0.25 && record.authorKind == .code && record.labels == ["kind"])
        #expect(record.rationale == "so so" && record.createdAt == 42)
    }

    @Test("knows LangSmith's feedback, that of a root run as the trace's")
    func langsmith() throws {
        let (judgement, record) = try record(
            #"{"id":"f1","run_id":"r2","trace_id":"r1","key":"correctness","score":true,"comment":"fine","correction":{"answer":"12"},"feedback_source":{"type":"auto_eval"},"created_at":"2026-11-20T10:00:00"}"#
        )
        #expect(judgement.trace == "r1" && judgement.span == "r2")
        #expect(record.value == 1 && record.authorKind == .model && record.correction == #"{"answer":"12"}"#)
        let root = try self.record(#"{"id":"f2","run_id":"r1","trace_id":"r1","key":"k","score":0}"#)
        #expect(root.judgement.trace == "r1" && root.judgement.span == nil && root.record.value == 0)
    }

    @Test("knows MLflow's assessments, and no expectations")
    func mlflow() throws {
        let (judgement, record) = try record(
            #"{"info":{"assessments":[{"assessment_id":"a1","assessment_name":"safe","trace_id":"tr-1","source":{"source_type":"LLM_JUDGE","source_id":"gpt"},"create_time_ms":1795168800000,"feedback":{"value":"yes"},"rationale":"ok"}]}}"#
        )
        #expect(judgement.trace == "tr-1" && judgement.span == nil)
        #expect(record.value == 1 && record.author == "gpt" && record.authorKind == .model)
        #expect(record.createdAt == 1_795_168_800_000_000_000)
        let (found, problems) = read(
            #"{"assessment_name":"x","trace_id":"t","expectation":{"value":"12"}}"# + "\n"
                + #"{"assessment_name":"x","trace_id":"t","feedback":{"value":1},"valid":false}"#)
        #expect(found.isEmpty && problems.count == 2)
        #expect(problems[0].hasPrefix("f:1: ") && problems[1].hasPrefix("f:2: "))
    }

    @Test("gives the same record the same id, and another another")
    func ids() throws {
        let one = #"{"id":"s1","traceId":"t1","name":"n","value":1,"timestamp":"2026-11-20T10:00:00Z"}"#
        let first = try record(one).record.id
        #expect(try record(one).record.id == first)
        #expect(try record(one.replacing("s1", with: "s2")).record.id != first)
        #expect(try record(one.replacing("11-20", with: "11-21")).record.id > first)
        // Without an id of its own a record is what it says.
        let bare = #"{"traceId":"t1","name":"n","value":1}"#
        #expect(try record(bare).record.id == record(bare).record.id)
        #expect(try record(bare).record.id != record(bare.replacing(":1}", with: ":0}")).record.id)
    }

    @Test(
        "refuses what is no judgement from 0 to 1, says why and where, and takes the rest",
        arguments: [
            (#"{"traceId":"t","name":"n","value":4}"#, "the value 4 is not from 0 to 1"),
            (#"{"traceId":"t","name":"n","value":-0.1}"#, "the value -0.1 is not from 0 to 1"),
            (#"{"traceId":"t","name":"n","stringValue":"good"}"#, "'good' is no number"),
            (#"{"traceId":"t","name":"n"}"#, "no value"),
            (#"{"span_id":"s","name":"n","annotator_kind":"HUMAN","result":{"label":"good"}}"#, "the label 'good'"),
            (#"{"hello":1}"#, "no judgement that is known"), (#"{"a":"#, "no JSON"), ("[[]]", "no object"),
            (#"{"id":"x","target":{"kind":"trace"},"value":1}"#, "without its id"),
            (#"{"id":"x","target":{"kind":"trace"},"value":7}"#, "the value 7 is not from 0 to 1"),
        ])
    func refusals(line: String, why: String) {
        let good = #"{"traceId":"t","name":"n","value":0.5}"#
        let (found, problems) = read("\(good)\n\n\(line)\n\(good)\n")
        #expect(found.map(\.line) == [1, 4])
        #expect(problems.count == 1 && problems[0].hasPrefix("f:3: ") && problems[0].contains(why))
    }

    @Test("counts lines in a document as well")
    func places() {
        let (found, problems) = read(
            "[\n {\"traceId\":\"t\",\"name\":\"n\",\"value\":1},\n {\"no\":1},\n {\"traceId\":\"t\",\"name\":\"n\",\n\"value\":0}]\n"
        )
        #expect(found.map(\.line) == [2, 4] && problems.count == 1 && problems[0].hasPrefix("f:3: "))
        #expect(read("").found.isEmpty && read("").problems.isEmpty)
    }
}
