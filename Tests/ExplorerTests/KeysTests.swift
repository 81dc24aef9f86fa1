import Cells
import Explorer
import Testing
import TraceAnalysis
import TraceModel

@Suite struct KeysTests {
    private static let spans: [(name: String, parent: Int?)] = [
        ("root", nil), ("plan", 0), ("bad search", 0), ("write", 0), ("draft", 3), ("bad review", 3), ("end", 0),
    ]

    @Test(
        "moves as often as a count says",
        arguments: [
            ("8j", 8), ("012j", 12), ("05jk", 4), ("G", 29), ("010G", 9), ("G9g", 8), ("99999j", 29), ("03j99999k", 0),
            ("999999999999999j", 29), ("j<Esc>8<Esc>j", 2), ("<C-d><C-u>", 0), ("G<Home>", 0), ("07<Down>", 7),
        ])
    func counts(keys: String, row: Int) throws {
        var driver = Driver()
        try driver.press(keys)
        #expect(driver.state.traces.cursor == row)
    }

    @Test(
        "goes to rows by number, however absurd",
        arguments: [
            (":7", 6), (":goto 7", 6), (":9223372036854775807", 29), (":-9223372036854775808", 0), (":goto x", 0),
        ])
    func goto(line: String, row: Int) throws {
        var driver = Driver()
        try driver.press(line + "<Enter>")
        #expect(driver.state.traces.cursor == row)
    }

    @Test("comes back to what was marked")
    func marks() throws {
        var driver = Driver(spans: Self.spans)
        try driver.press("04jmaG'a")
        #expect(driver.state.traces.cursor == 4)
        try driver.press("'z")
        #expect(driver.state.message?.isError == true)
        try driver.press("<Enter>]03jmxg'x")
        let marked = driver.name
        try driver.press("G'x")
        #expect(driver.name == marked)
        #expect(driver.name != "root")
    }

    @Test("opens, and comes back to where it was")
    func opening() throws {
        var driver = Driver(spans: Self.spans)
        try driver.press("03j<Enter>")
        #expect(driver.state.scope == .tree)
        try driver.press("<Tab>")
        #expect(driver.state.scope == .span)
        try driver.press("q")
        #expect(driver.state.scope == .tree)
        try driver.press("q")
        #expect(driver.state.scope == .traces)
        #expect(driver.state.traces.cursor == 3)
        try driver.press("q")
        #expect(driver.effects == [.quit])
    }

    @Test("walks errors in both views")
    func errors() throws {
        var driver = Driver(spans: Self.spans)
        try driver.press("ee")
        #expect(driver.state.traces.cursor == 19)
        try driver.press("E")
        #expect(driver.state.traces.cursor == 9)
        try driver.press("<Enter>[e")
        #expect(driver.name == "bad search")
        try driver.press("e")
        #expect(driver.name == "bad review")
        try driver.press("E")
        #expect(driver.name == "bad search")
    }

    @Test("searches, goes round with n and N, and lets go with Esc")
    func search() throws {
        var driver = Driver(spans: Self.spans)
        try driver.press("/title 2<Enter>")
        #expect(driver.state.traces.cursor == 2)
        try driver.press("n")
        #expect(driver.state.traces.cursor == 20)
        try driver.press("N")
        #expect(driver.state.traces.cursor == 2)
        try driver.press("N")
        #expect(driver.state.traces.cursor == 29)
        #expect(Explorer.matchCount(driver.state) == 11)
        try driver.press("<Esc>")
        #expect(driver.state.search.needle == nil)
        try driver.press("/nothing has this<Enter>")
        #expect(driver.state.message?.isError == true)
    }

    @Test("reveals a match below a folded row")
    func searchInTree() throws {
        var driver = Driver(spans: Self.spans)
        try driver.press("<Enter>[/draft<Enter>")
        #expect(driver.name == "draft")
    }

    @Test("lights up what matches while it is typed, and gives the old search back on Esc")
    func searchWhileTyping() throws {
        var driver = Driver()
        try driver.press("/title 2<Enter>/title 11")
        #expect(Explorer.matchCount(driver.state) == 1)
        try driver.press("<Esc>")
        #expect(driver.state.search.needle?.text == "title 2")
    }

    @Test(
        "edits the prompt as a shell does",
        arguments: [
            ("ab<Left>c", "acb"), ("one two<C-w>", "one "), ("abc<C-a>x", "xabc"), ("abc<C-a><C-e>x", "abcx"),
            ("abc<C-u>x", "x"), ("abc<Left><C-k>", "ab"), ("abc<BS>", "ab"), ("abc<Home><Del>", "bc"),
            ("日本<BS>語", "日語"),
        ])
    func prompt(keys: String, text: String) throws {
        var driver = Driver()
        try driver.press(":" + keys)
        #expect(driver.state.prompt?.string == text)
    }

    @Test(
        "leaves the prompt on Esc, and on backspace where it is empty",
        arguments: [":x<Esc>", ":<BS>", "/<BS>", ":<C-c>"])
    func promptLeft(keys: String) throws {
        var driver = Driver()
        try driver.press(keys)
        #expect(driver.state.prompt == nil)
        #expect(driver.effects.isEmpty)
    }

    @Test("takes a paste into the prompt as one line, and nowhere else")
    func paste() throws {
        var driver = Driver()
        driver.send(.input(.paste("qQ")))
        #expect(driver.effects.isEmpty)
        try driver.press(":")
        driver.send(.input(.paste("one\ntwo")))
        #expect(driver.state.prompt?.string == "onetwo")
    }

    @Test("completes commands and what follows them, round and back")
    func completion() throws {
        var driver = Driver()
        try driver.press(":so<Tab>")
        #expect(driver.state.prompt?.string == "sort")
        try driver.press(" co<Tab>")
        #expect(driver.state.prompt?.string == "sort cost")
        try driver.press("<Enter>")
        #expect(driver.state.traces.sorting == TraceOrder(column: .cost, isDescending: true))
        try driver.press(":theme <Tab>")
        #expect(driver.state.prompt?.string == "theme dark")
        try driver.press("<Tab>")
        #expect(driver.state.prompt?.string == "theme light")
        try driver.press("<Tab><S-Tab>")
        #expect(driver.state.prompt?.string == "theme light")
        try driver.press("<C-u>zzz<Tab><S-Tab>")
        #expect(driver.state.prompt?.string == "zzz")
    }

    @Test("brings back what was typed, without repeating it")
    func history() throws {
        var driver = Driver()
        try driver.press(":5<Enter>:7<Enter>:5<Enter>:9<Up>")
        #expect(driver.state.prompt?.string == "5")
        try driver.press("<Up>")
        #expect(driver.state.prompt?.string == "7")
        try driver.press("<Up>")
        #expect(driver.state.prompt?.string == "7")
        try driver.press("<Down><Down>")
        #expect(driver.state.prompt?.string == "9")
    }

    @Test("says what is wrong with a command", arguments: [":nope", ":zoom-in", ":sort weight", ":s"])
    func wrongCommands(line: String) throws {
        var driver = Driver()
        try driver.press(line + "<Enter>")
        #expect(driver.state.message?.isError == true)
    }

    @Test("tells which key does nothing, and takes the message away at the next")
    func deadKeys() throws {
        var driver = Driver()
        try driver.press("~")
        #expect(driver.state.message?.text.contains("~") == true)
        try driver.press("j")
        #expect(driver.state.message == nil)
    }

    @Test("keeps the cursor on its trace when the order changes")
    func sorting() throws {
        var driver = Driver()
        try driver.press("04j")
        let held = driver.state.traces.selected
        try driver.press("I")
        #expect(driver.state.traces.selected == held)
        #expect(driver.state.traces.cursor == 25)
    }
}
