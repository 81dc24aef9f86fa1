import Testing
import TraceFixtures
import TraceModel

@testable import TraceFormats

/// What a byte order mark, a cut in the middle of a character and a broken record cost: nothing, or that record.
struct DamagedRecordTests {
    private func span(_ number: Int, _ fields: String = "") -> String {
        let id = String(repeating: "0", count: 15) + "\(number)"
        return #"{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"\#(id)","name":"物語 ✓"\#(fields)}"#
    }

    private func document(_ spans: [String]) -> String {
        #"{"resourceSpans":[{"scopeSpans":[{"spans":["# + spans.joined(separator: ",") + "]}]}]}"
    }

    @Test("a byte order mark costs nothing", arguments: [TraceFormat.otlpJSON, .otlpJSONLines])
    func byteOrderMark(format: TraceFormat) throws {
        let text = "\u{FEFF}" + document([span(1)]) + "\n"
        let batches = try Feed(whole: Array(text.utf8), format).batches
        #expect(batches.flatMap(\.spanIDs) == [1])
        #expect(batches.flatMap(\.problems).isEmpty)
    }

    @Test("windows that end within a character are no problem", arguments: [TraceFormat.otlpJSON, .otlpJSONLines])
    func cutCharacters(format: TraceFormat) throws {
        let text = (1...3).map { document([span($0), span($0 + 3)]) + "\n" }.joined()
        for window in 100...140 {
            let batches = try Feed(Array(text.utf8), format) { window }.batches
            #expect(batches.flatMap(\.spanIDs).sorted() == [1, 2, 3, 4, 5, 6])
            #expect(batches.flatMap(\.problems).isEmpty)
        }
    }

    @Test(
        "a record that is broken within its brackets costs that record alone",
        arguments: [TraceFormat.otlpJSON, .otlpJSONLines], [#","kind" 3"#, #","kind":}"#, #",3:4"#])
    func brokenRecord(format: TraceFormat, fields: String) throws {
        let broken = fields.hasSuffix("}") ? String(fields.dropLast()) : fields
        let text = document([span(1), span(2, broken), span(3)])
        let batches = try Feed(whole: Array(text.utf8), format).batches
        #expect(batches.flatMap(\.spanIDs) == [1, 3])
        #expect(batches.flatMap(\.problems).count == 1)
    }

    @Test("escapes of every kind are undone, and what is none stays")
    func escapes() {
        let raw = Array(#"\u0041\u00e9\u7269\ud83d\ude00|\ud83d|\u12|\u|\q\n\"\\/\/"#.utf8)
        #expect(raw.withUnsafeBufferPointer { JSONText.unescape($0) } == "Aé物😀|\u{FFFD}|\\u12|\\u|q\n\"\\//")
    }

    @Test(
        "search finds text whatever way it is escaped, in any case unless it has a capital",
        arguments: [
            ("robot", true), ("ROBOT", false), ("Robot", true), ("a robot", true), ("b>c", true), ("é", true),
            ("nrobot", false), ("812", true), ("gen_ai", true), ("stringvalue", false), ("d/e", true), ("x", true),
        ])
    func search(needle: String, isFound: Bool) throws {
        let value = #"A Robot\nrobots b\u003ec \u00e9 d\/\u0065"#
        let attributes =
            #"{"key":"gen_ai.x","value":{"stringValue":"\#(value)"}},{"key":"n","value":{"intValue":"812"}}"#
        let json = Array(span(1, #","attributes":[\#(attributes)]"#).utf8)
        let search = SpanSearch(try #require(SearchText(needle)))
        #expect(json.withUnsafeBytes { search.matches($0, .otlpJSON) } == isFound)
        let body = try json.withUnsafeBytes { try SpanDecoder(.otlpJSON).span($0, resource: [], scope: []) }
        let message = OTLPProtobufWriter.message([body])
        #expect(message.withUnsafeBytes { search.matches($0, .otlpProtobuf) } == isFound)
    }
}
