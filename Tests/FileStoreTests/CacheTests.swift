import FileStore
import Foundation
import Testing
import TraceFixtures
import TraceModel
import TraceStore

/// Indexes that are kept on disk: used where they fit, and never believed where they do not.
struct CacheTests {
    private let folder: Folder
    private var cache: String { folder.path("cache") }

    init() throws {
        folder = try Folder()
    }

    /// Traces of all kinds, a broken line, and a span that is there twice.
    private func text(traces: ClosedRange<UInt64> = 1...60) -> String {
        var text = ""
        for trace in traces {
            text += [
                TestSpan(
                    trace: trace, id: trace * 10, name: "run \(trace % 4)", start: 1_000,
                    end: trace % 9 == 0 ? 0 : 9_000,
                    attributes: [
                        TestSpan.text("task", "task \(trace)"), TestSpan.text("gen_ai.agent.name", "a\(trace % 3)"),
                    ]),
                TestSpan(
                    trace: trace, id: trace * 10 + 1, parent: trace * 10, name: "chat", isError: trace % 5 == 0,
                    attributes: TestSpan.tokens(Int(trace), 2) + [TestSpan.cost(0.25)]),
            ].line(service: "service \(trace % 2)")
            if trace % 30 == 0 { text += "{broken\n" }
        }
        return text + [TestSpan(trace: 1, id: 10, name: "again", end: 12_000)].line()
    }

    private func read(_ sources: [String], _ cache: String?) async throws -> (Outcome, [SpanTable], [SpanBody]) {
        let store = FileStore(sources, options: .forTests(chunkSize: 4_000, cache: cache))
        let outcome = await store.outcome()
        var tables: [SpanTable] = []
        var bodies: [SpanBody] = []
        for trace in outcome.traces {
            tables.append(try await store.spans(of: trace.id))
            for ref in tables[tables.count - 1].refs { bodies.append(try await store.body(of: ref, limit: nil)) }
        }
        return (outcome, tables, bodies)
    }

    /// Reads with the cache and without, and expects the same.
    private func expectSame(_ sources: [String], _ comment: Comment) async throws {
        let (plain, plainTables, plainBodies) = try await read(sources, nil)
        let (cached, cachedTables, cachedBodies) = try await read(sources, cache)
        #expect(cached == plain, comment)
        #expect(cachedBodies == plainBodies, comment)
        #expect(cachedTables.map(\.ids) == plainTables.map(\.ids), comment)
        #expect(cachedTables.map(\.durations) == plainTables.map(\.durations), comment)
        #expect(cachedTables.map(\.usage) == plainTables.map(\.usage), comment)
    }

    private func keptFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: cache).sorted().map { cache + "/" + $0 }
    }

    @Test("A kept index says the same as the file, and is there for its owner alone")
    func hit() async throws {
        let path = try folder.write("a", text())
        try await expectSame([path], "written")
        let kept = try keptFiles()
        #expect(kept.count == 1)
        let attributes = try FileManager.default.attributesOfItem(atPath: kept[0])
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.attributesOfItem(atPath: cache)[.posixPermissions] as? Int == 0o700)
        try await expectSame([path], "read")
        let after = try FileManager.default.attributesOfItem(atPath: kept[0])
        #expect(
            after[.systemFileNumber] as? Int == attributes[.systemFileNumber] as? Int, "it was used, not made again")
    }

    @Test("Files that share traces are kept each by itself, and come together in any order")
    func shared() async throws {
        let first = try folder.write("a", text(traces: 1...40))
        let second = try folder.write("b", text(traces: 20...60))
        for sources in [[first, second], [first, second], [second, first], [first], [second]] {
            try await expectSame(sources, "\(sources)")
        }
        #expect(try keptFiles().count == 2)
    }

    @Test("A packed file is unpacked again only when a span of it is wanted")
    func packed() async throws {
        let path = try folder.write("a", Packing.gzip(Array(text().utf8)))
        try await expectSame([path], "written")
        #expect(try keptFiles().count == 1)
        try await expectSame([path], "read")
    }

    @Test("Other encodings are kept too", arguments: OTLPEncoding.allCases)
    func encodings(_ encoding: OTLPEncoding) async throws {
        let spans = (1...20).map { SampleSpans.span(UInt64($0), parent: UInt64($0 / 2), "span") }
        let path = try folder.write("a", encoding.file([spans]))
        try await expectSame([path], "written")
        #expect(try keptFiles().count == 1)
        try await expectSame([path], "read")
    }

    @Test("Lines that were added are read, and the rest is not read again")
    func appended() async throws {
        let path = try folder.write("a", text(traces: 1...30))
        try await expectSame([path], "written")
        try folder.append("a", text(traces: 25...50))
        try await expectSame([path], "grown")
        try await expectSame([path], "kept as grown")
        try folder.append("a", "{broken\n")
        try await expectSame([path], "grown by a broken line")
        try await expectSame([path], "and kept")
    }

    enum Staleness: CaseIterable {
        case rewritten, shorter, touched, replaced

        func make(_ folder: Folder, _ path: String, _ text: String) throws {
            switch self {
            case .rewritten: try folder.append("a", "")
            case .shorter: truncate(path, off_t(text.utf8.count / 2))
            case .touched:
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: 9)], ofItemAtPath: path)
            case .replaced:
                unlink(path)
                try folder.write("a", text.replacingOccurrences(of: "chat", with: "talk"))
            }
        }
    }

    @Test("An index of a file that has changed is not used", arguments: Staleness.allCases)
    func stale(staleness: Staleness) async throws {
        let path = try folder.write("a", text())
        try await expectSame([path], "written")
        try staleness.make(folder, path, text())
        try await expectSame([path], "changed")
        try await expectSame([path], "kept again")
    }

    @Test("A damaged index is made again, wherever it is damaged", arguments: 0..<60)
    func damaged(seed: UInt64) async throws {
        let path = try folder.write("a", text())
        let expected = try await read([path], cache).0
        let kept = try #require(try keptFiles().first)
        let good = [UInt8](try Data(contentsOf: URL(fileURLWithPath: kept)))
        var random = SeededGenerator(seed: seed)
        var bad = good
        switch seed % 6 {
        case 0: bad.removeLast(Int.random(in: 1...bad.count, using: &random))
        case 1: bad += [0]
        case 2: bad = (0..<bad.count).map { _ in UInt8.random(in: 0...255, using: &random) }
        case 3: bad[Int.random(in: 0..<400, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        default:
            // Past the unused rest of the first page, where nothing is.
            bad[Int.random(in: 4096..<bad.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        }
        try Data(bad).write(to: URL(fileURLWithPath: kept))
        #expect(try await read([path], cache).0 == expected)
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: kept))).count == good.count, "it was made again")
    }

    @Test("A cache that cannot be written is done without")
    func unwritable() async throws {
        let path = try folder.write("a", text())
        try folder.write("cache", "a file where the folder should be")
        let plain = try await read([path], nil).0
        #expect(try await read([path], cache).0 == plain)
        #expect(try await read([path], "relative/and missing").0 == plain)
    }

    @Test("The cache stays within its limit: the oldest go first")
    func limit() async throws {
        var options = FileStoreOptions.forTests(chunkSize: 4_000, cache: cache)
        let first = try folder.write("a", text())
        _ = await FileStore([first], options: options).outcome()
        let kept = try #require(try keptFiles().first)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 9)], ofItemAtPath: kept)
        let size = try #require(try FileManager.default.attributesOfItem(atPath: kept)[.size] as? UInt64)
        options.cacheLimit = size * 3 / 2
        _ = await FileStore([try folder.write("b", text())], options: options).outcome()
        #expect(try keptFiles().count == 1)
        #expect(try keptFiles().first != kept)
    }

    @Test("Nothing is kept of what was cancelled")
    func cancelled() async throws {
        let store = FileStore([try folder.write("a", text())], options: .forTests(chunkSize: 4_000, cache: cache))
        store.cancelReading()
        _ = await store.outcome()
        #expect(!FileManager.default.fileExists(atPath: cache))
    }

    @Test("An index that was made with other prices is not used")
    func otherPrices() async throws {
        let call = TestSpan(
            trace: 1, id: 1,
            attributes: TestSpan.tokens(1_000_000, 0) + [TestSpan.text("gen_ai.request.model", "m-large")])
        let path = try folder.write("a.jsonl", [call].line())
        for price in [2.0, 3, 3] {
            var options = FileStoreOptions.forTests(chunkSize: 4_000, cache: cache)
            options.prices = ModelPrices(["m": .init(input: price)])
            let outcome = await FileStore([path], options: options).outcome()
            #expect(outcome.trace?.cost == price)
            #expect(outcome.trace?.model == "m-large")
        }
    }
}
