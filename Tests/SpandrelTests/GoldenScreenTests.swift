import Foundation
import Testing

@Suite struct GoldenScreenTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var keys = ""
        var source = "SampleTraces"
        var size = "80x24"

        var testDescription: String { name }
    }

    private static let story = "SampleTraces/writehere-story.jsonl"
    private static let handoff = "SampleTraces/multi-agent-handoff.jsonl"
    private static let mission = "SampleTraces/stage7-mission"
    private static let pipeline = "SampleTraces/asp-pipeline.pb"
    private static let retries = "SampleTraces/coding-agent-retries.json"

    static let scenes: [Scene] = [
        Scene(name: "traces-80x24"), Scene(name: "traces-120x40", size: "120x40"),
        Scene(name: "traces-by-cost", keys: ":sort cost<Enter>"),
        Scene(name: "traces-by-session", keys: "<lt>"),
        Scene(name: "tree-80x24", keys: "<Enter>", source: story),
        Scene(name: "tree-120x40", keys: "<Enter>", source: story, size: "120x40"),
        Scene(name: "tree-groups", keys: "<Enter>[oo", source: story),
        Scene(name: "span-tab-1", keys: "<Enter>e<Tab>", source: retries, size: "100x30"),
        Scene(name: "span-tab-2", keys: "<Enter>e<Tab>>", source: retries, size: "100x30"),
        Scene(name: "span-tab-3", keys: "<Enter>e<Tab>>>", source: retries, size: "100x30"),
        Scene(name: "span-tab-4", keys: "<Enter>e<Tab>>>>", source: retries, size: "100x30"),
        Scene(name: "span-tab-5", keys: "<Enter>e<Tab>>>>>", source: retries, size: "100x30"),
        Scene(name: "search", keys: "<Enter>/rounding<Enter>n", source: retries),
        Scene(name: "search-prompt", keys: "/heal"), Scene(name: "command-prompt", keys: ":sort <Tab>"),
        Scene(name: "help-traces", keys: "?"), Scene(name: "help-tree", keys: "<Enter>?", source: story),
        Scene(name: "problems", keys: "!"), Scene(name: "wide-letters", source: "SampleTraces/support-cjk.jsonl"),
        Scene(name: "wide-letters-tree", keys: "j<Enter>", source: "SampleTraces/support-cjk.jsonl"),
        Scene(name: "unfinished", keys: "<Enter>]", source: "SampleTraces/unfinished-run.jsonl"),
        Scene(name: "smallest-traces", size: "20x5"),
        Scene(name: "smallest-tree", keys: "<Enter>", source: story, size: "20x5"),
        Scene(name: "too-small", size: "19x4"),
        Scene(name: "handoff-zoom", keys: "<Enter>jjjjzj", source: handoff, size: "120x40"),
        Scene(name: "handoff-json", keys: "<Enter>jj<Tab>jjjjjll", source: handoff),
        Scene(name: "handoff-link", keys: "<Enter>04j<Tab>>>O", source: handoff),
        Scene(name: "handoff-raw", keys: "<Enter>jj<Tab>O<lt>", source: handoff),
        Scene(name: "handoff-content-search", keys: "/Harrow<Enter><Esc><Enter>/depot<Enter>n"),
        Scene(name: "letters-right-to-left", keys: "/שאלה<Enter><Esc><Enter>]j"),
        Scene(name: "letters-emoji", keys: "/Emoji<Enter><Esc><Enter>]<Tab>jjl"),
        Scene(name: "rewards-80x24", keys: "4"), Scene(name: "rewards-120x40", keys: "4", size: "120x40"),
        Scene(name: "rewards-sequences", keys: "4<Enter>j}}"),
        Scene(name: "rewards-what-if", keys: "4:by pipeline<Enter>jt--", size: "120x40"),
        Scene(name: "rewards-none", keys: "4", source: "SampleTraces/support-cjk.jsonl"),
        Scene(name: "light", keys: ":theme light<Enter><Enter>", source: retries),
        Scene(name: "nothing", source: "/no/such/file"),
        Scene(name: "difference", keys: "<Enter>jjjjjjjjj<Tab>Od", source: retries, size: "110x30"),
        Scene(name: "state-difference", keys: "<Enter>jjj<Tab>Od", source: "SampleTraces/asp-triplets.jsonl"),
        Scene(name: "live-80x24", keys: "6"), Scene(name: "live-120x40", keys: "6", size: "120x40"),
        Scene(name: "filtered", keys: "&status=error tokens>0<Enter>"),
        Scene(name: "filter-prompt", keys: "&agent~plan rew"),
        Scene(name: "graph-80x24", keys: "3", source: mission),
        Scene(name: "graph-120x40", keys: "3", source: mission, size: "120x40"),
        Scene(name: "graph-plan", keys: "3]", source: "SampleTraces/writehere-story.nodes.json", size: "120x40"),
        Scene(name: "graph-down", keys: "3D", source: mission, size: "120x40"),
        Scene(name: "graph-lines", keys: "3]ZZ", source: "SampleTraces/writehere-story.nodes.json"),
        Scene(name: "graph-past", keys: "3t<lt><lt><lt><lt><lt><lt>", source: mission, size: "120x40"),
        Scene(name: "graph-lanes", keys: "3]L", source: mission, size: "120x40"),
        Scene(name: "graph-map", keys: "M", source: handoff, size: "120x40"),
        Scene(name: "nothing", source: "/no/such/file"), Scene(name: "review-80x24", keys: "5", source: pipeline),
        Scene(name: "review-120x40", keys: ":review errors<CR>n", source: pipeline, size: "120x40"),
        Scene(name: "review-steps", keys: "5<Tab>jj", source: pipeline),
        Scene(name: "review-unfolded", keys: "5ojj", source: retries),
        Scene(name: "review-comment", keys: "5cIt says nothing of the lock-out.<CR>Look at", source: pipeline),
        Scene(name: "review-end", keys: "5nn", source: "SampleTraces/asp-triplets.jsonl"),
        Scene(name: "review-none", keys: ":review reward>2<CR>", source: pipeline),
        Scene(name: "review-smallest", keys: "5", source: pipeline, size: "20x5"),
        Scene(name: "help-review", keys: "5?", source: pipeline),
    ]

    @Test("draws the screen that was agreed on", arguments: scenes)
    func screen(scene: Scene) throws {
        let program = try Program.run(
            "render", "--style", "--size", scene.size, "--keys", scene.keys, scene.source)
        #expect(program.complaints.isEmpty)
        let file = Program.root.appending(path: "Tests/SpandrelTests/Golden/\(scene.name).screen")
        let environment = ProcessInfo.processInfo.environment
        if environment["SPANDREL_RECORD"] == "1", environment["CI"] == nil {
            try Data(program.output.utf8).write(to: file)
            return
        }
        let agreed = try String(contentsOf: file, encoding: .utf8)
        #expect(program.output == agreed, "\(difference(program.output, agreed))")
    }

    @Test("has no golden screen that nothing draws")
    func noneLeftOver() throws {
        let folder = Program.root.appending(path: "Tests/SpandrelTests/Golden").path()
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".screen") }
        #expect(Set(files) == Set(Self.scenes.map { "\($0.name).screen" }))
    }

    /// The first rows that differ, side by side.
    private func difference(_ drawn: String, _ agreed: String) -> String {
        let (drawn, agreed) = (
            drawn.split(separator: "\n", omittingEmptySubsequences: false),
            agreed.split(separator: "\n", omittingEmptySubsequences: false)
        )
        return (0..<max(drawn.count, agreed.count)).lazy.filter { row in
            !drawn.indices.contains(row) || !agreed.indices.contains(row) || drawn[row] != agreed[row]
        }.prefix(5).map { row in
            "row \(row)\n  agreed \(agreed.indices.contains(row) ? agreed[row] : "")\n  drawn  \(drawn.indices.contains(row) ? drawn[row] : "")"
        }.joined(separator: "\n")
    }
}
