import Foundation
import Testing

/// A review in a real terminal, left and begun again.
@Suite(.timeLimit(.minutes(2)))
struct ReviewTerminalTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-review-\(UUID().uuidString)")
    private let file: URL

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "traces.jsonl")
        let sample = Terminal.root.appending(path: "SampleTraces/support-cjk.jsonl")
        try FileManager.default.copyItem(at: sample, to: file)
    }

    private func review(_ terminal: Terminal, _ options: String = "") throws {
        try terminal.run("'\(Terminal.program)' review --author ann \(options) '\(file.path())'")
    }

    /// Records as they stand beside the file.
    private func records() throws -> [[String: Any]] {
        let text = try String(contentsOfFile: file.path() + ".rewards.jsonl", encoding: .utf8)
        return try text.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    @Test("judges three, leaves, goes on where it stopped, and takes back what was judged before")
    func resume() throws {
        let terminal = try Terminal(columns: 100, rows: 30, environment: ["EDITOR": "sed -i s/bad/good/"])
        try review(terminal)
        try terminal.wait { $0.contains("1 of 5") && $0.contains("── steps") }
        try terminal.press("a")
        try terminal.wait { $0.contains("2 of 5 · 1 decided") }
        try terminal.press("x")
        try terminal.wait { $0.contains("3 of 5 · 2 decided") }
        try terminal.press("s")
        try terminal.wait { $0.contains("4 of 5 · 3 decided") && $0.contains("last: s 3 ✗ 2 ✔ 1") }
        try terminal.press("c")
        try terminal.wait { $0.contains("Ctrl-D keeps it") }
        try terminal.press("b", "a", "d", "C-e")
        try terminal.wait { $0.contains("  good") && $0.contains("Ctrl-D keeps it") }
        try terminal.press("C-d")
        try terminal.wait { $0.contains("noted →") }
        try terminal.press("Q")
        try terminal.wait { $0.contains("READY>") && !$0.contains("Space next") }

        let kept = try records()
        #expect(kept.map { $0["verdict"] as? String } == ["approve", "reject", "skip", nil])
        #expect(kept.map { $0["value"] as? Double } == [1, 0, nil, nil])
        #expect(kept.allSatisfy { $0["queue"] as? String == "all, oldest first" && $0["author"] as? String == "ann" })
        #expect(kept.allSatisfy { $0["elapsed_ns"] is NSNumber && $0["content_hash"] is String })
        #expect(kept.last?["rationale"] as? String == "good")

        try review(terminal)
        try terminal.wait { $0.contains("4 of 5 · 3 decided") && $0.contains("── steps") }
        // First the comment, then the skip, whose trace comes back into the queue.
        try terminal.press("u")
        try terminal.wait { $0.contains("taken back") }
        try terminal.press("u")
        try terminal.wait { $0.contains("of 5 · 2 decided") }
        try terminal.press("C-r")
        try terminal.wait { $0.contains("of 5 · 3 decided") }
        try terminal.press("Q")
        try terminal.wait { $0.contains("READY>") && !$0.contains("Space next") }
    }

    @Test("judges nothing where it may not")
    func readOnly() throws {
        let terminal = try Terminal(columns: 100, rows: 30)
        try review(terminal, "--readonly")
        try terminal.wait { $0.contains("1 of 5") && $0.contains("── steps") }
        try terminal.press("a")
        try terminal.wait { $0.contains("--readonly: nothing can be judged") && $0.contains("1 of 5") }
        try terminal.press("Q")
        #expect(!FileManager.default.fileExists(atPath: file.path() + ".rewards.jsonl"))
    }
}
