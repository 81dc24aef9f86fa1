import Explorer
import Testing

@Suite struct OutlineTests {
    /// 0 over 1 (over 2, 3) and 4 (over 5); then 6.
    private let outline = Outline(ends: [6, 4, 3, 4, 6, 6, 7], parents: [-1, 0, 1, 1, 0, 4, -1])

    @Test("hides what is below a folded row")
    func folding() {
        var outline = outline
        outline.fold(1, true)
        #expect(outline.visible == [0, 1, 4, 5, 6])
        outline.foldAll(true)
        #expect(outline.visible == [0, 6])
        outline.fold(0, false)
        #expect(outline.visible == [0, 1, 4, 6])
        outline.foldAll(false)
        #expect(outline.visible == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test("keeps the cursor on its node, or takes it to what hides it")
    func cursor() {
        var outline = outline
        outline.move(toRow: 5)
        outline.fold(1, true)
        #expect(outline.node == 5)
        outline.fold(4, true)
        #expect(outline.node == 4)
        outline.foldAll(true)
        #expect(outline.node == 0)
    }

    @Test("keeps the cursor's line on the screen when rows above it fold")
    func line() {
        var outline = Outline(
            ends: [50] + (2...50).map { Int32($0) } + (51...100).map { Int32($0) },
            parents: [-1] + Array(repeating: 0, count: 49) + Array(repeating: -1, count: 50))
        outline.move(toRow: 70)
        outline.scroll(height: 20)
        let line = outline.cursor - outline.top
        outline.fold(0, true)
        #expect(outline.node == 70)
        #expect(outline.cursor - outline.top == line)
    }

    @Test("unfolds all that hides a node to reveal it")
    func reveal() {
        var outline = outline
        outline.foldAll(true)
        outline.reveal(3)
        #expect(outline.node == 3)
        #expect(outline.visible == [0, 1, 2, 3, 4, 6])
        outline.reveal(99)
        outline.reveal(-1)
        #expect(outline.node == 3)
    }

    @Test("opens and shuts one level at a time")
    func levels() {
        var outline = outline
        outline.shallower()
        #expect(outline.visible == [0, 1, 4, 6])
        outline.shallower()
        #expect(outline.visible == [0, 6])
        outline.shallower()
        #expect(outline.visible == [0, 6])
        outline.deeper()
        #expect(outline.visible == [0, 1, 4, 6])
        outline.deeper()
        #expect(outline.visible.count == 7)
    }

    @Test("stays within its rows", arguments: [Int.min, -1, 0, 6, 7, Int.max])
    func bounds(row: Int) {
        var outline = outline
        outline.move(toRow: row)
        #expect((0..<7).contains(outline.cursor))
        outline.move(by: row)
        outline.scroll(height: 3)
        #expect(outline.top <= outline.cursor && outline.cursor < outline.top + 3)
        var empty = Outline()
        empty.move(toRow: row)
        empty.move(by: row)
        empty.scroll(height: 3)
        empty.scroll(by: 3, height: 3)
        empty.deeper()
        empty.shallower()
        #expect(empty.node == nil)
    }
}
