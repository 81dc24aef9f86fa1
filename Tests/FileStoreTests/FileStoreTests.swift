import Foundation
import Testing
import TraceFormats
import TraceModel
import TraceStore

@testable import FileStore

struct FileStoreTests {
    private static func tokens(_ count: Int64) -> [Attribute] { [Attribute("gen_ai.usage.input_tokens", .int(count))] }

    @Test("a trace spread over files, children before parents, is one", arguments: [1, 2])
    func spread(workers: Int) async throws {
        let folder = Folder()
        folder.write("a.jsonl", OTLPJSONWriter.line([.made(1, 3, parent: 2), .made(1, 2, parent: 1)]))
        folder.write("b.pb", OTLPProtobufWriter.message([.made(1, 1, name: "root"), .made(2, 9, name: "other")]))
        let (store, state) = await read([folder.path], FileStoreOptions(workers: workers))
        #expect(state.traces.count == 2)
        let trace = state.traces[0]
        #expect(trace.spans == 3)
        #expect(trace.root == "root")
        #expect(!trace.isRootless)
        let table = try await store.spans(of: trace.id)
        #expect(Set(table.ids.map(\.value)) == [1, 2, 3])
        #expect(try await store.body(of: table.refs[0], limit: nil).traceID == trace.id)
    }

    @Test("a span that comes twice counts once, and the finished version counts")
    func duplicates() async throws {
        let folder = Folder()
        let running = SpanBody.made(1, 1, name: "early", end: 0, Self.tokens(5))
        let finished = SpanBody.made(1, 1, name: "late", Self.tokens(7))
        folder.write("a.jsonl", OTLPJSONWriter.line([finished, running, finished]))
        let (store, state) = await read([folder.path])
        #expect(state.traces[0].spans == 1)
        #expect(state.traces[0].tokensIn == 7)
        #expect(!state.traces[0].isRunning)
        let table = try await store.spans(of: state.traces[0].id)
        #expect(table.names.map { table.strings[$0] } == ["late"])
    }

    @Test("what an agent repeats of its calls is not counted twice")
    func usage() async {
        let folder = Folder()
        folder.write(
            "a.jsonl",
            OTLPJSONWriter.line([
                .made(1, 1, Self.tokens(30)), .made(1, 2, parent: 1), .made(1, 3, parent: 2, Self.tokens(10)),
                .made(1, 4, parent: 2, Self.tokens(20)),
            ]))
        let (_, state) = await read([folder.path])
        #expect(state.traces[0].tokensIn == 30)
    }

    @Test("any number of workers and any size of chunks come to the same")
    func workers() async throws {
        let folder = Folder()
        var bytes: [UInt8] = []
        for index in 0..<3000 {
            let trace = UInt64(index % 97 + 1)
            let text = String(repeating: "x", count: index % 500)
            bytes += OTLPJSONWriter.line([
                .made(
                    trace, UInt64(index + 1), parent: UInt64(index % 5), name: "n\(index % 7)",
                    [Attribute("t", .string(text))])
            ])
        }
        let file = folder.write("a.jsonl", bytes)
        try #require(bytes.count > 1 << 20)
        var known: [String]?
        for (workers, chunk) in [(1, 8 << 20), (2, 8 << 20), (2, 1000), (3, 77_777)] {
            var options = FileStoreOptions(workers: workers)
            options.chunk = chunk
            options.firstChunk = chunk
            let (_, state) = await read([file], options)
            #expect(state.problems.count == 0)
            let rows = (0..<state.traces.count).map { "\(state.traces[$0])" }
            #expect(known ?? rows == rows)
            known = rows
        }
        #expect(known?.count == 97)
    }

    @Test("gzip and zstd are unpacked, cut off or whole", arguments: ["gzip", "zstd"])
    func compressed(program: String) async throws {
        let folder = Folder()
        let lines = (1...200).flatMap { OTLPJSONWriter.line([.made(UInt64($0), 1, name: "name \($0 * 7919)")]) }
        folder.write("a.jsonl", lines)
        try folder.run(program, "-q", "a.jsonl")
        try? FileManager.default.removeItem(atPath: folder.path + "/a.jsonl")
        let (store, state) = await read([folder.path])
        #expect(state.traces.count == 200)
        #expect(state.problems.count == 0)
        let table = try await store.spans(of: state.traces[150].id)
        #expect(try await store.body(of: table.refs[0], limit: nil).name == state.traces[150].root)

        let packed = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + packed))
        folder.write(packed, Array(whole.dropLast(whole.count / 3)))
        let (_, cut) = await read([folder.path + "/" + packed])
        #expect(cut.problems.first.contains { $0.what.contains("cut off") })
    }

    @Test("a bomb is stopped, and what came before is there")
    func bomb() async throws {
        let folder = Folder()
        folder.write("a.jsonl", OTLPJSONWriter.line([.made(1, 1)]) + [UInt8](repeating: 0x20, count: 50 << 20))
        try folder.run("gzip", "-q", "a.jsonl")
        var options = FileStoreOptions()
        options.unpacking.bytes = 1 << 20
        options.unpacking.ratio = 10
        let (_, state) = await read([folder.path + "/a.jsonl.gz"], options)
        #expect(state.problems.first.contains { $0.what.contains("swells") })
    }

    @Test("search finds names, keys, values, events, and logs by their span")
    func search() async throws {
        let folder = Folder()
        var span = SpanBody.made(1, 1, name: "Plan", [Attribute("the.key", .string("a \"quoted\" Value"))])
        span.events = [SpanEvent(name: "exploded", time: 5, attributes: [Attribute("n", .int(4711))])]
        let log =
            #"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":"\#(TraceID(high: 7, low: 1))","spanId":"0000000000000001","body":{"stringValue":"whispered"}}]}]}]}"#
        folder.write("a.jsonl", OTLPJSONWriter.line([span, .made(2, 2)]) + Array(log.utf8) + [10])
        let (store, state) = await read([folder.path])
        #expect(state.progress.logs == 1)
        for text in ["plan", "the.key", "\"quoted\"", "exploded", "4711", "whispered", "writer-none"] {
            let found = Found()
            try await store.find(try #require(SearchText(text)), in: nil) { found.add($0) }
            #expect(found.traces == (text == "writer-none" ? [] : [TraceID(high: 7, low: 1)]), "\(text)")
        }
        let logs = try await store.logs(of: SpanID(1), in: TraceID(high: 7, low: 1))
        #expect(logs.map(\.body) == [.string("whispered")])
    }

    private final class Found: @unchecked Sendable {
        // Sendable: the test waits for the search to end before it looks.
        private(set) var traces: Set<TraceID> = []
        func add(_ matches: [SpanMatch]) { for match in matches { traces.insert(match.trace) } }
    }
}
