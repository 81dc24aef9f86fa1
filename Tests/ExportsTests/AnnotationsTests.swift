import Exports
import Foundation
import Testing
import TraceFormats
import TraceModel

/// Judgements as other systems keep them, there and back.
struct AnnotationsTests {
    private static func example(format: String = "otlp-jsonl", name: String = "") -> JudgedExample {
        var example = JudgedExample(1, format: format, name: name)
        example.addCall("Q", "A", [(SpanVocabulary.spanID, .string("obs-1"))])
        example.judge(0, 0.75) {
            $0.rationale = "short, but \"kind\""
            $0.rubric = "tone@2"
            $0.strategy = .local
            $0.labels = ["brief", "kind"]
            $0.correction = "A bit longer"
        }
        example.judge(nil, 0, .reject, by: "judge-1", kind: .model)
        example.judge(0, nil, .skip, by: "ben")
        return example
    }

    @Test("rewards: the records as they are kept")
    func rewards() async throws {
        let example = Self.example()
        let exported = await Exported(.rewards, [example])
        #expect(exported.tally == "2 of 3 judged; 1 left out: skipped")
        let read = JudgementReader.read(Array(exported.text.utf8), file: "x")
        #expect(read.problems.isEmpty)
        #expect(read.found.map(\.judgement.own) == example.records.prefix(2).map(Optional.some))
    }

    @Test("langfuse: scores by their own ids, named as Langfuse or OpenTelemetry names their targets")
    func langfuse() async throws {
        let example = Self.example(format: "langfuse", name: "trace-a")
        let lines = try await Exported(.langfuse, [example]).lines()
        #expect(text(lines[0], "traceId") == "trace-a" && text(lines[0], "observationId") == "obs-1")
        #expect(lines[0]["value"] as? Double == 0.75 && text(lines[0], "dataType") == "NUMERIC")
        #expect(text(lines[0], "name") == "tone@2" && text(lines[0], "comment") == "short, but \"kind\"")
        #expect(text(lines[0], "id") == "\(example.records[0].id)" && text(lines[0], "source") == "ANNOTATION")
        #expect(text(lines[1], "observationId") == nil && text(lines[1], "source") == "EVAL")
        let other = try await Exported(.langfuse, [Self.example(format: "mhc", name: "call-1")]).lines()
        #expect(text(other[0], "traceId") == "\(example.summary.id)")
        #expect(text(other[0], "observationId") == "\(example.bodies[0].spanID)")
    }

    @Test("phoenix: annotations of spans and of traces")
    func phoenix() async throws {
        let example = Self.example()
        let lines = try await Exported(.phoenix, [example]).lines()
        #expect(text(lines[0], "span_id") == "\(example.bodies[0].spanID)" && lines[0]["trace_id"] == nil)
        #expect(dig(lines[0], "result.score") as? Double == 0.75 && dig(lines[0], "result.label") == nil)
        #expect(
            text(lines[0], "annotator_kind") == "HUMAN" && text(lines[0], "identifier") == "\(example.records[0].id)")
        #expect(text(lines[1], "trace_id") == "\(example.summary.id)" && text(lines[1], "annotator_kind") == "LLM")
        #expect(text(lines[1], "result.label") == "reject")
    }

    @Test("mlflow: assessments with their source")
    func mlflow() async throws {
        let example = Self.example()
        let lines = try await Exported(.mlflow, [example]).lines()
        #expect(text(lines[0], "trace_id") == "tr-\(example.summary.id)")
        #expect(text(lines[0], "span_id") == "\(example.bodies[0].spanID)")
        #expect(text(lines[0], "source.source_type") == "HUMAN" && text(lines[1], "source.source_type") == "LLM_JUDGE")
        #expect(dig(lines[0], "feedback.value") as? Double == 0.75 && lines[0]["valid"] as? Bool == true)
        #expect((lines[0]["metadata"] as? [String: Any])?.values.allSatisfy { $0 is String } == true)
    }

    @Test("openinference: a span a judgement, with one link to what it judges, always the same")
    func openInference() async throws {
        let example = Self.example()
        let lines = try await Exported(.openInference, [example]).lines()
        #expect(lines.count == 2)
        for (line, place) in zip(lines, [0, 0]) {
            let span = dig(line, "resourceSpans.0.scopeSpans.0.spans.0")
            #expect((dig(span, "links") as? [Any])?.count == 1)
            #expect(text(span, "links.0.traceId") == "\(example.summary.id)")
            #expect(text(span, "links.0.spanId") == "\(example.bodies[place].spanID)")
            #expect(text(span, "traceId") != "\(example.summary.id)")
            let attributes = try #require(dig(span, "attributes") as? [[String: Any]])
            let keys = attributes.compactMap { $0["key"] as? String }
            for field in ["name", "score", "annotator_kind", "identifier", "metadata"] {
                #expect(keys.contains("annotations.0.annotation.\(field)"))
                #expect(keys.contains("evaluations.0.evaluation.\(field)"))
            }
        }
        #expect(await Exported(.openInference, [example]).text == Exported(.openInference, [example]).text)
    }

    @Test(
        "comes back from other systems as it went there",
        arguments: [ExportShape.langfuse, .phoenix, .mlflow, .rewards])
    func roundTrip(shape: ExportShape) async throws {
        let example = Self.example()
        let exported = await Exported(shape, [example])
        let read = JudgementReader.read(Array(exported.text.utf8), file: "x")
        #expect(read.problems.isEmpty && read.found.map(\.line) == [1, 2])
        for (found, record) in zip(read.found, example.records) {
            let back = found.judgement.record(of: record.target, at: 0)
            #expect(back.id == record.id && back.value == record.value && back.verdict == record.verdict)
            #expect(back.author == record.author && back.authorKind == record.authorKind)
            #expect(back.rationale == record.rationale && back.rubric == record.rubric)
            #expect(back.correction == record.correction && back.strategy == record.strategy)
            #expect(back.createdAt == record.createdAt)
            if shape != .phoenix { #expect(back.labels == record.labels) }
            #expect((found.judgement.span == nil) == (record.target.span == nil))
        }
    }
}
