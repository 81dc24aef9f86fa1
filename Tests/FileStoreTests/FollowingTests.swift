import FileStore
import Foundation
import Testing
import TraceFixtures
import TraceFormats
import TraceModel
import TraceStore

@Suite("A store that follows its files", .timeLimit(.minutes(1)))
struct FollowingTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func span(_ id: UInt64, name: String = "step", end: Int64 = 9_000) -> String {
        [TestSpan(trace: 1, id: id, parent: id == 10 ? 0 : 10, name: name, start: 1_000 + Int64(id), end: end)].line()
    }

    /// Does each of the changes once the state before it has come, and returns what is there in the end.
    private func follow(
        _ sources: [String], _ steps: [(change: () throws -> Void, isThere: (StoreState) -> Bool)]
    ) async throws -> (store: FileStore, state: StoreState) {
        var options = FileStoreOptions.forTests()
        options.isFollowing = true
        let store = FileStore(sources, options: options)
        var next = 0
        var last = StoreState()
        for await state in store.read() where state.progress.isFinished {
            last = state
            if next > 0, !steps[next - 1].isThere(state) { continue }
            guard next < steps.count else { break }
            try steps[next].change()
            next += 1
        }
        store.cancelReading()
        return (store, last)
    }

    @Test("takes in what is added, whole lines only, and lets a running span end in place")
    func lines() async throws {
        let path = try folder.write("a.jsonl", span(10, name: "root", end: 0))
        let second = span(11)
        let (store, state) = try await follow(
            [path],
            [
                ({ try folder.append("a.jsonl", second) }, { $0.progress.spans == 2 }),
                (
                    {
                        try folder.append("a.jsonl", String(self.span(12).dropLast(40)))
                        try folder.append(
                            "a.jsonl", self.span(12).suffix(40) + self.span(10, name: "root", end: 20_000))
                    }, { $0.progress.spans == 3 && !$0.traces[0].isRunning }
                ),
            ])
        #expect(state.problems.count == 0)
        let table = try await store.spans(of: state.traces.ids[0])
        #expect(table.count == 3)
        #expect(try await store.body(of: table.refs[2], limit: nil).spanID == table.ids[2])
    }

    @Test("reads new files, files under another's name, and files that are written anew")
    func files() async throws {
        try folder.write("a.jsonl", span(10, name: "root"))
        let elsewhere = try Folder()
        let nodes =
            #"{"nid": "", "task_info": {"goal": "g", "task_type": "write"}, "node_type": "PLAN_NODE", "status": "STATUS", "inner_graph": {}}"#
        let (store, state) = try await follow(
            [folder.path],
            [
                ({ try folder.write("deeper/b.jsonl", self.span(11)) }, { $0.progress.spans == 2 }),
                (
                    { try folder.write("nodes.json", nodes.replacing("STATUS", with: "DOING")) },
                    { $0.traces.count == 2 }
                ),
                (
                    { try folder.write("nodes.json", nodes.replacing("STATUS", with: "FINISH")) },
                    { state in (0..<state.traces.count).allSatisfy { !state.traces[$0].isRunning } }
                ),
                (
                    {
                        let path = try elsewhere.write("c", self.span(10, name: "root") + self.span(12))
                        try FileManager.default.moveItem(atPath: folder.path("a.jsonl"), toPath: folder.path("a.1"))
                        try FileManager.default.moveItem(atPath: path, toPath: folder.path("a.jsonl"))
                    }, { state in (0..<state.traces.count).contains { state.traces[$0].spans == 3 } }
                ),
            ])
        for trace in state.traces.ids {
            for ref in try await store.spans(of: trace).refs { _ = try await store.body(of: ref, limit: nil) }
        }
    }

    @Test("reads on in other systems' lines with what it knew")
    func translated() async throws {
        func line(_ event: String, _ second: Int) -> String {
            #"{"timestamp": "2026-11-21T00:40:0\#(second)+00:00", "event": "\#(event)", "tool": "Bash", "tool_use_id": "a", "session_id": "s", "success": true}"#
                + "\n"
        }
        let path = try folder.write("hooks.jsonl", line("tool_start", 1))
        let (store, state) = try await follow(
            [path], [({ try folder.append("hooks.jsonl", line("tool_end", 3)) }, { !$0.traces[0].isRunning })])
        let table = try await store.spans(of: state.traces.ids[0])
        #expect(table.count == 2)
        #expect(table.durations.contains(2_000_000_000))
    }

    @Test(
        "reads on in streams of messages, half a message pending", arguments: [OTLPEncoding.framed, .delimited, .grpc])
    func messages(encoding: OTLPEncoding) async throws {
        func message(_ id: UInt64) -> Data {
            Data(encoding.file([[SampleSpans.span(id, after: Int64(id))]]))
        }
        let path = folder.path("a.pb")
        try message(10).write(to: URL(filePath: path))
        func append(_ data: Data) throws {
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: data)
            try handle.close()
        }
        let (store, state) = try await follow(
            [path],
            [
                ({ try append(message(11) + message(12).prefix(20)) }, { $0.progress.spans == 2 }),
                ({ try append(message(12).dropFirst(20)) }, { $0.progress.spans == 3 }),
            ])
        #expect(state.problems.count == 0)
        let table = try await store.spans(of: state.traces.ids[0])
        for ref in table.refs { #expect(try await store.body(of: ref, limit: nil).name.hasPrefix("step")) }
    }

    @Test("reads packed files that come to a folder, and says what came last")
    func packed() async throws {
        try folder.write("a.jsonl", span(10, name: "root"))
        let (store, _) = try await follow(
            [folder.path],
            [
                (
                    {
                        let packed = Packing.gzip(Array(self.span(11, name: "packed").utf8))
                        try Data(packed).write(to: URL(filePath: folder.path("b.gz.part")))
                        try FileManager.default.moveItem(
                            atPath: folder.path("b.gz.part"), toPath: folder.path("b.gz"))
                    }, { $0.progress.spans == 2 }
                )
            ])
        let all = await store.feed(after: nil, limit: 10)
        #expect(all.entries.map(\.name) == ["root", "packed"])
        #expect(await store.feed(after: all.cursor, limit: 10).entries.isEmpty)
        #expect(await store.feed(after: nil, limit: 1).entries.map(\.name) == ["packed"])
    }

    @Test("knows a file under another name, and reads the new one that has its name")
    func rotated() async throws {
        let path = try folder.write("a.jsonl", span(10, name: "root"))
        let (store, state) = try await follow(
            [path],
            [
                (
                    {
                        try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
                        try folder.write("a.jsonl", self.span(11))
                    }, { $0.progress.spans == 2 }
                ),
                ({ try folder.append("a.jsonl", self.span(12)) }, { $0.progress.spans == 3 }),
            ])
        let table = try await store.spans(of: state.traces.ids[0])
        #expect(table.ids.map(\.value) == [10, 11, 12])
        for ref in table.refs { _ = try await store.body(of: ref, limit: nil) }
    }

    @Test("gives a trace whose file was written anew the reward that stands there now, and none where it went")
    func rewards() async throws {
        func call(_ reward: String) -> String {
            """
            {"trace_id": "Controller_20251206_235831_798251", "component": "Controller", "prompt": "calm",
             "timestamp_start": "2025-12-06T23:58:31", "timestamp_end": "2025-12-06T23:58:39",
             "response": {"choices": [{"message": {"content": "Breathe."}}]}, "latency_ms": 10.5, "reward": \(reward)}
            """
        }
        try folder.write("call.json", call("0.25"))
        let (store, state) = try await follow(
            [folder.path],
            [
                ({ try folder.write("call.json", call("0.75")) }, { $0.traces[0].reward == 0.75 }),
                ({ try folder.write("call.json", call("null")) }, { $0.traces[0].reward == nil }),
                ({ try folder.write("call.json", call("0.5")) }, { $0.traces[0].reward == 0.5 }),
            ])
        #expect(await store.rewards().values == [0.5])
        #expect(state.rewardsVersion >= 4)
    }
}
