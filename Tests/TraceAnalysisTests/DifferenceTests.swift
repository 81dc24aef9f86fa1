import Testing
import TraceAnalysis
import TraceModel

@Suite("What changed between two texts, states and conversations") struct DifferenceTests {
    private func marked(_ old: String, _ new: String) -> String {
        WordDifference(from: old, to: new).pieces.map { piece in
            switch piece.change {
            case .kept: piece.text
            case .added: "{\(piece.text)}"
            case .removed: "[\(piece.text)]"
            }
        }.joined()
    }

    @Test(
        "marks the words that came and went",
        arguments: [
            ("a small cat sat", "a large cat sat", "a [small]{large} cat sat"),
            ("same", "same", "same"), ("", "new", "{new}"), ("old", "", "[old]"),
            ("one two three", "one three", "one [two ]three"),
            ("東京は晴れ", "東京は雨", "東京は[晴れ]{雨}"),
        ])
    func words(old: String, new: String, expected: String) {
        #expect(marked(old, new) == expected)
    }

    @Test("gives both texts back, whatever they are", arguments: 0..<40)
    func bothSides(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let words = ["a", "b", "plan", "\n", " ", "  ", "é", "日", ".", "step_2"]
        let old = (0..<next(300)).map { _ in words[next(words.count)] }.joined()
        let new = (0..<next(300)).map { _ in words[next(words.count)] }.joined()
        let pieces = WordDifference(from: old, to: new).pieces
        #expect(pieces.filter { $0.change != .added }.map(\.text).joined() == old)
        #expect(pieces.filter { $0.change != .removed }.map(\.text).joined() == new)
    }

    @Test("ends soon for long texts that have nothing in common")
    func unlike() {
        let old = (0..<4000).map { "old\($0)" }.joined(separator: " ")
        let new = (0..<4000).map { "new\($0)" }.joined(separator: " ")
        let pieces = WordDifference(from: old, to: new).pieces
        #expect(pieces.filter { $0.change != .added }.map(\.text).joined() == old)
    }

    @Test("tells states apart by path")
    func states() {
        let old = AttributeValue.map([
            Attribute("plan", .array([.string("look"), .string("write")])), Attribute("done", .bool(false)),
            Attribute("gone", .int(1)), Attribute("kept", .int(2)),
        ])
        let new = AttributeValue.map([
            Attribute("plan", .array([.string("look"), .string("check"), .string("write")])),
            Attribute("done", .bool(true)), Attribute("kept", .int(2)),
        ])
        let difference = ValueDifference(from: old, to: new)
        #expect(
            difference.entries == [
                .init(path: "plan[1]", change: .added(.string("check"))),
                .init(path: "done", change: .changed(from: .bool(false), to: .bool(true))),
                .init(path: "gone", change: .removed(.int(1))),
            ])
        #expect(difference.keptCount == 3)
    }

    @Test("puts messages of one role beside each other, and keeps those that both calls were sent")
    func conversations() {
        func conversation(_ messages: [(String, String)]) -> Conversation {
            var conversation = Conversation()
            conversation.messages = messages.map {
                Conversation.Message(role: $0.0, parts: [.text($0.1)], isOutput: $0.0 == "assistant!")
            }
            return conversation
        }
        let old = conversation([("system", "be brief"), ("user", "fix it"), ("assistant!", "done")])
        let new = conversation([
            ("system", "be brief"), ("user", "fix it now"), ("tool", "ok"), ("assistant!", "really done"),
        ])
        let rows = ConversationDifference(from: old, to: new).rows
        #expect(rows.count == 3)
        guard rows.count == 3, case .kept(let kept) = rows[0], case .changed(_, let words) = rows[1],
            case .added(let added) = rows[2]
        else {
            Issue.record("rows of other kinds: \(rows)")
            return
        }
        #expect(kept.map(\.role) == ["system"])
        #expect(words.pieces.last == .init(.added, " now"))
        #expect(added.role == "tool")
    }

    @Test("compares a call with the last of its name, a step with the one before it under its parent")
    func earlier() {
        var table = SpanTable(trace: TraceID(high: 1, low: 1))
        for (id, parent, name, category) in [
            (1, 0, "root", SpanCategory.agent), (2, 1, "chat big", .model), (3, 1, "search", .tool),
            (4, 1, "chat small", .model), (5, 1, "chat big", .model), (6, 2, "step", .other), (7, 2, "other", .other),
        ] as [(UInt64, UInt64, String, SpanCategory)] {
            table.refs.append(SpanRef(unit: 0, row: UInt32(id)))
            table.ids.append(SpanID(id))
            table.parents.append(SpanID(parent))
            table.traits.append(SpanTraits(category: category))
            table.names.append(table.strings.intern(name))
        }
        #expect((0..<7).map { table.earlier(than: $0) } == [nil, nil, 1, 1, 1, nil, 5])
    }
}
