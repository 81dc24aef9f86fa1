import Testing
import TraceModel

@Suite("A string table")
struct StringTableTests {
    @Test("keeps each string once, through growing")
    func once() {
        var table = StringTable()
        #expect(table.intern("") == 0)
        let texts = (0..<5000).map { "name \($0 % 2500) größe" }
        let ids = texts.map { table.intern($0) }
        #expect(table.count == 2501)
        #expect(ids.map { table[$0] } == texts)
        #expect(ids[..<2500] == ids[2500...])
    }

    @Test("is a value: a snapshot stays as it was")
    func snapshot() {
        var table = StringTable()
        let first = table.intern("first")
        let snapshot = table
        _ = table.intern("second")
        #expect(snapshot.count == 2)
        #expect(table.count == 3)
        #expect(snapshot[first] == "first")
    }

    @Test("repairs bytes that are no UTF-8 when they are read")
    func invalid() {
        var table = StringTable()
        let id = [0x61, 0xFF, 0x62].withUnsafeBufferPointer { table.intern($0) }
        #expect(table[id] == "a\u{FFFD}b")
    }
}
