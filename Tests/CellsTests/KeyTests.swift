import Cells
import Testing

@Suite struct KeyTests {
    @Test(
        "reads keys as vim writes them",
        arguments: [
            ("jk", [.character("j"), .character("k")]), ("<CR><Enter><Return>", [.enter, .enter, .enter]),
            ("<C-d><c-D>", [.control("d"), .control("d")]), ("<A-x><M-X>", [.alt("x"), .alt("X")]),
            ("<F1><f12>", [.function(1), .function(12)]), ("<lt>", [.character("<")]),
            (
                "<Space> ",
                [
                    .character(" "), .character(" "),
                ]
            ), ("a<b", [.character("a"), .character("<"), .character("b")]),
            ("<>", [.character("<"), .character(">")]),
            ("<S-Tab><PageDown><PgUp>", [.backTab, .pageDown, .pageUp]), ("日", [.character("日")]),
            ("\n", [.enter]), ("", []),
        ] as [(String, [Key])])
    func parse(text: String, keys: [Key]) throws {
        #expect(try Key.parse(text) == keys)
    }

    @Test("names the key that nobody knows", arguments: ["Nope", "F99", "C-", "C-xy"])
    func unknown(name: String) {
        let error = #expect(throws: KeyError.self) { try Key.parse("j<\(name)>") }
        #expect(error?.description.contains("<\(name)>") == true)
    }

    @Test("has a label that a person knows for every key")
    func labels() {
        let keys: [Key] = [
            .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
            .pageUp, .pageDown, .function(3), .control("d"), .alt("x"), .character(" "), .character("j"),
        ]
        #expect(Set(keys.map(\.label)).count == keys.count)
        #expect(!keys.map(\.label).contains("?"))
        #expect(Key.control("d").label == "Ctrl-D")
    }
}
