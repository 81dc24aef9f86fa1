import FileStore
import Foundation
import Judgements
import Testing
import TraceModel
import TraceStore

/// What a review adds to judging: words that stay with a decision, clearing, doing again, and coming back to a queue.
struct ReviewingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-review-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func open(author: String = "ann") async throws -> (JudgedStore, SpanRef, TraceID) {
        let file = folder.appending(path: "one.jsonl")
        if !FileManager.default.fileExists(atPath: file.path()) {
            let span =
                #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"000000000000000000000000000000ab","spanId":"0000000000000001","name":"root","startTimeUnixNano":"1763647201000000000","endTimeUnixNano":"1763647202000000000"}]}]}]}"#
            try Data((span + "\n").utf8).write(to: file)
        }
        var options = FileStoreOptions()
        options.cacheDirectory = nil
        let state = folder.appending(path: "state").path()
        let store = JudgedStore(
            FileStore([file.path()], options: options), JudgementOptions(directory: state, author: author))
        var last = StoreState()
        for await state in store.read() { last = state }
        let trace = try #require(last.traces.ids.first)
        return (store, try await store.spans(of: trace).refs[0], trace)
    }

    private func decide(
        _ store: JudgedStore, _ span: SpanRef, _ value: Double?, _ verdict: RewardRecord.Verdict?, queue: String? = "q"
    ) async throws {
        try await store.judge(span, isWhole: true, by: "ann") { judgement in
            (judgement.value, judgement.verdict) = (value, verdict)
            judgement.queue = queue
        }
    }

    @Test("a note says more of what was decided; taking it back leaves the decision")
    func notes() async throws {
        let (store, span, trace) = try await open()
        try await decide(store, span, 1, .approve)
        let noted = try await store.judge(span, isWhole: true, by: "ann") { $0.comment = "well done" }
        #expect(noted.record.value == 1 && noted.record.verdict == .approve && noted.record.rationale == "well done")
        #expect(noted.record.supersedes == nil)
        let undone = try await store.undo()
        #expect(undone.value == 1)
        #expect(store.standing(of: trace).map(\.rationale) == [""])
    }

    @Test("a judgement that takes the place of the one before it goes with it")
    func replacing() async throws {
        let (store, span, trace) = try await open()
        try await decide(store, span, 0, .reject)
        let first = try #require(store.standing(of: trace).first)
        let reasoned = try await store.judge(span, isWhole: true, by: "ann", replacesLast: true) {
            $0.labels = ["wrong"]
        }
        #expect(reasoned.record.supersedes == first.id)
        #expect(store.standing(of: trace).map(\.labels) == [["wrong"]])
        #expect(try await store.undo().value == nil)
        #expect(store.standing(of: trace).isEmpty)
    }

    @Test("what was taken back holds again, the last first, until something else is judged")
    func redo() async throws {
        let (store, span, trace) = try await open()
        try await decide(store, span, 0.25, nil)
        try await decide(store, span, 0.75, nil)
        try await store.undo()
        try await store.undo()
        #expect(store.standing(of: trace).isEmpty)
        #expect(try await store.redo().value == 0.25)
        let (later, _, _) = try await open()
        #expect(try await later.redo().value == 0.75)
        await #expect(throws: StoreError("there is nothing of ann's to do again")) { try await later.redo() }
        try await later.undo()
        try await decide(later, span, 1, .approve)
        await #expect(throws: StoreError.self) { try await later.redo() }
    }

    @Test("clearing takes back one's own alone, and says where there is none")
    func clearing() async throws {
        let (store, span, trace) = try await open()
        try await store.judge(span, isWhole: true, by: "bob") { $0.value = 0.5 }
        await #expect(throws: StoreError.self) { try await store.clear(span, isWhole: true, by: "ann") }
        try await decide(store, span, 1, .approve)
        #expect(try await store.clear(span, isWhole: true, by: "ann").value == 0.5)
        #expect(store.standing(of: trace).map(\.author) == ["bob"])
        #expect(try await store.redo().value == 1)
    }

    @Test("what was decided in a queue is known on another day: by its name, of its author, with or without a value")
    func coming() async throws {
        let (store, span, trace) = try await open()
        try await store.judge(span, isWhole: true, by: "ann") { judgement in
            judgement.comment = "only a word"
            judgement.queue = "q"
        }
        #expect(store.decided(in: "q", by: "ann").isEmpty)
        try await decide(store, span, nil, .skip)
        let (later, _, _) = try await open()
        #expect(later.decided(in: "q", by: "ann") == [trace])
        #expect(later.decided(in: "other", by: "ann").isEmpty)
        #expect(later.decided(in: "q", by: "bob").isEmpty)
        try await later.undo()
        #expect(later.decided(in: "q", by: "ann").isEmpty)
    }

    @Test("all that a review knows is kept")
    func fields() async throws {
        let (store, span, trace) = try await open()
        try await store.judge(span, isWhole: true, by: "ann") { judgement in
            judgement.value = 0.5
            judgement.dimensions = [.init(name: "safety", value: 0.5, weight: 2)]
            judgement.correction = "as it should be"
            (judgement.rubric, judgement.queue, judgement.elapsed, judgement.contentHash) = ("care 2", "q", 7, 9)
        }
        let (later, _, _) = try await open()
        let record = try #require(later.standing(of: trace).first)
        #expect(record.dimensions == [.init(name: "safety", value: 0.5, weight: 2)])
        #expect(record.correction == "as it should be" && record.rubric == "care 2" && record.queue == "q")
        #expect(record.elapsed == 7 && record.contentHash == 9)
    }
}
