import Foundation
import Testing

/// Screens as they were looked at and found good. `SPANDREL_RECORD=1` records them anew; CI never does.
struct GoldenScreenTests {
    static let screens: [(name: String, keys: String)] = [
        ("traces", ""),
        ("traces-by-tokens", "jj:sort tokens<CR>"),
        ("traces-search", "/Harrow<CR>"),
        ("tree-story", "/lighthouse<CR><Esc><CR>"),
        ("tree-handoff", "/Harrow<CR><Esc><CR>"),
        ("tree-error", "/Harrow<CR><Esc><CR>e"),
        ("tree-zoom", "/Harrow<CR><Esc><CR>jjjjzj"),
        ("tree-unfinished", "g<CR>"),
        ("tree-search", "/Harrow<CR><Esc><CR>/depot<CR>n"),
        ("tree-collapsed", "/lighthouse<CR><Esc><CR>[l"),
        ("span-attributes", "/Harrow<CR><Esc><CR>jj<Tab>jjjjjll"),
        ("span-events", "/Harrow<CR><Esc><CR>e<Tab>><Tab>"),
        ("span-links", "/Harrow<CR><Esc><CR>4j<Tab>>>O"),
        ("span-raw", "/Harrow<CR><Esc><CR>jj<Tab>O<lt>"),
        ("cjk", "/電気<CR><Esc><CR>]jj"),
        ("arabic-hebrew", "/שאלה<CR><Esc><CR>]j"),
        ("emoji", "/Emoji<CR><Esc><CR>]<Tab>jjl"),
        ("help-tree", "g<CR>?"),
        ("problems", "!"),
        ("prompt", ":so<Tab>"),
    ]

    @Test("is as it was found good", arguments: screens.map(\.name), ["80x24", "120x40"])
    func golden(name: String, size: String) throws {
        let keys = try #require(Self.screens.first { $0.name == name }).keys
        let run = try Program.run("render", "--size", size, "--keys", keys, "--style", Program.samples)
        #expect(run.status == 0)
        #expect(run.errors == "")
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Golden/\(name)-\(size).screen")
        if ProcessInfo.processInfo.environment["SPANDREL_RECORD"] == "1" {
            try run.output.write(to: file, atomically: true, encoding: .utf8)
        }
        let expected = try String(contentsOf: file, encoding: .utf8)
        #expect(run.output == expected)
    }

    @Test("fits whatever size there is", arguments: ["1x1", "19x4", "20x5", "33x9", "40x12", "300x90"])
    func sizes(size: String) throws {
        for keys in ["", "<CR>", "<CR><Tab>", "?", "<CR>]jjjo", "/a<CR>"] {
            let run = try Program.run("render", "--size", size, "--keys", keys, Program.samples)
            #expect(run.status == 0)
            let rows = run.output.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(rows == Int(size.split(separator: "x")[1]))
        }
    }
}
