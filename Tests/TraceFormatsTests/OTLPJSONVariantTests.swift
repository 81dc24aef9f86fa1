import Testing
import TraceFixtures
import TraceFormats
import TraceModel

@Suite("OTLP JSON as different writers have it")
struct OTLPJSONVariantTests {
    private static let formats = [TraceFormat.otlpJSON, .otlpJSONLines]

    private func only(_ json: String, _ format: TraceFormat) throws -> SpanBody {
        let feed = try Feed(whole: Array(json.utf8), format)
        let bodies = try feed.bodies()
        #expect(feed.problems.isEmpty)
        try #require(bodies.count == 1)
        return bodies[0]
    }

    private func document(span: String) -> String {
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[\(span)]}]}]}"
    }

    private let ids = "\"traceId\":\"0102030405060708090a0b0c0d0e0f10\",\"spanId\":\"0000000000000001\""

    @Test(
        "reads ids in hex of either case and in base64, and field names in either style",
        arguments: [
            "\"traceId\":\"0102030405060708090A0B0C0D0E0F10\",\"spanId\":\"00000000000000FF\"",
            "\"traceId\":\"AQIDBAUGBwgJCgsMDQ4PEA==\",\"spanId\":\"AAAAAAAAAP8=\"",
            "\"traceId\":\"AQIDBAUGBwgJCgsMDQ4PEA\",\"spanId\":\"AAAAAAAAAP8\"",
            "\"trace_id\":\"0102030405060708090a0b0c0d0e0f10\",\"span_id\":\"00000000000000ff\"",
            "\"traceId\" : \"0102030405060708090a0b0c0d0e0f10\" , \"spanId\" : \"ff\"",
        ])
    func identifiers(_ ids: String) throws {
        let span = try only(document(span: "{\(ids),\"parentSpanId\":\"\"}"), .otlpJSON)
        #expect(span.traceID == SampleSpans.trace)
        #expect(span.spanID == SpanID(255))
        #expect(span.parentID.isZero)
    }

    @Test(
        "takes numbers bare or in quotes",
        arguments: [
            "\"startTimeUnixNano\":\"1700000000000000001\",\"endTimeUnixNano\":\"1700000000000000009\"",
            "\"startTimeUnixNano\":1700000000000000001,\"endTimeUnixNano\":1700000000000000009",
            "\"start_time_unix_nano\":\"1700000000000000001\",\"end_time_unix_nano\":1700000000000000009",
        ])
    func times(_ times: String) throws {
        let json = document(span: "{\(ids),\(times),\"attributes\":[{\"key\":\"a\",\"value\":{\"intValue\":7}}]}")
        let span = try only(json, .otlpJSON)
        #expect(span.start == 1_700_000_000_000_000_001)
        #expect(span.end == 1_700_000_000_000_000_009)
        #expect(span.attributes == [Attribute("a", .int(7))])
    }

    @Test(
        "takes enums as numbers, digits and names",
        arguments: ["3", "\"3\"", "\"SPAN_KIND_CLIENT\"", "\"client\""],
        ["2", "\"2\"", "\"STATUS_CODE_ERROR\"", "\"Error\""])
    func enums(_ kind: String, _ code: String) throws {
        let json = document(span: "{\(ids),\"kind\":\(kind),\"status\":{\"code\":\(code),\"message\":\"m\"}}")
        let span = try only(json, .otlpJSON)
        #expect(span.kind == .client)
        #expect(span.status == .error)
        #expect(span.statusMessage == "m")
        let batch = try #require(try Feed(whole: Array(json.utf8), .otlpJSONLines).batches.first)
        #expect(batch.traits[0].kind == .client)
        #expect(batch.traits[0].status == .error)
    }

    @Test("reads empty lists and maps as proto3's JSON has them", arguments: formats)
    func emptyContainers(_ format: TraceFormat) throws {
        let attributes =
            "{\"key\":\"a\",\"value\":{\"arrayValue\":{}}},{\"key\":\"m\",\"value\":{\"kvlistValue\":{}}},"
            + "{\"key\":\"e\",\"value\":{}},{\"key\":\"n\",\"value\":null},{\"key\":\"o\"}"
        let span = try only(document(span: "{\(ids),\"attributes\":[\(attributes)],\"name\":\"after\"}"), format)
        #expect(span.name == "after")
        #expect(
            span.attributes.prefix(3) == [
                Attribute("a", .array([])), Attribute("m", .map([])), Attribute("e", .empty),
            ])
    }

    @Test("reads the scopes of older writers", arguments: formats)
    func instrumentationLibrary(_ format: TraceFormat) throws {
        let json =
            "{\"resourceSpans\":[{\"instrumentationLibrarySpans\":[{\"instrumentationLibrary\":{\"name\":\"old\"},"
            + "\"spans\":[{\(ids)}]}]}]}"
        #expect(try only(json, format).scope.name == "old")
    }

    @Test("gives spans the resource and scope that come after them", arguments: formats)
    func lateResource(_ format: TraceFormat) throws {
        let other = ids.replacing("0000000000000001", with: "0000000000000002")
        let json =
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\(ids)}],\"scope\":{\"name\":\"one\"}},"
            + "{\"scope\":{\"name\":\"two\"},\"spans\":[{\(other)}]}],"
            + "\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"late\"}}]}}]}"
        let feed = try Feed(whole: Array(json.utf8), format)
        let bodies = try feed.bodies()
        #expect(bodies.map(\.scope.name) == ["one", "two"])
        #expect(
            bodies.map(\.resource.attributes)
                == Array(repeating: [Attribute("service.name", .string("late"))], count: 2))
        let batch = try #require(feed.batches.first)
        #expect(batch.contexts.map { batch.strings[batch.contextTable[Int($0)].service] } == ["late", "late"])
    }

    @Test("keeps what OTLP does not know as attributes")
    func unknownFields() throws {
        let span = try only(document(span: "{\(ids),\"mood\":{\"x\":[1,true,null,2.5,\"s\"]}}"), .otlpJSON)
        #expect(
            span.attributes == [
                Attribute(
                    "otlp.mood",
                    .map([Attribute("x", .array([.int(1), .bool(true), .empty, .double(2.5), .string("s")]))]))
            ])
    }

    @Test("passes over fields of a document that are numbers and words, wherever a window ends")
    func splitScalars() throws {
        let json =
            "{\"version\":12345,\"ok\":true,\"text\":\"a\\\\\\\"b\",\"resourceSpans\":[{\"schemaUrl\":null,"
            + "\"scopeSpans\":[{\"schemaUrl\":\"x\\\"y\",\"spans\":[{\(ids)}]}]}],\"partial\":-1.5e3}"
        for size in 1...json.utf8.count {
            let feed = try Feed(Array(json.utf8), .otlpJSON) { size }
            #expect(try feed.bodies().count == 1, "windows of \(size)")
            #expect(feed.problems.isEmpty, "windows of \(size)")
        }
    }

    @Test("takes a byte order mark, in any window", arguments: [1, 2, 3, 4, 1000])
    func byteOrderMark(_ size: Int) throws {
        let feed = try Feed([0xEF, 0xBB, 0xBF] + Array(document(span: "{\(ids)}").utf8), .otlpJSON) { size }
        #expect(try feed.bodies().count == 1)
        #expect(feed.problems.isEmpty)
    }

    @Test("counts metrics and indexes logs beside spans", arguments: formats)
    func otherSignals(_ format: TraceFormat) throws {
        let json =
            "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\(ids)}]}]}],"
            + "\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\(ids),\"timeUnixNano\":\"5\","
            + "\"severityText\":\"WARN\",\"body\":{\"stringValue\":\"said\"}},{\"body\":{\"stringValue\":\"no trace\"}}]}]}],"
            + "\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"a\"},{\"name\":\"b\"}]}]}]}"
        let feed = try Feed(whole: Array(json.utf8), format)
        let batch = try #require(feed.batches.first)
        #expect(batch.count == 1)
        #expect(batch.metrics == 2)
        #expect(batch.logs.count == 1)
        let log = try feed.records[1].withUnsafeBytes { try SpanDecoder(format).log($0) }
        #expect(log.time == 5)
        #expect(log.severityText == "WARN")
        #expect(log.body == .string("said"))
        #expect(feed.problems.isEmpty)
    }

    @Test("replaces lone surrogates and bytes that are no UTF-8, and says so of the bytes")
    func brokenText() throws {
        let lone = try only(document(span: "{\(ids),\"name\":\"a\\ud800b\\udc00\\ud83e\\udded\"}"), .otlpJSON)
        #expect(lone.name == "a\u{FFFD}b\u{FFFD}🧭")
        var bytes = Array(document(span: "{\(ids),\"name\":\"a?b\"}").utf8)
        bytes[try #require(bytes.firstIndex(of: UInt8(ascii: "?")))] = 0xFF
        for format in Self.formats {
            let feed = try Feed(whole: bytes, format)
            #expect(try feed.bodies().map(\.name) == ["a\u{FFFD}b"])
            #expect(feed.problems.count == 1)
        }
    }

    @Test("takes nesting of any depth apart as far as is sensible", .timeLimit(.minutes(1)), arguments: formats)
    func deepNesting(_ format: TraceFormat) throws {
        let depth = 10_000
        let value =
            String(repeating: "{\"arrayValue\":{\"values\":[", count: depth) + "{\"intValue\":1}"
            + String(repeating: "]}}", count: depth)
        let json = document(span: "{\(ids),\"attributes\":[{\"key\":\"deep\",\"value\":\(value)}],\"name\":\"after\"}")
        let span = try only(json, format)
        #expect(span.name == "after")
        #expect(span.attributes.count == 1)
        let needle = try #require(SearchText("after"))
        #expect(Array(json.utf8).withUnsafeBytes { SpanSearch(needle).matches($0, format) })
    }
}
