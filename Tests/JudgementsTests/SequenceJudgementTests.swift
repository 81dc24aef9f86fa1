import FileStore
import Foundation
import Judgements
import Testing
import TraceAnalysis
import TraceModel
import TraceStore

/// Sequences that are judged as a whole, of real files: what is handed down, what gives way, what is taken back.
struct SequenceJudgementTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "spandrel-sequence-\(UUID().uuidString)")
    private let path: String
    private let store: JudgedStore
    private let trace: TraceID
    private let steps: [SpanRef]

    init() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "triplets.jsonl").path()
        let lines = ["null", "null", "0.25"].enumerated().map { number, reward in
            #"{"triplet_id": "t\#(number)", "sequence_id": "TASK-1", "sequence_index": \#(number), "timestamp_utc": "2025-12-03T09:00:0\#(number)", "state": {"agent_role": "role\#(number)"}, "action": {"success": true}, "reward": \#(reward)}"#
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        var options = FileStoreOptions()
        options.cacheDirectory = nil
        store = JudgedStore(
            FileStore([path], options: options),
            JudgementOptions(directory: folder.appending(path: "state").path(), author: "ann"))
        var last = StoreState()
        for await state in store.read() { last = state }
        trace = try #require(last.traces.ids.first)
        let spans = try await store.spans(of: trace)
        steps = spans.refs.indices.filter { !spans.parents[$0].isZero }.map { spans.refs[$0] }
        #expect(steps.count == 3)
    }

    private func judgement(_ value: Double) -> Judgement {
        var judgement = Judgement(value: value, verdict: nil, author: "ann")
        judgement.strategy = .terminal
        return judgement
    }

    /// What the file says of each triplet.
    private func written() throws -> [Double?] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { line in
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            return object["reward"] as? Double
        }
    }

    @Test("each step gets its part, marked as handed down and with the judgement that it came from")
    func handedDown() async throws {
        try await store.judge(
            sequence: "TASK-1", in: trace, steps, judgement(0.8), handingDown: [0.2, nil, 0.8])
        #expect(try written() == [0.2, nil, 0.8])
        let records = store.standing
        let whole = try #require(records.first { $0.target == .sequence("TASK-1", in: trace) })
        #expect(whole.strategy == .terminal && whole.value == 0.8)
        let parts = records.filter { $0.id != whole.id }
        #expect(parts.count == 2)
        #expect(parts.allSatisfy { $0.strategy == .propagated && $0.propagatedFrom == whole.id })
        let table = try await store.spans(of: trace)
        #expect(table.shared.sequences == ["TASK-1": 0.8])
        #expect(table.shared.handedDown.map { table.rewards[$0] }.sorted { $0 ?? 0 < $1 ?? 0 } == [0.2, 0.8])
    }

    @Test("another way of handing down takes the place of the one before, also where a step gets nothing now")
    func again() async throws {
        try await store.judge(sequence: "TASK-1", in: trace, steps, judgement(1))
        #expect(try written() == [1, 1, 1])
        try await store.judge(sequence: "TASK-1", in: trace, steps, judgement(0.5), handingDown: [nil, 0.5, nil])
        #expect(try written() == [nil, 0.5, 0.25])
    }

    @Test("taking back the later of two brings the earlier back, and that of the first brings back what stood there")
    func undoneOverAnother() async throws {
        try await store.judge(sequence: "TASK-1", in: trace, steps, judgement(1), handingDown: [0.2, nil, 0.8])
        try await store.judge(sequence: "TASK-1", in: trace, steps, judgement(0.5), handingDown: [nil, 0.5, 0.6])
        #expect(try written() == [nil, 0.5, 0.6])
        for _ in 0..<2 {
            try await store.undo()
            #expect(try written() == [0.2, nil, 0.8])
            try await store.redo()
            #expect(try written() == [nil, 0.5, 0.6])
        }
        try await store.undo()
        try await store.undo()
        #expect(try written() == [nil, nil, 0.25])
        try await store.redo()
        #expect(try written() == [0.2, nil, 0.8])
        try await store.redo()
        #expect(try written() == [nil, 0.5, 0.6])
    }

    @Test("sequences of one stroke are taken back together, with what was handed down again meanwhile")
    func sequencesTogether() async throws {
        try await store.judge([
            .init("first", in: trace, [steps[0]], judgement(0.5), handingDown: nil),
            .init("rest", in: trace, [steps[1], steps[2]], judgement(1), handingDown: [nil, 1]),
        ])
        #expect(try written() == [0.5, nil, 1])
        try await store.judge(sequence: "rest", in: trace, [steps[1], steps[2]], judgement(0.75))
        #expect(try written() == [0.5, 0.75, 0.75])
        try await store.undo()
        #expect(try written() == [0.5, nil, 1])
        try await store.undo()
        #expect(try written() == [nil, nil, 0.25])
        #expect(store.standing.isEmpty)
        try await store.redo()
        #expect(try written() == [0.5, nil, 1])
        await #expect(throws: StoreError.self) {
            try await store.judge([
                .init("first", in: trace, [steps[0]], judgement(0), handingDown: nil),
                .init("none", in: trace, [], judgement(0), handingDown: nil),
            ])
        }
        #expect(try written() == [0.5, nil, 1], "nothing is written where one of them cannot be")
    }

    @Test("a trace that nobody judges any more has the reward again that it came with")
    func formerOfTrace() async throws {
        let root = try await store.spans(of: trace)
        let place = try #require(root.parents.firstIndex { $0.isZero })
        #expect(try await store.judge(root.refs[place], isWhole: true, judgement(0)).trace == 0)
        #expect(try await store.undo().trace == 0.25)
    }

    @Test("many are judged at one stroke, and taken back together")
    func strokes() async throws {
        try await store.judge(steps[0], isWhole: false, judgement(0.5))
        let receipts = try await store.judge(steps.map { ($0, false) }, by: "ann") { $0.value = 0 }
        #expect(receipts.map(\.value) == [0, 0, 0] && receipts.allSatisfy { $0.pending == nil })
        #expect(try written() == [0, 0, 0])
        #expect(Set(receipts.map(\.record.createdAt)).count == 1)
        #expect(try await store.undo().others.count == 2)
        #expect(try written() == [0.5, nil, 0.25])
        try await store.redo()
        #expect(try written() == [0, 0, 0])
    }

    @Test("what a step was itself judged counts before and after; undo takes the whole back at once")
    func undone() async throws {
        try await store.judge(steps[1], isWhole: false, judgement(0))
        try await store.judge(sequence: "TASK-1", in: trace, steps, judgement(1))
        #expect(try written() == [1, 0, 1])
        // A word of one's own outdoes what was handed down, whichever came first.
        try await store.judge(steps[0], isWhole: false, judgement(0.5))
        #expect(try written() == [0.5, 0, 1])
        try await store.undo()
        try await store.undo()
        #expect(try written() == [nil, 0, 0.25])
        try await store.undo()
        #expect(try written() == [nil, nil, 0.25])
        await #expect(throws: StoreError.self) { try await store.undo() }
    }

    @Test("every reward is in one table: what is judged here lies over what came, and names its agent")
    func table() async throws {
        let before = await store.rewards()
        #expect(before.values == [0.25] && before.strings[before.agents[0]] == "role2")
        try await store.judge(steps[0], isWhole: false, judgement(0.5))
        try await store.judge(steps[2], isWhole: false, judgement(1))
        let after = await store.rewards()
        #expect(after.values == [0.5, 1])
        #expect(after.agents.map { after.strings[$0] } == ["role0", "role2"])
        #expect(after.traces == [0, 0])
    }

    private func score(_ value: Double) -> Judgement {
        var judgement = Judgement(value: value, verdict: nil, author: "spandrel:asp")
        judgement.authorKind = .code
        judgement.strategy = .local
        judgement.dimensions = [RewardRecord.Dimension(name: "success", value: value, weight: 1)]
        return judgement
    }

    @Test("a score by code is kept once, and never over a person's or the source's own")
    func scored() async throws {
        func isKept(_ step: Int, _ value: Double) async throws -> Bool {
            try await store.score([.init(of: steps[step], isWhole: false, score(value))]).allSatisfy { $0 != nil }
        }
        #expect(try await isKept(0, 0.75))
        #expect(try await !isKept(0, 0.75))
        #expect(try await isKept(0, 0.5))
        #expect(try written() == [0.5, nil, 0.25])
        #expect(store.standing.map(\.dimensions.count) == [1])
        // The source brought a reward along.
        #expect(try await !store.wouldKeep(.init(of: steps[2], isWhole: false, score(0.75))))
        #expect(try await !isKept(2, 0.75))
        try await store.judge(steps[1], isWhole: false, judgement(1))
        #expect(try await !isKept(1, 0))
        // A person outdoes code.
        try await store.judge(steps[0], isWhole: false, judgement(0))
        #expect(try written() == [0, 1, 0.25])
    }

    @Test("other weights of the parts are kept at one stroke, stay code's, and are taken back together")
    func weights() async throws {
        func scored(_ success: Double) -> Judgement {
            var judgement = score(success)
            judgement.dimensions.append(RewardRecord.Dimension(name: "output", value: 1, weight: 1))
            judgement.value = judgement.dimensions.combined
            return judgement
        }
        _ = try await store.score([
            .init(of: steps[0], isWhole: false, scored(0)), .init(of: steps[1], isWhole: false, scored(0.5)),
        ])
        #expect(try written() == [0.5, 0.75, 0.25])
        let table = await store.rewards()
        let weights = try RewardWeights(of: table).changed(by: "output=0")
        let changes = weights.changes(of: table)
        #expect(changes.count == 2)
        let receipt = try await store.reweigh(
            changes.map { row, parts in
                RewardReweighing(
                    record: parts.record, dimensions: weights.weighed(parts.dimensions),
                    value: weights.value(of: parts.dimensions) ?? 0)
            }, by: "ann")
        #expect(receipt.record.authorKind == .code && receipt.others.count == 1)
        #expect(try written() == [0, 0.5, 0.25])
        #expect(RewardWeights(of: await store.rewards()).description == "success=1 output=0")
        try await store.undo()
        #expect(try written() == [0.5, 0.75, 0.25])
    }
}
