import Foundation
import Testing
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

@testable import FileStore

/// Each has a clear outcome; none hangs or crashes.
@Suite(.timeLimit(.minutes(1)))
struct BadInputTests {
    @Test("an empty file, an empty folder, a binary and a file that is not there are named")
    func nothing() async {
        let folder = Folder()
        let empty = folder.write("empty", [])
        let binary = folder.write("binary", (0...255).map { UInt8($0) })
        try? FileManager.default.createDirectory(atPath: folder.path + "/sub", withIntermediateDirectories: true)
        let (_, state) = await read([empty, binary, folder.path + "/sub", folder.path + "/none"])
        #expect(state.traces.count == 0)
        let problems = state.problems.first.map(\.description).sorted().joined(separator: "\n")
        for word in ["empty", "binary data", "empty folder", "No such file"] {
            #expect(problems.contains(word), "\(problems)")
        }
        #expect(state.problems.count == 4)
    }

    @Test("a loop of folders is walked once, and prose in a folder is no problem")
    func loop() async {
        let folder = Folder()
        folder.write("README.md", Array("# Hello\n".utf8))
        folder.write("a.jsonl", OTLPJSONWriter.line([.made(1, 1)]))
        try? FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: folder.path)
        try? FileManager.default.createSymbolicLink(atPath: folder.path + "/twice", withDestinationPath: "a.jsonl")
        let (_, state) = await read([folder.path])
        #expect(state.traces.count == 1)
        #expect(state.traces[0].spans == 1)
        #expect(state.problems.count == 0)
    }

    @Test("a dangling link is named and the rest read")
    func dangling() async {
        let folder = Folder()
        folder.write("a.jsonl", OTLPJSONWriter.line([.made(1, 1)]))
        try? FileManager.default.createSymbolicLink(atPath: folder.path + "/gone", withDestinationPath: "nowhere")
        let (_, state) = await read([folder.path])
        #expect(state.traces.count == 1)
        #expect(state.problems.first.map(\.place) == [.whole])
    }

    @Test("a broken line is named by its number, in small files and large ones", arguments: [1, 3000])
    func lineNumbers(before: Int) async {
        let folder = Folder()
        let padding = [Attribute("t", .string(String(repeating: "y", count: 400)))]
        var bytes: [UInt8] = []
        for index in 1...before { bytes += OTLPJSONWriter.line([.made(1, UInt64(index), padding)]) }
        bytes += Array("{broken\n".utf8) + OTLPJSONWriter.line([.made(2, 1)]) + Array(#"{"resourceSpans":[{"#.utf8)
        var options = FileStoreOptions(workers: 2)
        options.chunk = 100_000
        options.firstChunk = 30_000
        let (_, state) = await read([folder.write("a.jsonl", bytes)], options)
        #expect(state.traces.count == 2)
        #expect(state.problems.first.map(\.place) == [.line(before + 1), .line(before + 3)])
    }

    @Test("parents in a circle, a span its own parent, absurd times and duplicate ids make a tree all the same")
    func absurd() async throws {
        let folder = Folder()
        folder.write(
            "a.jsonl",
            OTLPJSONWriter.line([
                .made(1, 1, parent: 2), .made(1, 2, parent: 1), .made(1, 3, parent: 3), .made(1, 4, parent: 99),
                .made(1, 5, start: .min + 1, end: .max), .made(1, 6, start: 9_000, end: 5), .made(1, 5),
            ]))
        let (store, state) = await read([folder.path])
        let tree = SpanTree(try await store.spans(of: state.traces[0].id))
        #expect(tree.table.count == 6)
        #expect((0..<tree.count).filter { tree.isSpan($0) }.count == 6)
        #expect(tree.kinds.filter { $0 == .cycle }.count == 2)
        #expect(tree.kinds.filter { $0 == .missing }.count == 1)
    }

    @Test("a file that shrinks or vanishes while open says so")
    func shrinks() async throws {
        let folder = Folder()
        let file = folder.write("a.jsonl", OTLPJSONWriter.line([.made(1, 1)]))
        let (store, state) = await read([file])
        let ref = try await store.spans(of: state.traces[0].id).refs[0]
        truncate(file, 10)
        await #expect(throws: StoreError.self) { try await store.body(of: ref, limit: nil) }
        unlink(file)
        await #expect(throws: StoreError.self) { try await store.body(of: ref, limit: nil) }
    }

    @Test("an attribute of 20 MB is read when asked for, and not before")
    func huge() async throws {
        let folder = Folder()
        let text = String(repeating: "0123456789", count: 2 << 20)
        let line = OTLPJSONWriter.line([.made(1, 1, [Attribute("big", .string(text))]), .made(1, 2, parent: 1)])
        let (store, state) = await read([
            folder.write("a.jsonl", line),
            folder.write("b.json", OTLPJSONWriter.document([.made(2, 1, [Attribute("big", .string(text))])])),
        ])
        #expect(state.traces.count == 2)
        for index in 0..<2 {
            let ref = try await store.spans(of: state.traces[index].id).refs[0]
            #expect(try await store.body(of: ref, limit: nil).attributes == [Attribute("big", .string(text))])
            await #expect(throws: StoreError.self) { try await store.body(of: ref, limit: 1000) }
        }
    }
}
