import Cells
import Testing

@Suite struct TextWidthTests {
    @Test(
        "takes the columns that a terminal gives it",
        arguments: [
            ("plain", 5), ("日本語", 6), ("한국어", 6), ("ｆｕｌｌ", 8), ("ﾊﾝｶｸ", 4), ("e\u{301}te\u{301}", 3), ("🤖", 2),
            ("👍🏽", 2),
            ("❤\u{FE0F}", 1), ("👩\u{200D}💻", 4), ("🇯🇵", 2), ("שלום", 4), ("\u{1100}\u{1161}", 2), ("a\u{200B}b", 2),
            ("\u{1B}[31m", 5), ("", 0),
        ])
    func columns(text: String, columns: Int) {
        #expect(TextWidth.columns(of: text) == columns)
        var screen = Screen(size: Size(columns: 20, rows: 1))
        #expect(screen.write(text, x: 0, y: 0, style: .plain) == columns)
    }

    @Test(
        "clips to what fits and says that it did",
        arguments: [
            ("plan", 4, "plan"), ("planner", 4, "pla…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"),
            ("日本語", 1, "…"), ("planner", 0, ""), ("👍🏽", 2, "👍🏽"), ("ééé", 3, "ééé"),
            ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
        ])
    func clip(text: String, columns: Int, clipped: String) {
        #expect(TextWidth.clip(text, to: columns) == clipped)
    }

    @Test("never clips to more columns than there are", arguments: 0..<12)
    func clipStaysWithin(columns: Int) {
        for text in ["e\u{301}日👍🏽語x👩\u{200D}💻", "🇯🇵 flag", "tab\there", "日本語日本語", "\u{1B}]0;title\u{7}"] {
            #expect(TextWidth.columns(of: TextWidth.clip(text, to: columns)) <= columns)
        }
    }

    @Test("wraps at spaces, in words where it must, and at line ends")
    func wrap() {
        #expect(TextWidth.wrap("one two three", to: 8) == ["one two ", "three"])
        #expect(TextWidth.wrap("abcdefgh", to: 3) == ["abc", "def", "gh"])
        #expect(TextWidth.wrap("a\r\nb\n\nc", to: 8) == ["a", "b", "", "c"])
        #expect(TextWidth.wrap("日本語", to: 4) == ["日本", "語"])
        #expect(TextWidth.wrap("👍🏽👍🏽", to: 4) == ["👍🏽👍🏽"])
        #expect(TextWidth.wrap("", to: 4) == [""])
    }

    @Test("loses no letter in wrapping, and keeps within the columns", arguments: 2..<30)
    func wrapKeepsAll(columns: Int) {
        let text = "The 日本語 quick e\u{301}tude   jumps-over-everything 👍🏽 한국어 at once"
        let lines = TextWidth.wrap(text, to: columns)
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
        #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= columns })
    }
}
