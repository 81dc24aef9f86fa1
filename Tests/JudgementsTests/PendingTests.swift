import FileStore
import Foundation
import Judgements
import Testing
import TraceDatabases
import TraceFormats
import TraceModel
import TraceStore

/// Judgements that their sources did not take at once: kept, shown, brought there later.
struct PendingTests {
    private let files: JudgedFolder

    init() throws {
        files = try JudgedFolder()
    }

    private func judgement(_ value: Double) -> Judgement { Judgement(value: value, verdict: nil, author: "ann") }

    @Test("what a read-only file does not take waits, is shown with the reason, and is there once it may be written")
    func readOnly() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        chmod(path, 0o444)
        let opened = await files.open(path)
        let trace = opened.state.traces.ids[0]
        let root = try await files.root(opened)
        let receipt = try await opened.store.judge(root, isWhole: true, judgement(0.25))
        #expect(receipt.pending == "\(path) is read-only" && receipt.value == 0.25)
        #expect(receipt.place == files.state + "/journal.jsonl")
        #expect(try files.text(path) == JudgedFolder.call)
        let report = opened.store.pending
        #expect(report.judgements.map(\.reason) == ["\(path) is read-only"] && report.contains(trace))
        // Nothing is new at the next try, and nothing is told again.
        let tries = try files.text(files.state + "/delivered.jsonl")
        let again = await opened.store.retry()
        #expect(again.reached == 0 && again.left == 1 && !again.hasNews)
        #expect(try files.text(files.state + "/delivered.jsonl") == tries)
        // Any other program knows as well.
        let other = await files.open(path)
        #expect(other.state.pending.judgements.map(\.reason) == ["\(path) is read-only"])
        #expect(other.state.traces[0].reward == 0.25)
        chmod(path, 0o644)
        let tally = await opened.store.retry()
        #expect(tally.reached == 1 && tally.left == 0 && tally.hasNews)
        #expect(try files.text(path) == JudgedFolder.call.replacing("0.5,", with: "0.25,"))
        #expect(opened.store.pending.count == 0 && files.waiting.isEmpty)
    }

    @Test("what changed or vanished underneath is not written to; the judgement is there when the file is again")
    func changed() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        let other = JudgedFolder.call.replacing("798251", with: "798252")
        let opened = await files.open(path)
        let root = try await files.root(opened)
        try files.write("call.json", other)
        let receipt = try await opened.store.judge(root, isWhole: true, judgement(0.25))
        #expect(receipt.pending?.contains("has changed") == true)
        #expect(try files.text(path) == other)
        try FileManager.default.removeItem(atPath: path)
        let gone = try await opened.store.judge(root, isWhole: true, judgement(0.75))
        #expect(gone.pending == "\(path) is not there any more")
        #expect(try files.names == [])
        // Another file under the name has none of it.
        try files.write("call.json", other)
        _ = await files.open(path, isRetrying: true)
        #expect(try files.text(path) == other)
        #expect(files.waiting.count == 2)
        // Neither its name nor its folder matters.
        let moved = try files.write("found-again.json", JudgedFolder.call)
        let last = await files.open(moved, isRetrying: true)
        #expect(try files.text(moved) == JudgedFolder.call.replacing("0.5,", with: "0.75,"))
        #expect(last.state.pending.count == 0 && files.waiting.isEmpty)
    }

    @Test("a triplet that is not in its file any more waits until it is in one again, and no other line is touched")
    func goneTriplet() async throws {
        let path = try files.write("triplets.jsonl", JudgedFolder.triplet(0) + "\n" + JudgedFolder.triplet(1) + "\n")
        let opened = await files.open(path)
        let step = try await files.span("rl.triplet_id", "t0", opened)
        try files.write("triplets.jsonl", JudgedFolder.triplet(1) + "\n")
        let receipt = try await opened.store.judge(step, isWhole: false, judgement(0.75))
        #expect(receipt.pending == "\(path) has changed: the triplet t0 is not in it any more")
        #expect(try files.text(path) == JudgedFolder.triplet(1) + "\n")
        let moved = try files.write("moved.jsonl", JudgedFolder.triplet(0) + "\n")
        _ = await files.open(moved, isRetrying: true)
        #expect(try files.text(moved).contains("\"reward\": 0.75, \"reward_assigned_at\": \"20"))
        #expect(files.waiting.isEmpty)
    }

    @Test("what stands beside a file waits where that cannot be written, and comes there once")
    func sidecar() async throws {
        let path = try files.write("otlp.jsonl", JudgedFolder.otlp())
        let sidecar = path + FileStore.sidecarSuffix
        try FileManager.default.createDirectory(atPath: sidecar, withIntermediateDirectories: false)
        let opened = await files.open(path)
        let root = try await files.root(opened)
        let receipt = try await opened.store.judge(root, isWhole: true, judgement(0.75))
        #expect(receipt.pending?.contains(sidecar) == true)
        try FileManager.default.removeItem(atPath: sidecar)
        #expect(await opened.store.retry().reached == 1)
        // Where nobody was told that it arrived, it is recognised.
        let text = try files.text(sidecar)
        try FileManager.default.removeItem(atPath: files.state + "/delivered.jsonl")
        let again = await files.open(path, isRetrying: true)
        #expect(try files.text(sidecar) == text)
        #expect(again.state.pending.count == 0 && again.state.traces[0].reward == 0.75)
    }

    @Test("a locked database takes it later, once, also when nobody was told of it")
    func locked() async throws {
        let database = try files.database()
        let path = files.path("asp.db")
        let opened = await files.open(path)
        let request = try await files.span("asp.approval.request_id", "R1", opened)
        let defect = try await files.span("asp.defect_id", "D1", opened)
        try database.run("BEGIN IMMEDIATE")
        let receipt = try await opened.store.judge(request, isWhole: false, judgement(1))
        #expect(receipt.pending == "\(path): the database is locked by who writes to it; try again")
        #expect(try await opened.store.judge(defect, isWhole: false, judgement(0)).pending != nil)
        try database.run("ROLLBACK")
        #expect(await opened.store.retry().reached == 2)
        let decisions = try database.texts("SELECT request_id, decision, reviewer FROM approval_decisions")
        #expect(decisions == ["R1|approved|ann"])
        #expect(try database.texts("SELECT validated_by_human, false_positive FROM defect_log") == ["0|1"])
        try FileManager.default.removeItem(atPath: files.state + "/delivered.jsonl")
        let again = await files.open(path, isRetrying: true)
        #expect(again.state.pending.count == 0 && again.state.problems.count == 0)
        #expect(try database.texts("SELECT decision FROM approval_decisions") == ["approved"])
    }

    @Test("what a source will never take does not hold, here or later")
    func refused() async throws {
        let database = try files.database()
        let path = files.path("asp.db")
        let opened = await files.open(path)
        let request = try await files.span("asp.approval.request_id", "R1", opened)
        try database.run("BEGIN IMMEDIATE")
        try await opened.store.judge(request, isWhole: false, judgement(1))
        try database.run("UPDATE approval_requests SET status = 'rejected'")
        try database.run("COMMIT")
        let tally = await opened.store.retry()
        #expect(tally.refused == ["\(path): the request R1 is rejected already"])
        #expect(opened.store.standing.isEmpty && files.waiting.isEmpty)
        #expect(await files.open(path).store.standing.isEmpty)
    }

    @Test("what waits does not go over what counts now, nor over what somebody else wrote meanwhile")
    func overtaken() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        let opened = await files.open(path)
        let root = try await files.root(opened)
        chmod(path, 0o444)
        try await opened.store.judge(root, isWhole: true, judgement(0.25))
        let foreign = JudgedFolder.call.replacing("0.5,", with: "0.9,")
        chmod(path, 0o644)
        try Data(foreign.utf8).write(to: URL(filePath: path))
        let other = await files.open(path, isRetrying: true)
        #expect(try files.text(path) == foreign)
        #expect(other.store.pending.judgements.first?.reason.contains("somebody else") == true)
        // Who judges again has seen it.
        try await other.store.judge(files.root(other), isWhole: true, judgement(0.75))
        #expect(await other.store.retry().reached == 1)
        #expect(try files.text(path) == JudgedFolder.call.replacing("0.5,", with: "0.75,"))
        #expect(try files.names == ["call.json"])
    }

    @Test("what waits can be taken back")
    func takenBack() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        chmod(path, 0o444)
        let opened = await files.open(path)
        try await opened.store.judge(files.root(opened), isWhole: true, judgement(0.25))
        #expect(try await opened.store.undo().value == 0.5)
        chmod(path, 0o644)
        await opened.store.retry()
        #expect(opened.store.pending.count == 0)
        #expect(try files.text(path) == JudgedFolder.call)
    }

    @Test("nothing is tried again where nothing may be judged, nor where only reading was asked for")
    func notRetrying() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        chmod(path, 0o444)
        let opened = await files.open(path)
        try await opened.store.judge(files.root(opened), isWhole: true, judgement(0.25))
        chmod(path, 0o644)
        var options = files.options()
        options.isReadOnly = true
        options.isRetrying = true
        let store = JudgedStore(FileStore([path]), options)
        for await _ in store.read() {}
        _ = await files.open(path)
        #expect(try files.text(path) == JudgedFolder.call)
        #expect(store.pending.count == 1)
    }

    @Test("a journal whose last line is half is read up to there, and goes on after it")
    func torn() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        let opened = await files.open(path)
        try await opened.store.judge(files.root(opened), isWhole: true, judgement(0.25))
        let journal = files.state + "/journal.jsonl"
        let whole = try files.text(journal)
        try Data((whole + whole.dropLast(40)).utf8).write(to: URL(filePath: journal))
        let other = await files.open(path)
        let problem = try #require(other.state.problems.first.first)
        #expect(problem.file == journal && problem.place == .line(2) && problem.what.contains("not finished"))
        try await other.store.judge(files.root(other), isWhole: true, judgement(0.75))
        #expect(await files.open(path).store.standing.map(\.value) == [0.25, 0.75])
    }

    @Test(
        "what was judged is found again in a copy elsewhere that has nothing of it",
        arguments: [
            ("call.json", JudgedFolder.call), ("triplets.jsonl", JudgedFolder.triplet(0) + "\n"),
            ("otlp.jsonl", JudgedFolder.otlp()),
            (
                "chrome.json",
                #"[{"name":"step","ph":"X","ts":5,"dur":7,"pid":1,"tid":1},{"name":"then","ph":"X","ts":6,"dur":2,"pid":1,"tid":1}]"#
            ),
        ])
    func copies(name: String, text: String) async throws {
        let path = try files.write(name, text)
        let opened = await files.open(path)
        let trace = opened.state.traces.ids[0]
        let spans = try await opened.store.spans(of: trace)
        let last = try #require(spans.refs.indices.last)
        try await opened.store.judge(spans.refs[last], isWhole: false, judgement(0.75))
        let elsewhere = try JudgedFolder()
        let copy = try elsewhere.write("another-name", text)
        let found = await files.open(copy)
        #expect(found.state.traces.ids == [trace] && found.state.traces[0].reward == 0.75)
        #expect(try await found.store.spans(of: trace).rewards.values.contains(0.75))
    }
}
