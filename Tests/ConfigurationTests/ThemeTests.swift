import Cells
import Configuration
import Foundation
import Testing

@Suite struct ThemeTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Themes")

    private func text(_ name: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    }

    @Test("has in the program just the themes of the folder")
    func bundled() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
            .filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }
        #expect(Set(files) == Set(ThemeCatalog.names))
        #expect(ThemeCatalog.names.contains(ThemeCatalog.initial))
    }

    @Test("gives every role a style in every theme", arguments: ThemeCatalog.names)
    func complete(name: String) throws {
        let text = try text("\(name).toml")
        let theme = try ThemeFile.theme(text, file: "\(name).toml")
        #expect(theme.name == name)
        for role in Role.allCases { #expect(text.contains("\"\(role.rawValue)\" = "), "\(role.rawValue)") }
        #expect(theme[.cursor] != theme[.text])
        #expect(theme[.match] != theme[.cursor])
        #expect(theme[.messageError] != theme[.message])
    }

    @Test("tells of every role in the folder's README")
    func readme() throws {
        let text = try text("README.md")
        for role in Role.allCases { #expect(text.contains("| `\(role.rawValue)` |"), "\(role.rawValue)") }
        for name in ThemeCatalog.names { #expect(text.contains("`\(name)`"), "\(name)") }
    }

    @Test("takes the style of what a role belongs to where it is not given")
    func inheritance() throws {
        let theme = try ThemeFile.theme("[styles]\ntext = \"white\"\nwaterfall = \"blue on black bold\"", file: "x")
        #expect(theme[.waterfallError] == theme[.waterfall])
        #expect(theme[.waterfall] == Style(foreground: .palette(4), background: .palette(0), attributes: .bold))
        #expect(theme[.spanAgent] == Style(foreground: .palette(7)))
    }

    @Test(
        "says file, line and what is wrong",
        arguments: [
            ("name = \"x\"\n[styles]\nnope = \"red\"", "t.toml:3: ", "nope"),
            ("\n[styles]\ntext = \"mauve\"", "t.toml:3: ", "mauve"),
            ("[styles]\ntext = \"#12345\"", "t.toml:2: ", "#12345"),
            ("[styles]\ntext = \"#+12345\"", "t.toml:2: ", "#+12345"),
            ("colour = \"x\"", "t.toml:1: ", "colour"), ("[styles]\n\ntext = red", "t.toml:3: ", ""),
            ("[styles", "t.toml:1: ", ""),
        ])
    func mistakes(text: String, place: String, word: String) {
        let error = #expect(throws: ConfigurationError.self) { try ThemeFile.theme(text, file: "t.toml") }
        #expect(error?.description.hasPrefix(place) == true, "\(error?.description ?? "")")
        #expect(word.isEmpty || error?.description.contains(word) == true)
    }

    @Test("says which themes there are when asked for another")
    func unknownTheme() {
        let error = #expect(throws: ConfigurationError.self) { try ThemeCatalog.load("no-such-theme") }
        for name in ThemeCatalog.names { #expect(error?.description.contains(name) == true) }
        let missing = #expect(throws: ConfigurationError.self) { try ThemeCatalog.load("/no/such/theme.toml") }
        #expect(missing?.description.hasPrefix("/no/such/theme.toml: ") == true)
    }

    @Test("reduces colours to what a terminal has", arguments: ThemeCatalog.names)
    func reduction(name: String) throws {
        let theme = try ThemeCatalog.load(name)
        for role in Role.allCases {
            for color in [
                theme.reduced(to: .palette256)[role].foreground, theme.reduced(to: .palette256)[role].background,
            ] {
                if case .rgb = color { Issue.record("\(role) keeps \(color)") }
            }
            for color in [
                theme.reduced(to: .palette16)[role].foreground, theme.reduced(to: .palette16)[role].background,
            ] {
                switch color {
                case .standard: break
                case .palette(let index): #expect(index < 16)
                case .rgb: Issue.record("\(role) keeps \(color)")
                }
            }
            #expect(theme.reduced(to: .truecolor)[role] == theme[role])
            let none = theme.reduced(to: .none)[role]
            #expect(none.foreground == .standard && none.background == .standard)
        }
        let none = theme.reduced(to: .none)
        for role in [Role.cursor, .match, .tabSelected] { #expect(none[role].attributes.contains(.reverse)) }
    }

    @Test(
        "picks the nearest colour",
        arguments: [
            ("#ff0000", ColorDepth.palette16, 9), ("#ff0000", .palette256, 196), ("#808080", .palette256, 244),
            ("#000000", .palette16, 0), ("#98c379", .palette16, 2), ("#8fc1e3", .palette16, 4),
            ("#c0a7ee", .palette16, 5), ("#e3b48f", .palette16, 3), ("#e06c75", .palette16, 1),
            ("#7fcab3", .palette16, 6), ("#7a8290", .palette16, 8), ("#c8ccd4", .palette16, 7),
        ]
            as [(String, ColorDepth, UInt8)])
    func nearest(color: String, depth: ColorDepth, expected: UInt8) throws {
        let theme = try ThemeFile.theme("[styles]\ntext = \"\(color)\"", file: "x").reduced(to: depth)
        #expect(theme[.text].foreground == .palette(expected))
    }

    @Test("keeps kinds of spans apart with sixteen colours", arguments: ["dark", "light"])
    func sixteenApart(name: String) throws {
        let theme = try ThemeCatalog.load(name).reduced(to: .palette16)
        let kinds = [Role.spanAgent, .spanModel, .spanTool, .spanPlanning, .spanError].map { theme[$0].foreground }
        #expect(Set(kinds).count == kinds.count)
        #expect(theme[.cursor].background != .standard)
    }
}
