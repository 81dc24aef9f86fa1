import FileStore
import Glibc
import Testing
import TraceFormats
import TraceModel
import TraceStore

/// Formats of lines whose spans are not kept, but made of their records again.
@Suite("A file whose spans stand in its records")
struct RecordFileTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private static func time(_ number: Int) -> String { "2026-02-01T09:\(10 + number / 60):\(10 + number % 50).5Z" }

    private static func triplet(_ number: Int) -> String {
        #"{"triplet_id":"t\#(number)","sequence_id":"TASK-\#(number / 9)","sequence_index":\#(number % 9),"#
            + #""timestamp_utc":"\#(time(number))","state":{"agent_role":"Planning","task_description":"Dämme Nr. \#(number)"},"#
            + #""action":{"success":true,"duration_ms":12.5,"function_name":"execute","note":"fjord \#(number)"},"reward":0.5}"#
    }

    private static func hook(_ number: Int) -> String {
        let isStart = number % 2 == 0
        return #"{"timestamp":"\#(time(number))","event":"tool_\#(isStart ? "start" : "end")","tool":"Bash","#
            + #""tool_use_id":"use-\#(number / 2)","session_id":"session-\#(number / 20)","#
            + (isStart ? #""input":{"command":"row \#(number) fjord"}}"# : #""success":true,"response":"fjord"}"#)
    }

    private static func event(_ number: Int) -> String {
        let kind = ["agent_created", "step_created", "step_execution_start", "step_completed"][number % 4]
        let owner = number % 4 == 0 || number % 4 == 3 ? #""agentId":"agent-\#(number / 4)","# : ""
        let mission = number % 4 < 2 ? #""missionId":"mission-\#(number / 32)","# : ""
        let step = number % 4 == 0 ? "" : #""stepId":"step-\#(number / 4)","#
        return #"{"_id":"e-\#(number)","eventType":"\#(kind)",\#(owner)\#(mission)\#(step)"status":"running","#
            + #""actionVerb":"SEARCH","description":"fjord \#(number)","timestamp":"\#(time(number))"}"#
    }

    private static func message(_ number: Int) -> String {
        let parent = number % 10 == 0 ? "null" : "\"u\(number - 1)\""
        let asked = number % 10 == 0 ? "Fjord?" : "More \(number)"
        let content =
            number % 2 == 0
            ? #""user","message":{"role":"user","content":"\#(asked)"}}"#
            : #""assistant","message":{"id":"m\#(number)","role":"assistant","model":"claude-x","content":[{"type":"text","#
                + #""text":"fjord \#(number)"}],"usage":{"input_tokens":4,"output_tokens":9}}}"#
        return #"{"uuid":"u\#(number)","parentUuid":\#(parent),"sessionId":"s\#(number / 40)","#
            + #""timestamp":"\#(time(number))","type":\#(content)"#
    }

    private static func log(_ number: Int) -> String {
        let level = number % 7 == 0 ? "error" : "info"
        return #"{"level":"\#(level)","time":"\#(time(number))","correlationId":"req-\#(number / 6)","#
            + #""agentId":"a\#(number % 2)","msg":"step \#(number) in the fjord","service":"boats"}"#
    }

    private static let lines: [(format: TraceFormat, line: @Sendable (Int) -> String)] = [
        (.rlTriplets, triplet), (.aspHooks, hook), (.stage7Events, event), (.claudeCode, message),
        (.structuredLog, log),
    ]

    private static func text(_ format: TraceFormat) -> String {
        let line = lines.first { $0.format == format }?.line
        return (0..<180).map { (line?($0) ?? "") + "\n" }.joined()
    }

    @Test(
        "says the same small or large, in one piece or many, packed, and from an index that was kept",
        arguments: lines.map(\.format))
    func same(format: TraceFormat) async throws {
        let text = Self.text(format)
        let path = try folder.write("records.jsonl", text)
        let whole = await Opened([path])
        #expect(whole.problems == [])
        let expected = try await whole.bodies().map(\.settled)
        #expect(!expected.isEmpty)
        let packed = try folder.write("records.jsonl.gz", Folder.output(of: "gzip", ["-c", path]))
        let large = FileStoreOptions.forTests(chunkSize: 700)
        let kept = FileStoreOptions.forTests(chunkSize: 700, cache: folder.path + "/cache")
        for (path, options) in [(path, large), (packed, large), (path, kept), (path, kept)] {
            let opened = await Opened([path], options)
            #expect(opened.problems == [])
            #expect(try await opened.bodies().map(\.settled) == expected)
            #expect(opened.state.traces.ids.sorted() == whole.state.traces.ids.sorted())
        }
    }

    @Test(
        "is searched in what its records say, and in what its translator says of them", arguments: lines.map(\.format))
    func search(format: TraceFormat) async throws {
        let path = try folder.write("records.jsonl", Self.text(format))
        for options in [FileStoreOptions.forTests(), .forTests(chunkSize: 700)] {
            let opened = await Opened([path], options)
            for word in ["fjord", "FJORD 17", "pipeline", "execute_tool", "done", "nowhere at all", "9b0"] {
                guard let needle = SearchText(word) else { continue }
                let expected = try await opened.spans { span in span.matches(needle) }
                let found = try await opened.find(word)
                #expect(Set(found).isSuperset(of: expected.map(\.name)), "\(word)")
            }
        }
    }

    @Test("a record that was written with escapes is found by what it means")
    func escapes() async throws {
        let line = Self.hook(1).replacing("fjord", with: #"fj\u00f6rd \u0066jord"#)
        let opened = await Opened([try folder.write("records.jsonl", line + "\n")])
        #expect(try await opened.find("fjord").isEmpty == false)
        #expect(try await opened.find("fjörd").isEmpty == false)
    }

    @Test("is read as it was, once judgements replace it, also from an index that was kept")
    func replaced() async throws {
        let text = Self.text(.rlTriplets)
        let path = try folder.write("records.jsonl", text)
        let expected = try await Opened([path]).bodies()
        let cached = FileStoreOptions.forTests(chunkSize: 700, cache: folder.path + "/cache")
        for options in [.forTests(), .forTests(chunkSize: 700), cached, cached] {
            try folder.write("records.jsonl", text)
            let opened = await Opened([path], options)
            let span = try #require(await opened.store.spans(of: opened.state.traces.ids[0]).refs.last)
            opened.store.hold(span)
            let new = try folder.write("new.jsonl", text.replacing(#""reward":0.5"#, with: #""reward":0.25,"by":"me""#))
            #expect(rename(new, path) == 0)
            opened.store.adopt(span)
            #expect(try await opened.bodies() == expected)
        }
    }

    @Test("a span whose begin nobody wrote stands at its end, and one without any time has none")
    func times() async throws {
        let ended = await Opened([try folder.write("hooks.jsonl", Self.hook(1) + "\n")])
        let hooks = try await ended.store.spans(of: ended.state.traces.ids[0])
        let end = try #require(Timestamp.parse(Self.time(1)))
        #expect(Set(hooks.starts) == [end])
        #expect(Set(hooks.durations) == [0])
        #expect(ended.state.traces.starts == [end] && ended.state.traces.durations == [0])
        let line = Self.log(1).replacing(#""time":"\#(Self.time(1))","#, with: "")
        let timeless = await Opened([try folder.write("log.jsonl", line + "\n")])
        let logs = try await timeless.store.spans(of: timeless.state.traces.ids[0])
        #expect(logs.count == 2)
        #expect(Set(logs.starts) == [0] && Set(logs.durations) == [0])
    }

    @Test("gives the lines that a span was made of as they stand")
    func raw() async throws {
        let path = try folder.write("records.jsonl", Self.text(.claudeCode))
        let opened = await Opened([path], .forTests(chunkSize: 700))
        for trace in opened.state.traces.ids {
            let table = try await opened.store.spans(of: trace)
            for span in 0..<table.count where table.strings[table.names[span]].hasPrefix("chat") {
                let raw = try await opened.store.raw(of: table.refs[span], limit: 10_000)
                #expect(String(decoding: raw.bytes, as: UTF8.self).contains("\"assistant\""))
                let body = try await opened.store.body(of: table.refs[span], limit: nil)
                #expect(body.attributes.contains { $0.key == "gen_ai.input.messages" })
            }
        }
    }
}

extension Opened {
    fileprivate func spans(_ isWanted: (SpanBody) -> Bool) async throws -> [SpanBody] {
        try await bodies().filter(isWanted)
    }
}

extension SpanBody {
    /// With what has no order of its own in one.
    fileprivate var settled: SpanBody {
        var body = self
        body.attributes.sort { $0.key < $1.key }
        body.events.sort { ($0.time, $0.name) < ($1.time, $1.name) }
        body.links.sort { $0.spanID < $1.spanID }
        return body
    }

    fileprivate func matches(_ needle: SearchText) -> Bool {
        needle.matches(name) || needle.matches(statusMessage) || attributes.contains { $0.matches(needle) }
            || events.contains { needle.matches($0.name) || $0.attributes.contains { $0.matches(needle) } }
    }
}

extension Attribute {
    fileprivate func matches(_ needle: SearchText) -> Bool {
        if case .string(let text) = value, needle.matches(text) { return true }
        return needle.matches(key)
    }
}
