import FileStore
import Foundation
import Judgements
import Testing
import TraceDatabases
import TraceModel
import TraceStore

/// What is written into sources, and what is left alone.
struct NativeRewardsTests {
    private let files: JudgedFolder

    init() throws {
        files = try JudgedFolder()
    }

    private func judgement(_ value: Double, _ verdict: RewardRecord.Verdict? = nil) -> Judgement {
        Judgement(value: value, verdict: verdict, author: "ann")
    }

    @Test("a file of triplets keeps its blank lines, line ends, spaces and the order of its keys")
    func oddBytes() async throws {
        let odd =
            "\t{ \"reward\" : null ,\"triplet_id\":\"t1\", \"sequence_id\":\"TASK-1\", \"sequence_index\" :1,\"x\":[ ]  } \r"
        let before = "\n\n" + JudgedFolder.triplet(0) + "\r\n" + odd + "\n \n{\"half\": \n" + JudgedFolder.triplet(2)
        let path = try files.write("triplets.jsonl", before)
        let opened = await files.open(path)
        try await opened.store.judge(
            files.span("rl.triplet_id", "t1", opened), isWhole: false, judgement(0.75))
        // Not as characters: a return and a line end are one.
        func lines(_ text: String) -> [[UInt8]] {
            text.utf8.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        }
        var after = lines(try files.text(path))
        let place = try #require(lines(before).firstIndex(of: Array(odd.utf8)))
        let line = String(decoding: after[place], as: UTF8.self)
        #expect(line.hasPrefix("\t{ \"reward\" : 0.75 ,\"triplet_id\":\"t1\","))
        #expect(line.contains("\"x\":[ ]  , \"reward_assigned_at\": \"20"))
        #expect(line.hasSuffix("\"reward_source\": \"hitl:ann\"} \r"))
        after[place] = Array(odd.utf8)
        #expect(after == lines(before))
    }

    @Test("a triplet that its writer wrote twice gets its reward twice")
    func twice() async throws {
        let path = try files.write("triplets.jsonl", JudgedFolder.triplet(0) + "\n" + JudgedFolder.triplet(0))
        let opened = await files.open(path)
        let receipt = try await opened.store.judge(
            files.span("rl.triplet_id", "t0", opened), isWhole: false, judgement(0.75))
        #expect(receipt.pending == nil)
        #expect(try files.text(path).components(separatedBy: "\"reward\": 0.75").count == 3)
    }

    @Test("behind a link it is the file that changes, with its mode and owner, and nothing is left beside it")
    func links() async throws {
        try FileManager.default.createDirectory(atPath: files.path("there"), withIntermediateDirectories: false)
        let path = try files.write("there/call.json", JudgedFolder.call)
        #expect(chmod(path, 0o4640) == 0)
        if getuid() == 0 { #expect(chown(path, 1, 2) == 0 && chmod(path, 0o4640) == 0) }
        var before = stat()
        #expect(stat(path, &before) == 0)
        let link = files.path("link.json")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "there/call.json")
        // What one who was killed has left.
        try files.write("there/.call.json.spandrel-new", "{\"trace_id\":")
        let opened = await files.open(link)
        try await opened.store.judge(files.root(opened), isWhole: true, judgement(0.75))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "there/call.json")
        #expect(try files.text(path) == JudgedFolder.call.replacing("0.5,", with: "0.75,"))
        var after = stat()
        #expect(stat(path, &after) == 0)
        #expect(after.st_mode == before.st_mode && after.st_uid == before.st_uid && after.st_gid == before.st_gid)
        #expect(after.st_ino != before.st_ino)
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path("there")) == ["call.json"])
        // A reader of the folder sees one call.
        #expect(await files.open(files.folder.path()).state.traces.count == 1)
    }

    @Test("a packed file is let alone: its rewards are beside it")
    func packed() async throws {
        let plain = try files.write("triplets.jsonl", JudgedFolder.triplet(0) + "\n")
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/bin/gzip")
        gzip.arguments = [plain]
        try gzip.run()
        gzip.waitUntilExit()
        let path = plain + ".gz"
        let before = try Data(contentsOf: URL(filePath: path))
        let opened = await files.open(path)
        let receipt = try await opened.store.judge(
            files.span("rl.triplet_id", "t0", opened), isWhole: false, judgement(0.75))
        #expect(receipt.pending == nil && receipt.place == path + FileStore.sidecarSuffix)
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    // MARK: Defects

    @Test("a defect is valid or a false alarm in ASP's database, or neither again")
    func defects() async throws {
        let database = try files.database()
        let path = files.path("asp.db")
        let opened = await files.open(path)
        let defect = try await files.span("asp.defect_id", "D1", opened)
        func flags() throws -> [String] {
            try database.texts("SELECT validated_by_human, false_positive, description, severity FROM defect_log")
        }
        let receipt = try await opened.store.judge(defect, isWhole: false, judgement(0, .reject))
        #expect(receipt.pending == nil && receipt.place == path)
        #expect(try flags() == ["0|1|off by one|High"])
        // Who opens it has it from the database itself.
        let fresh = try JudgedFolder()
        let seen = await fresh.open(path)
        #expect(try await seen.store.spans(of: seen.state.traces.ids[0]).rewards.values.contains(0))
        try await opened.store.judge(defect, isWhole: false, judgement(1, .approve))
        #expect(try flags() == ["1|0|off by one|High"])
        try await opened.store.undo()
        #expect(try flags() == ["0|1|off by one|High"])
        try await opened.store.undo()
        #expect(try flags() == ["0|0|off by one|High"])
        try await opened.store.redo()
        #expect(try flags() == ["0|1|off by one|High"])
        // A word without a value decides nothing.
        var unknown = Judgement(value: nil, verdict: .unknown, author: "ann")
        unknown.comment = "who knows"
        #expect(try await opened.store.judge(defect, isWhole: false, unknown).place == path + FileStore.sidecarSuffix)
        #expect(try flags() == ["0|1|off by one|High"])
    }

    @Test("a request for approval is put off by a skip, and not decided by who does not know")
    func undecided() async throws {
        let database = try files.database()
        let path = files.path("asp.db")
        let opened = await files.open(path)
        let request = try await files.span("asp.approval.request_id", "R1", opened)
        let unknown = Judgement(value: nil, verdict: .unknown, author: "ann")
        #expect(try await opened.store.judge(request, isWhole: false, unknown).place != path)
        #expect(try database.texts("SELECT status FROM approval_requests") == ["pending"])
        let skip = Judgement(value: nil, verdict: .skip, author: "ann")
        #expect(try await opened.store.judge(request, isWhole: false, skip).place == path)
        #expect(try database.texts("SELECT status FROM approval_requests") == ["deferred"])
        #expect(try database.texts("SELECT decision FROM approval_decisions") == ["deferred"])
    }

    @Test("an older database, or one that has lost the defect, says so, and the judgement waits")
    func olderDatabase() async throws {
        let database = try files.database(hasFlags: false)
        let path = files.path("asp.db")
        let opened = await files.open(path)
        let defect = try await files.span("asp.defect_id", "D1", opened)
        let receipt = try await opened.store.judge(defect, isWhole: false, judgement(1))
        #expect(
            receipt.pending
                == "\(path): an older ASP made it: its table defect_log has no column validated_by_human")
        try database.run("ALTER TABLE defect_log ADD COLUMN validated_by_human INTEGER DEFAULT 0")
        try database.run("ALTER TABLE defect_log ADD COLUMN false_positive INTEGER DEFAULT 0")
        try database.run("UPDATE defect_log SET defect_id = 'D2'")
        await opened.store.retry()
        #expect(
            opened.store.pending.judgements.map(\.reason) == ["\(path): there is no defect D1 in it any more"])
        try database.run("UPDATE defect_log SET defect_id = 'D1'")
        #expect(await opened.store.retry().reached == 1)
        #expect(try database.texts("SELECT validated_by_human FROM defect_log") == ["1"])
    }

    @Test(
        "a value that is none is refused, and the journal knows nothing of it", arguments: [-0.1, 1.1, .nan, .infinity])
    func values(value: Double) async throws {
        let opened = await files.open(try files.write("call.json", JudgedFolder.call))
        let root = try await files.root(opened)
        await #expect(throws: StoreError("a reward is a number from 0 to 1, not \(value)")) {
            try await opened.store.judge(root, isWhole: true, judgement(value))
        }
        #expect(!FileManager.default.fileExists(atPath: files.state + "/journal.jsonl"))
    }
}
