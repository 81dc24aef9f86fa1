import FileStore
import Foundation
import Testing
import TraceModel
import TraceStore

/// What is read of files and folders, and how it adds up.
struct ReadingTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
    }

    private func outcome(_ sources: [String], _ options: FileStoreOptions = .forTests()) async -> Outcome {
        await FileStore(sources, options: options).outcome()
    }

    @Test("A trace is summed up from its spans")
    func summary() async throws {
        let spans = [
            TestSpan(
                trace: 1, id: 1, name: "run", start: 1_000, end: 9_000,
                attributes: [TestSpan.text("task", "write a poem"), TestSpan.text("gen_ai.agent.name", "poet")]),
            TestSpan(
                trace: 1, id: 2, parent: 1, name: "chat", start: 2_000, end: 12_000, isError: true,
                attributes: TestSpan.tokens(70, 30) + [TestSpan.cost(0.5)]),
        ]
        let path = try folder.write("a.jsonl", spans.line(service: "studio"))
        let trace = try #require(await outcome([path]).trace)
        #expect(trace.id == spans[0].traceID)
        #expect(trace.root == "run")
        #expect(trace.title == "write a poem")
        #expect(trace.agent == "poet")
        #expect(trace.service == "studio")
        #expect(trace.source == path)
        #expect(trace.format == "otlp-jsonl")
        #expect((trace.start, trace.duration) == (1_000, 11_000))
        #expect((trace.spans, trace.errors) == (2, 1))
        #expect((trace.tokensIn, trace.tokensOut) == (70, 30))
        #expect(trace.cost == 0.5)
        #expect(!trace.isRunning && !trace.isRootless)
    }

    @Test("Lines longer than what is looked at first are lines still")
    func longFirstLine() async throws {
        let long = String(repeating: "a long prompt ", count: 20_000)
        let lines = (1...3).map { trace in
            [TestSpan(trace: UInt64(trace), id: 1, attributes: [TestSpan.text("prompt", long)])].line()
        }
        let path = try folder.write("long.jsonl", lines.joined() + "{broken\n")
        let outcome = await outcome([path])
        #expect(outcome.traces.map(\.format) == ["otlp-jsonl", "otlp-jsonl", "otlp-jsonl"])
        #expect(outcome.problems.first.first?.description.hasPrefix("\(path):4:") == true)
    }

    @Test("A trace over several files, children before their parents, is one trace")
    func spreadOut() async throws {
        try folder.write("1/b.jsonl", [TestSpan(trace: 1, id: 3, parent: 2, start: 3_000, end: 4_000)].line())
        try folder.write("2/a.jsonl", [TestSpan(trace: 1, id: 2, parent: 1, start: 2_000, end: 5_000)].line())
        try folder.write("3.jsonl", [TestSpan(trace: 1, id: 1, name: "root", start: 1_000, end: 6_000)].line())
        let store = FileStore([folder.path], options: .forTests())
        let trace = try #require(await store.outcome().trace)
        #expect(trace.root == "root")
        #expect((trace.spans, trace.duration) == (3, 5_000))
        #expect(trace.source.hasSuffix("1/b.jsonl"))
        let table = try await store.spans(of: trace.id)
        #expect(table.ids.map(\.value) == [1, 2, 3])
        #expect(table.parents.map(\.value) == [0, 1, 2])
    }

    @Test("A trace whose root is missing is named by its earliest orphan")
    func orphan() async throws {
        let spans = [
            TestSpan(trace: 1, id: 5, parent: 4, name: "child", start: 1_000),
            TestSpan(trace: 1, id: 4, parent: 99, name: "later orphan", start: 3_000),
            TestSpan(trace: 1, id: 6, parent: 98, name: "orphan", start: 2_000),
        ]
        let trace = try #require(await outcome([try folder.write("a", spans.lines())]).trace)
        #expect(trace.root == "orphan")
        #expect(trace.isRootless)
    }

    @Test("Parents that go in a circle end, and the earliest span names the trace")
    func circle() async throws {
        let usage = TestSpan.tokens(1, 1)
        let spans = [
            TestSpan(trace: 1, id: 1, parent: 3, name: "one", start: 2_000, attributes: usage),
            TestSpan(trace: 1, id: 2, parent: 1, name: "two", start: 1_000),
            TestSpan(trace: 1, id: 3, parent: 2, name: "three", start: 3_000),
            TestSpan(trace: 1, id: 4, parent: 4, name: "own parent", start: 4_000),
        ]
        let trace = try #require(await outcome([try folder.write("a", spans.lines())]).trace)
        #expect(trace.root == "two")
        #expect((trace.spans, trace.isRootless) == (4, true))
    }

    @Test("A nesting of 10,000 spans is summed up and laid out")
    func deep() async throws {
        let count: UInt64 = 10_000
        var spans = (1...count).map { TestSpan(trace: 1, id: $0, parent: $0 - 1, start: Int64($0), end: 100_000) }
        spans[Int(count) - 1].attributes = TestSpan.tokens(5, 6)
        spans[0].attributes = TestSpan.tokens(5, 6)
        let store = FileStore([try folder.write("a", spans.line())], options: .forTests())
        let trace = try #require(await store.outcome().trace)
        #expect((trace.spans, trace.tokensIn, trace.tokensOut) == (Int(count), 5, 6))
        #expect(try await store.spans(of: trace.id).count == Int(count))
    }

    @Test("A span that was read twice counts once: the finished version, and of two finished ones the later")
    func duplicates() async throws {
        let first = TestSpan(trace: 1, id: 1, name: "first", end: 0, attributes: TestSpan.tokens(1, 1))
        let done = TestSpan(trace: 1, id: 1, name: "done", end: 3_000, isError: true, attributes: TestSpan.tokens(2, 2))
        let again = TestSpan(trace: 1, id: 1, name: "again", end: 4_000, attributes: TestSpan.tokens(4, 4))
        let late = TestSpan(trace: 1, id: 1, name: "late", end: 0)
        try folder.write("a.jsonl", [first, done].lines())
        try folder.write("b.jsonl", [again, late].lines())
        let store = FileStore([folder.path], options: .forTests())
        let outcome = await store.outcome()
        let trace = try #require(outcome.trace)
        #expect(outcome.spans == 1)
        #expect((trace.spans, trace.errors, trace.tokensIn, trace.duration) == (1, 0, 4, 3_000))
        #expect(!trace.isRunning)
        let table = try await store.spans(of: trace.id)
        #expect(table.names.map { table.strings[$0] } == ["again"])
        #expect(try await store.body(of: table.refs[0], limit: nil).name == "again")
    }

    @Test("Tokens that an agent's span repeats from its model calls are counted once; so are costs, by themselves")
    func doubleCounting() async throws {
        let spans = [
            TestSpan(trace: 1, id: 1, attributes: TestSpan.tokens(300, 30)),
            TestSpan(trace: 1, id: 2, parent: 1, attributes: [TestSpan.cost(2)]),
            TestSpan(trace: 1, id: 3, parent: 2, attributes: TestSpan.tokens(100, 10)),
            TestSpan(trace: 1, id: 4, parent: 2, attributes: TestSpan.tokens(200, 20)),
        ]
        let trace = try #require(await outcome([try folder.write("a", spans.lines())]).trace)
        #expect((trace.tokensIn, trace.tokensOut, trace.cost) == (300, 30, 2))
    }

    @Test("A trace with a span that has not ended is running")
    func running() async throws {
        let spans = [
            TestSpan(trace: 1, id: 1, end: 0), TestSpan(trace: 1, id: 2, parent: 1, start: 2_000, end: 7_000),
        ]
        let store = FileStore([try folder.write("a", spans.lines())], options: .forTests())
        let trace = try #require(await store.outcome().trace)
        #expect(trace.isRunning)
        #expect(trace.duration == 6_000)
        let table = try await store.spans(of: trace.id)
        #expect(table.traits.map(\.isRunning) == [true, false])
    }

    @Test(
        "Any number of workers and any size of chunk come to the same", arguments: [1, 2, 3], [64, 700, 5_000, 1 << 20])
    func sameOutcome(workers: Int, chunkSize: Int) async throws {
        var text = ""
        for trace in UInt64(1)...40 {
            let spans = (1...UInt64(trace % 7 + 1)).map { id in
                TestSpan(
                    trace: trace * 3 % 23, id: id + trace * 10, parent: id == 1 ? 0 : trace * 10 + id - 1,
                    name: "span \(id % 3)", start: Int64(trace * 1_000 + id), end: Int64(trace * 2_000),
                    attributes: id == 2
                        ? TestSpan.tokens(Int(trace), 1)
                        : [TestSpan.text("long", String(repeating: "x", count: Int(trace) * 9))])
            }
            text += trace % 5 == 0 ? spans.lines() : spans.line()
            if trace % 11 == 0 { text += "{broken\n" }
            if trace % 13 == 0 { text += "\n" }
        }
        let path = try folder.write("a", text)
        let expected = await outcome([path])
        #expect(expected.traces.count == 23)
        #expect(expected.problems.count == 3)
        #expect(await outcome([path], .forTests(workers: workers, chunkSize: chunkSize)) == expected)
    }

    @Test("Many small files, with any number of workers, are read in the order of their names", arguments: [1, 4])
    func manyFiles(workers: Int) async throws {
        for file in UInt64(0)..<300 {
            let name = "\(file / 100)/\(file + 1000).jsonl"
            try folder.write(name, [TestSpan(trace: file / 2 + 1, id: file + 1, name: "n\(file)")].line())
        }
        let outcome = await outcome([folder.path], .forTests(workers: workers))
        #expect(outcome.traces.map(\.id.low) == (1...150).map { UInt64($0) })
        #expect(outcome.traces.allSatisfy { $0.spans == 2 })
        #expect(outcome.filesFound == 300)
        #expect(outcome.problems.count == 0)
    }

    @Test("A bad line costs that line, and is told with its number")
    func badLine() async throws {
        let good = [TestSpan(trace: 1, id: 1)].line()
        let more = [TestSpan(trace: 1, id: 2)].line()
        let path = try folder.write("a", good + "{\"resourceSpans\":[{]}\n" + more)
        let outcome = await outcome([path], .forTests(chunkSize: 100))
        #expect(outcome.trace?.spans == 2)
        #expect(outcome.problems.first.map(\.place) == [.line(2)])
        #expect(outcome.problems.first.map(\.file) == [path])
    }

    @Test("A last line that was cut off is a problem, and the rest is read", arguments: [40, 200, 1 << 20])
    func cutOff(chunkSize: Int) async throws {
        let text = [TestSpan(trace: 1, id: 1)].line() + [TestSpan(trace: 1, id: 2)].line().dropLast(30)
        let outcome = await outcome([try folder.write("a", text)], .forTests(chunkSize: chunkSize))
        #expect(outcome.trace?.spans == 1)
        #expect(outcome.problems.count == 1)
    }

    @Test("A last line without its end is a line")
    func noLineEnd() async throws {
        let text = [TestSpan(trace: 1, id: 1), TestSpan(trace: 1, id: 2)].lines().dropLast()
        let outcome = await outcome([try folder.write("a", String(text))], .forTests(chunkSize: 50))
        #expect(outcome.trace?.spans == 2)
        #expect(outcome.problems.count == 0)
    }

    @Test("A source that is given twice, or met again through a link, is read once")
    func onlyOnce() async throws {
        let path = try folder.write("a.jsonl", [TestSpan(trace: 1, id: 1)].line())
        try FileManager.default.createSymbolicLink(atPath: folder.path("b.jsonl"), withDestinationPath: path)
        let outcome = await outcome([path, folder.path, path])
        #expect(outcome.filesFound == 1)
        #expect(outcome.trace?.spans == 1)
    }

    @Test("A folder that is a link to itself ends")
    func loop() async throws {
        try folder.write("a/b/a.jsonl", [TestSpan(trace: 1, id: 1)].line())
        try FileManager.default.createSymbolicLink(atPath: folder.path("a/b/up"), withDestinationPath: folder.path)
        let outcome = await outcome([folder.path])
        #expect(outcome.trace?.spans == 1)
        #expect(outcome.problems.count == 0)
    }

    @Test("What cannot be read is told, and the rest is read")
    func unreadable() async throws {
        let good = try folder.write("good.jsonl", [TestSpan(trace: 1, id: 1)].line())
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("dangling.jsonl"), withDestinationPath: folder.path("nowhere"))
        let outcome = await outcome([folder.path("missing"), folder.path, good])
        #expect(outcome.trace?.spans == 1)
        #expect(outcome.problems.first.map(\.file) == [folder.path("missing"), folder.path("dangling.jsonl")])
        #expect(outcome.complaints.allSatisfy { $0.contains("No such file") })
    }

    @Test("A file that may not be read is told", .enabled(if: getuid() != 0))
    func forbidden() async throws {
        let path = try folder.write("a.jsonl", [TestSpan(trace: 1, id: 1)].line())
        chmod(path, 0)
        let outcome = await outcome([path])
        #expect(outcome.complaints.count == 1)
        #expect(outcome.complaints.first?.contains("Permission denied") == true)
    }

    @Test("What is in a folder and no trace is passed over in silence; what was named is not")
    func noTraces() async throws {
        try folder.write("a.jsonl", [TestSpan(trace: 1, id: 1)].line())
        try folder.write("docs/README.md", "# Read me\n\nThese are traces.\n")
        try folder.write("docs/b.jsonl", [TestSpan(trace: 1, id: 2)].line())
        try folder.write("docs/.hidden.jsonl", [TestSpan(trace: 2, id: 1)].line())
        try folder.write("docs/empty.jsonl", "")
        let binary = try folder.write("picture", (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 1) })
        let quiet = await outcome([folder.path("a.jsonl"), folder.path("docs")])
        #expect(quiet.trace?.spans == 2)
        #expect(quiet.problems.count == 0)
        let named = await outcome([binary, folder.path("docs/README.md"), folder.path("docs/empty.jsonl")])
        #expect(named.traces.isEmpty)
        #expect(named.problems.count == 3)
        #expect(named.complaints.last?.contains("empty") == true)
    }

    @Test("An empty folder, and one without a trace, are told")
    func emptyFolders() async throws {
        let empty = try Folder()
        #expect(await outcome([empty.path]).complaints.count == 1)
        try empty.write("notes.txt", "nothing\n")
        let outcome = await outcome([empty.path])
        #expect(outcome.complaints.count == 1)
        #expect(outcome.problems.first.first?.file == empty.path)
    }

    @Test("Reading can be cancelled, and what has arrived is usable")
    func cancel() async throws {
        let lines = (1...2_000).map { [TestSpan(trace: UInt64($0), id: 1)].line() }.joined()
        let store = FileStore(
            [try folder.write("a", lines)], options: .forTests(workers: 1, chunkSize: 1_000))
        store.cancelReading()
        let outcome = await store.outcome()
        #expect(outcome.isCancelled)
        for trace in outcome.traces { #expect(try await store.spans(of: trace.id).count == 1) }
        #expect(outcome.traces.count < 2_000)
    }
}
