import Foundation
import Judgements
import Testing
import TraceModel
import TraceStore

/// Taking back, and having again.
struct UndoTests {
    private let files: JudgedFolder

    init() throws {
        files = try JudgedFolder()
    }

    private func judgement(_ value: Double) -> Judgement { Judgement(value: value, verdict: nil, author: "ann") }

    private func call(_ reward: String) -> String { JudgedFolder.call.replacing("0.5,", with: "\(reward),") }

    @Test("goes back and forth as far as there is anything, in the source as well, also another day")
    func backAndForth() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        let opened = await files.open(path)
        let root = try await files.root(opened)
        var first = judgement(0.25)
        first.comment = "why"
        try await opened.store.judge(root, isWhole: true, first)
        try await opened.store.judge(root, isWhole: true, judgement(0.75))
        await #expect(throws: StoreError("there is nothing of ann's to do again")) {
            try await opened.store.redo()
        }
        #expect(try await opened.store.undo().value == 0.25)
        #expect(try await opened.store.undo().value == 0.5)
        #expect(try files.text(path) == JudgedFolder.call)
        let later = await files.open(path).store
        let redone = try await later.redo()
        #expect(redone.value == 0.25 && redone.record.rationale == "why")
        #expect(try files.text(path) == call("0.25"))
        #expect(try await later.redo().value == 0.75)
        #expect(try files.text(path) == call("0.75"))
        await #expect(throws: StoreError.self) { try await later.redo() }
        #expect(try await later.undo().value == 0.25)
        #expect(try await later.redo().value == 0.75)
        #expect(try await later.undo().value == 0.25)
        // Another judgement ends the chance.
        try await later.judge(files.root(opened), isWhole: true, judgement(1))
        await #expect(throws: StoreError.self) { try await later.redo() }
        #expect(try await later.undo().value == 0.25)
        #expect(try await later.undo().value == 0.5)
        #expect(try files.text(path) == JudgedFolder.call)
    }

    @Test("takes back one's own alone, and the source says what the other says, though it came later")
    func others() async throws {
        let path = try files.write("call.json", JudgedFolder.call)
        let ann = await files.open(path)
        let bob = await files.open(path, author: "bob")
        try await ann.store.judge(files.root(ann), isWhole: true, judgement(0.25))
        let his = Judgement(value: 0.75, verdict: nil, author: "bob")
        try await bob.store.judge(files.root(bob), isWhole: true, his)
        #expect(try await ann.store.undo().value == 0.75)
        #expect(try files.text(path) == call("0.75"))
        #expect(try await bob.store.undo().value == 0.5)
        #expect(try files.text(path) == JudgedFolder.call)
        #expect(try await ann.store.redo().value == 0.25)
        #expect(try files.text(path) == call("0.25"))
    }
}
