import FileStore
import Foundation
import Testing
import TraceFixtures
import TraceFormats
import TraceModel
import TraceStore

@Suite("Input that is not as it should be")
struct BadInputTests {
    @Test("is named where there is nothing to read")
    func nothing() async throws {
        let folder = try Folder()
        let empty = await Opened([try folder.write("empty", [])])
        #expect(empty.problems == ["empty: there is nothing in it"])
        #expect(empty.state.traces.count == 0)
        let inner = try Folder()
        #expect(await Opened([inner.path]).problems == ["an empty folder: there is no file in it to read"])
        #expect(await Opened([inner.path + "/none"]).problems == ["cannot be read: No such file or directory"])
        let binary = await Opened([try folder.write("bin", (0..<5000).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) })])
        #expect(binary.problems == ["binary data of no kind that is read here; OTLP is, as JSON or protobuf"])
        let prose = await Opened([try folder.write("prose", Array("Dear reader,\n".utf8))])
        #expect(prose.problems == ["text, and no trace; OTLP is read, as JSON or protobuf"])
    }

    @Test("of folders: loops end, dangling links are named, prose is passed over", .timeLimit(.minutes(1)))
    func folders() async throws {
        let folder = try Folder()
        try folder.write("deep/traces", OTLPEncoding.lines.file([[SampleSpans.span(1)]]))
        try folder.write("README", Array("Dear reader,\n".utf8))
        try folder.link("deep/up", to: folder.path)
        try folder.link("again", to: folder.path + "/deep/traces")
        try folder.link("dangling", to: folder.path + "/none")
        let opened = await Opened([folder.path, folder.path + "/deep"])
        #expect(
            opened.state.problems.first == [
                Problem(
                    file: folder.path + "/dangling", place: .whole, what: "cannot be read: No such file or directory")
            ])
        #expect(opened.state.progress.spans == 1)
    }

    @Test("of lines: a broken one costs itself and is named by its number")
    func brokenLines() async throws {
        let folder = try Folder()
        var lines: [[UInt8]] = (1...2000).map { OTLPJSONWriter.line([SampleSpans.span(UInt64($0))]) }
        lines[9] = Array("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"00\n".utf8)
        lines[999] = Array("not json at all\n".utf8)
        lines[1500] = Array("\n".utf8)
        lines[1999].removeLast(30)
        for (workers, chunk) in [(1, 1 << 20), (2, 5000), (2, 100)] {
            var options = FileStoreOptions.forTests(workers: workers)
            options.chunk = chunk
            options.firstChunk = chunk
            let opened = await Opened([try folder.write("traces", lines.flatMap { $0 })], options)
            #expect(opened.state.progress.spans == 1996)
            #expect(opened.state.problems.first.map(\.place) == [.line(10), .line(1000), .line(2000)])
            #expect(opened.problems.last == "cut off: the line ends inside a record")
        }
    }

    @Test("of documents and messages: a cut-off end keeps what is before it", arguments: OTLPEncoding.allCases)
    func cutOff(_ encoding: OTLPEncoding) async throws {
        let folder = try Folder()
        let exports = (1...3).map { [SampleSpans.span($0, attributes: [Attribute("n", .int(Int64($0)))])] }
        let whole = encoding.file(exports)
        let opened = await Opened([try folder.write("traces", Array(whole.dropLast(60)))])
        #expect(opened.problems.count == 1)
        #expect(opened.problems.first?.hasPrefix("cut off") == true)
        #expect(try await opened.bodies() == exports[..<2].flatMap { $0 })
    }

    @Test("of parents: circles and spans that are their own", .timeLimit(.minutes(1)))
    func circles() async throws {
        let folder = try Folder()
        let use = [Attribute("gen_ai.usage.input_tokens", .int(5))]
        let spans = [
            SampleSpans.span(1, parent: 2, "one", attributes: use), SampleSpans.span(2, parent: 1, "two", after: 1),
            SampleSpans.span(3, parent: 3, "own", after: 2, attributes: use),
        ]
        let opened = await Opened([try folder.write("traces", OTLPEncoding.lines.file([spans]))])
        let summary = try #require(opened.summary(of: SampleSpans.trace))
        #expect(summary.spans == 3)
        #expect(summary.isRootless)
        #expect(summary.root == "one")
    }

    @Test("of times: absurd ones stay within bounds")
    func times() async throws {
        let folder = try Folder()
        let pairs: [(Int64, Int64)] = [
            (.max, .max), (.min, .max), (-5, 10), (10, -5), (1, .max), (.max, 1), (0, 5), (.max - 1, .max),
        ]
        let spans = pairs.enumerated().map { index, times in
            var span = SampleSpans.span(UInt64(index + 1))
            (span.start, span.end) = times
            return span
        }
        let opened = await Opened([try folder.write("traces", OTLPEncoding.lines.file([spans]))])
        #expect(opened.problems.isEmpty)
        #expect(try await opened.bodies() == spans)
        let table = try await opened.store.spans(of: SampleSpans.trace)
        #expect(table.durations.allSatisfy { $0 >= 0 })
        #expect(table.starts == table.starts.sorted())
        let summary = try #require(opened.summary(of: SampleSpans.trace))
        #expect(summary.start == 1)
        #expect(summary.duration == .max - 1)
    }

    @Test("of ids: a span without them is a problem, and no span")
    func zeroIdentifiers() async throws {
        let folder = try Folder()
        for encoding in OTLPEncoding.allCases {
            let spans = [
                SampleSpans.span(0, "no id"), SampleSpans.span(1, "no trace", trace: TraceID(high: 0, low: 0)),
                SampleSpans.span(2, "good"),
            ]
            let opened = await Opened([try folder.write("traces", encoding.file([spans]))])
            #expect(try await opened.bodies().map(\.name) == ["good"])
            #expect(opened.problems.count == 2)
        }
    }

    @Test("of packed files: a bomb is stopped, a cut-off one read as far as it goes", .timeLimit(.minutes(1)))
    func packed() async throws {
        let folder = try Folder()
        let lines = OTLPEncoding.lines.file((1...3000).map { [SampleSpans.span($0)] })
        let fill = Attribute("fill", .string(String(repeating: "x", count: 4_000_000)))
        let swollen = try folder.write(".bomb", OTLPEncoding.lines.file([[SampleSpans.span(1, attributes: [fill])]]))
        let bomb = try folder.write("bomb.gz", Folder.output(of: "gzip", ["-c", swollen]))
        var options = FileStoreOptions.forTests()
        options.unpacking.bytes = 100_000
        options.unpacking.ratio = 20
        let stopped = await Opened([bomb], options)
        #expect(stopped.problems.contains { $0.hasPrefix("swells more than 20 times when unpacked") })
        #expect(stopped.state.progress.spans == 0)

        let whole = try Folder.output(of: "gzip", ["-c", folder.write(".whole", lines)])
        let cut = await Opened([try folder.write("cut.gz", Array(whole.dropLast(whole.count / 2)))])
        #expect(cut.problems.contains("cut off: the compressed data ends early; what there was is shown"))
        #expect((500..<2500).contains(cut.state.progress.spans))

        var broken = whole
        for at in whole.count / 2..<whole.count / 2 + 50 { broken[at] = 0xFF }
        let corrupt = await Opened([try folder.write("corrupt.gz", broken)])
        #expect(corrupt.problems.contains { $0.hasPrefix("corrupt compressed data") })
    }

    @Test("of files that change while they are open: an error, and no wrong span")
    func changed() async throws {
        let folder = try Folder()
        let path = try folder.write("traces", OTLPEncoding.lines.file([[SampleSpans.span(1)], [SampleSpans.span(2)]]))
        let opened = await Opened([path])
        let refs = try await opened.store.spans(of: SampleSpans.trace).refs
        try #require(refs.count == 2)
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 10)
        await #expect(throws: StoreError("\(path) has changed since it was read; open it again")) {
            try await opened.store.body(of: refs[1], limit: nil)
        }
        try FileManager.default.removeItem(atPath: path)
        await #expect(throws: StoreError("\(path) cannot be read: No such file or directory")) {
            try await opened.store.raw(of: refs[0], limit: 10)
        }
        await #expect(throws: StoreError("\(path) cannot be read: No such file or directory")) {
            try await opened.find("nowhere to be found")
        }
        await #expect(throws: StoreError.self) { try await opened.store.spans(of: TraceID(high: 5, low: 5)) }
        await #expect(throws: StoreError.self) {
            try await opened.store.body(of: SpanRef(unit: 9, row: 9), limit: nil)
        }
    }

    @Test(
        "of size: a span of 20 MB is read, and refused where it is not wanted", .timeLimit(.minutes(1)),
        arguments: [OTLPEncoding.lines, .pretty, .message])
    func large(_ encoding: OTLPEncoding) async throws {
        let folder = try Folder()
        let text = String(repeating: "0123456789\n", count: 2_000_000)
        let spans = [
            SampleSpans.span(1, attributes: [Attribute("large", .string(text))]), SampleSpans.span(2, after: 1),
        ]
        let opened = await Opened([try folder.write("traces", encoding.file([spans]))])
        #expect(opened.problems.isEmpty)
        #expect(try await opened.bodies() == spans)
        let refs = try await opened.store.spans(of: SampleSpans.trace).refs
        await #expect(throws: StoreError.self) { try await opened.store.body(of: refs[0], limit: 1 << 20) }
        // One that is refused, or is not there, does not keep the others back.
        let asked = [refs[0], refs[1], SpanRef(unit: 9, row: 9), refs[1]]
        let bodies = await opened.store.bodies(of: asked, limit: 1 << 20).map { try? $0.get() }
        #expect(bodies == [nil, spans[1], nil, spans[1]])
        var visited: [Int] = []
        try await opened.store.forEachBody(of: Array(repeating: asked, count: 200).flatMap { $0 }, limit: 1 << 20) {
            place, body in
            if (try? body.get()) != nil { visited.append(place) }
        }
        #expect(visited == (0..<800).filter { $0 % 2 == 1 })
        // Who was stopped must not take some for all.
        let stopped = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await opened.store.forEachBody(of: asked) { _, _ in }
        }
        await #expect(throws: StoreError.self) { try await stopped.value }
        let raw = try await opened.store.raw(of: refs[0], limit: 100)
        #expect(raw.bytes.count == 100)
        #expect(raw.length > 20_000_000)
    }
}
