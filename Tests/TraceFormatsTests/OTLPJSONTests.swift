import Testing
import TraceModel

@testable import TraceFormats

/// What OTLP's JSON looks like in the wild.
struct OTLPJSONTests {
    private func scan(_ text: String, _ format: TraceFormat = .otlpJSON) -> SpanBatch {
        Feeding.scan(Array(text.utf8), format, window: 1 << 20).0.first ?? SpanBatch()
    }

    private func document(_ span: String, before: String = "", after: String = "") -> String {
        #"{"resourceSpans":[{"# + before + #""scopeSpans":[{"spans":["# + span + "]}]" + after + "}]}"
    }

    private static let ids = #""traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174""#

    @Test("reads ids in base64 as those in hex")
    func base64() {
        let batch = scan(document(#"{"traceId":"W47/95gDgQPSabYzgT/GDA==","spanId":"7uGbfsPBsXQ=","name":"a"}"#))
        #expect(batch.traceIDs.map(\.description) == ["5b8efff798038103d269b633813fc60c"])
        #expect(batch.spanIDs == [0xEEE1_9B7E_C3C1_B174])
    }

    @Test(
        "reads times and enums however they are written",
        arguments: [
            #""startTimeUnixNano":"1000","endTimeUnixNano":"3000","kind":3,"status":{"code":2}"#,
            #""startTimeUnixNano":1000,"endTimeUnixNano":3e3,"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_ERROR"}"#,
            #""start_time_unix_nano":"1000","end_time_unix_nano":3000.0,"kind":"client","status":{"code":"Error"}"#,
        ])
    func spellings(fields: String) {
        let batch = scan(document("{\(Self.ids),\(fields)}"))
        #expect(batch.starts == [1000])
        #expect(batch.durations == [2000])
        #expect(batch.traits.map(\.kind) == [.client])
        #expect(batch.traits.map(\.status) == [.error])
    }

    @Test("reads the old names of scopes and a resource that comes late")
    func oldNames() {
        let text =
            #"{"resourceSpans":[{"instrumentationLibrarySpans":[{"spans":[{"# + Self.ids
            + #","name":"a"}],"instrumentationLibrary":{"name":"lib"}}],"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"late"}}]}}]}"#
        let batch = scan(text)
        #expect(batch.count == 1)
        let context = batch.contextTable[Int(batch.contexts[0])]
        #expect(batch.strings[context.service] == "late")
        #expect(context.scope.length > 0)
    }

    @Test("passes attributes with empty values in one step or another")
    func emptyValues() {
        let attributes =
            #""attributes":[{"key":"k","value":{"arrayValue":{}}},{"key":"l","value":{"arrayValue":{"values":[]}}},{"key":"m","value":{}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}}]"#
        let batch = scan(document("{\(Self.ids),\(attributes)}"))
        #expect(batch.count == 1)
        #expect(batch.usage.map(\.usage.tokensIn) == [5])
    }

    @Test("a bad line costs that line, and is named")
    func badLine() {
        let good = document("{\(Self.ids)}")
        let lines = [good, "not json", good, #"{"a":1}"#, #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"trace"#]
        let batch = scan(lines.joined(separator: "\n"), .otlpJSONLines)
        #expect(batch.count == 2)
        #expect(batch.problems.map(\.place) == [.line(1), .line(3), .line(4)])
    }

    @Test("an unclosed string, a bare control character and bytes that are no UTF-8 cost one line at most")
    func damagedLines() {
        let good = Array(document(#"{"# + Self.ids + #","name":"a"}"#).utf8) + [10]
        let control = Array(document("{\(Self.ids),\"name\":\"a\u{1}b\"}").utf8) + [10]
        let broken = Array(#"{"resourceSpans":["oops]}"#.utf8) + [10]
        var invalid = good
        invalid[invalid.count - 8] = 0xFF
        let bytes = good + broken + control + invalid + good
        let batch = Feeding.scan(bytes, .otlpJSONLines, window: 1 << 20).0[0]
        #expect(batch.count >= 3)
        #expect(!batch.problems.isEmpty)
    }

    @Test("spans without usable ids are named and passed over")
    func zeroIDs() {
        let batch = scan(
            document(
                #"{"traceId":"","spanId":"01"},{"traceId":"00","spanId":"01"},{"traceId":"0a","spanId":"0000000000000000"}"#
            ))
        #expect(batch.count == 0)
        #expect(batch.problems.count == 3)
    }

    @Test("values nested 10,000 deep are kept, and nothing overflows", .timeLimit(.minutes(1)))
    func deep() throws {
        let value =
            String(repeating: #"{"arrayValue":{"values":["#, count: 10_000) + #"{"intValue":"1"}"#
            + String(repeating: "]}}", count: 10_000)
        let text = document(#"{"# + Self.ids + #","attributes":[{"key":"deep","value":"# + value + "}]}")
        let bytes = Array(text.utf8)
        let (batches, _) = Feeding.scan(bytes, .otlpJSON, window: 1 << 20)
        let body = try Feeding.bodies(try #require(batches.first), of: bytes, .otlpJSON)[0]
        #expect(body.attributes.count == 1)
    }

    @Test("lone surrogates become the replacement character")
    func surrogates() throws {
        let bytes = Array(document(#"{"# + Self.ids + #","name":"a\ud800b\ude00 \ud83d\ude00"}"#).utf8)
        let (batches, _) = Feeding.scan(bytes, .otlpJSON, window: 1 << 20)
        let body = try Feeding.bodies(try #require(batches.first), of: bytes, .otlpJSON)[0]
        #expect(body.name == "a\u{FFFD}b\u{FFFD} 😀")
    }

    @Test("logs with a trace id are kept and metrics counted")
    func logsAndMetrics() {
        let text = """
            {"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"5","traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","body":{"stringValue":"hi"}},{"body":{"stringValue":"no trace"}}]}]}]}
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m"},{"name":"n"}]}]}]}
            """
        let batch = scan(text, .otlpJSONLines)
        #expect(batch.logs.map(\.time) == [5])
        #expect(batch.metrics == 2)
        #expect(batch.problems.isEmpty)
    }

    @Test(
        "what is no trace says what it is",
        arguments: [
            ("", "empty"), ("  \n", "empty"), ("hello\n", "text"), (#"{"a":1}"#, "JSON, but"),
            ("\u{7F}ELF\u{1}", "program"),
        ])
    func unknown(text: String, word: String) {
        Array(text.utf8).withUnsafeBytes { bytes in
            guard case .unknown(let what, _) = FormatRecogniser.recognise(bytes, isWhole: true) else {
                Issue.record("taken for a trace")
                return
            }
            #expect(what.contains(word))
        }
    }
}
