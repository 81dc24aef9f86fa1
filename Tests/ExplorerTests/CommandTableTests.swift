import Cells
import Explorer
import Testing

@Suite struct CommandTableTests {
    @Test("gives a key one meaning in a view, and one everywhere that a view's own goes before")
    func unique() {
        for scope in Command.Scope.allCases {
            for isEverywhere in [false, true] {
                var meanings: [Key: [Command.ID]] = [:]
                let known = CommandTable.all.filter { $0.scopes.contains(scope) && $0.isEverywhere == isEverywhere }
                for command in known { for key in command.keys { meanings[key, default: []].append(command.id) } }
                for (key, ids) in meanings { #expect(ids.count == 1, "\(key.label) in \(scope)") }
                #expect(Set(known.map(\.id)).count == known.count)
            }
        }
    }

    @Test("has a row for every command, and words that help")
    func complete() {
        #expect(Set(CommandTable.all.map(\.id)) == Set(Command.ID.allCases))
        for command in CommandTable.all {
            #expect(!command.help.isEmpty && !command.help.hasSuffix("."), "\(command.id)")
            #expect(!command.scopes.isEmpty)
            #expect(!command.keys.isEmpty || command.argument != nil, "\(command.id) can only be typed")
        }
    }

    @Test("tells in help of all that a view knows", arguments: Command.Scope.allCases)
    func help(scope: Command.Scope) throws {
        var driver = Driver(spans: [("root", nil), ("child", 0)])
        switch scope {
        case .traces: break
        case .tree: try driver.press("<Enter>")
        case .span: try driver.press("<Enter><Tab>")
        case .graph: try driver.press("3")
        case .rewards: try driver.press("4")
        case .live: try driver.press("6")
        case .review: try driver.press("5")
        }
        #expect(driver.state.scope == scope)
        try driver.press("?")
        let overlay = try #require(driver.state.overlay)
        let text = OverlayText.lines(overlay.content, driver.state).map { "\($0.key) \($0.text)" }.joined(
            separator: "\n")
        for command in CommandTable.all where command.scopes.contains(scope) {
            #expect(text.contains(":\(command.id.rawValue)"), "\(command.id)")
            #expect(text.contains(command.help))
        }
        try driver.press("q")
        #expect(driver.state.overlay == nil)
        #expect(driver.state.scope == scope)
    }
}
