import Cells
import Explorer
import Testing
import TraceModel
import TraceStore

@Suite("Writing") struct WritingTests {
    private func area(_ driver: Driver) throws -> TextArea { try #require(driver.state.writing?.area) }

    @Test(
        "edits lines as editors do",
        arguments: [
            ("ab<CR>cd", "ab\ncd"), ("ab<CR><BS>cd", "abcd"), ("ab<Left><CR>", "a\nb"),
            ("ab<CR>cd<Up>X", "abX\ncd"), ("ab<CR>cd<Home>X", "ab\nXcd"), ("ab<Left><Left><Del>", "b"),
            ("ab<CR>cd<Up><End><Del>", "abcd"), ("one two<C-w>", "one "), ("ab<CR>cd<C-u>", "ab\n"),
            ("ab<Home><C-k>x", "x"), ("日本<Left>x", "日x本"), ("aqQ?<PageUp>:1", "aqQ?:1"),
            ("ab<CR>cd<Home><Left>x", "abx\ncd"), ("ab<Left><Right><Right>x", "abx"), ("<Esc>a", "a"),
        ])
    func editing(keys: String, text: String) throws {
        var driver = Driver()
        try driver.press("c" + keys)
        #expect(try area(driver).text == text)
    }

    @Test("breaks long lines after blanks, and the caret goes by what is seen")
    func rows() {
        var area = TextArea("the quick brown fox")
        #expect(area.rows(width: 10).map(area.text(of:)) == ["the quick ", "brown fox"])
        #expect(area.place(in: area.rows(width: 10)) == Position(x: 9, y: 1))
        area = TextArea(String(repeating: "x", count: 25))
        #expect(area.rows(width: 10).count == 3)
        #expect(area.place(in: area.rows(width: 10)) == Position(x: 5, y: 2))
        #expect(TextArea("").rows(width: 10).count == 1)
    }

    @Test("keeps a comment with Ctrl-D or Esc Esc, on a trace or a span", arguments: ["<C-d>", "<Esc><Esc>"])
    func keeping(keys: String) throws {
        var driver = Driver(spans: [("root", nil), ("child", 0)])
        try driver.press("jcwell<CR>done" + keys)
        guard case .judge(let requests)? = driver.effects.first, let request = requests.first else {
            throw StoreError("no judgement")
        }
        #expect(request.decision == .note && request.comment == "well\ndone" && request.span == nil)
        #expect(request.trace == driver.state.traces.table.ids[1])
        #expect(driver.state.writing == nil)
        try driver.press("<CR>jifixed" + keys)
        guard case .judge(let requests)? = driver.effects.first, let request = requests.first else {
            throw StoreError("no judgement")
        }
        #expect(request.correction == "fixed" && request.span == SpanRef(unit: 0, row: 1))
    }

    @Test("keeps nothing with Ctrl-C, nor where nothing was changed")
    func discarding() throws {
        var driver = Driver()
        try driver.press("cbad<C-c>")
        #expect(driver.state.writing == nil && driver.effects.isEmpty)
        try driver.press("c<C-d>")
        #expect(driver.effects.isEmpty)
        try driver.press("i")
        guard case .readDraft(_, let request)? = driver.effects.first else { throw StoreError("no draft") }
        driver.send(.draftRead(request, "the output"))
        #expect(try area(driver).text == "the output")
        try driver.press("<C-d>")
        #expect(driver.effects.isEmpty)
    }

    @Test("shows what there was before, unless somebody types already; takes what an editor made of it")
    func drafts() throws {
        var driver = Driver()
        try driver.press("c")
        guard case .readDraft(_, let request)? = driver.effects.first else { throw StoreError("no draft") }
        try driver.press("x")
        driver.send(.draftRead(request, "before"))
        #expect(try area(driver).text == "x")
        try driver.press("<C-e>")
        #expect(driver.effects == [.edit("x")])
        driver.send(.edited("xyz\n"))
        #expect(try area(driver).text == "xyz")
        driver.send(.edited(nil))
        driver.send(.input(.paste("\n日本")))
        #expect(try area(driver).text == "xyz\n日本")
    }
}
