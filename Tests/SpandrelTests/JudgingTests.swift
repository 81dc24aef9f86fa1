import Foundation
import Testing

/// Judging from outside: what survives a sudden end, two at once, a full disk; and what is said.
@Suite struct JudgingTests {
    @Test(
        "a program that is killed while it judges leaves nothing half, and the next one finishes its work",
        arguments: JudgedSource.Kind.allCases)
    func killed(kind: JudgedSource.Kind) throws {
        let source = try JudgedSource(kind)
        defer { source.remove() }
        // How long it takes tells where to strike: all over it and a little after, mostly where it writes.
        let begun = ContinuousClock.now
        #expect(try source.run("reward", "set", "--target", source.target(0), "--value", "1", source.path).status == 0)
        let whole = begun.duration(to: .now) / .seconds(1)
        // A defect is one or is none; anything else has a value for each strike, to be told by.
        var tried: Set<String?> = ["1"]
        var survivors = 1
        let strikes = 45
        for strike in 1...strikes {
            let value = kind == .defects ? "\(strike % 2)" : "0.\(100 + strike)1"
            tried.insert(value)
            let share = Double(strike) / Double(strikes)
            let delay = whole * (strike.isMultiple(of: 3) ? 1.2 * share : 0.8 + 0.4 * share)
            let program = try source.run(
                "reward", "set", "--target", source.target(0), "--value", value, source.path,
                before: ["timeout", "-s", "KILL", String(format: "%.6f", delay)])
            // Old or new and nothing between; and what was reported as done is done.
            #expect(try source.isWhole() && tried.contains(source.value(0)))
            guard program.status == 0 else { continue }
            survivors += 1
            #expect(try source.value(0) == value)
        }
        let pending = try source.run("reward", "pending", "--json", source.path)
        #expect(pending.status == 0 && pending.output.isEmpty)
        // The last that was safe is what counts; at most the line that was being written at each strike is broken.
        let (records, broken) = try source.records()
        let decided = try #require(records.last?["value"] as? NSNumber)
        #expect(try source.value(0).flatMap(Double.init) == decided.doubleValue)
        #expect(records.count >= survivors && broken <= strikes)
        #expect(try source.run("reward", "pending", "--json").output.isEmpty)
        #expect(try source.isWhole())
    }

    @Test("two programs that judge the same file at once lose nothing", arguments: JudgedSource.Kind.allCases)
    func together(kind: JudgedSource.Kind) throws {
        let source = try JudgedSource(kind, count: kind == .call ? 1 : 40)
        defer { source.remove() }
        let target = { (number: Int) in kind == .call ? source.target(0) : source.target(number) }
        func program(_ numbers: Range<Int>, _ author: String) -> String {
            numbers.map { number in
                let value = number.isMultiple(of: 2) ? 1 : 0
                return
                    "\"$SPANDREL\" reward set --target \(target(number)) --value \(value) --author \(author) \(source.path)"
            }.joined(separator: " || exit 1; ")
        }
        let both = "(\(program(0..<20, "ann"))) & first=$!; (\(program(20..<40, "bob"))) & wait $first && wait $!"
        let done = try source.shell(both)
        #expect(done.status == 0 && done.complaints.isEmpty, "\(done.complaints)")
        let (records, broken) = try source.records()
        #expect(records.count == 40 && broken == 0)
        #expect(records.filter { $0["author"] as? String == "bob" }.count == 20)
        #expect(try source.isWhole())
        if kind == .call {
            #expect(try source.value(0) == (records.last?["value"] as? NSNumber).map { "\($0.intValue)" })
        } else {
            for number in 0..<40 { #expect(try source.value(number) == (number.isMultiple(of: 2) ? "1" : "0")) }
        }
        #expect(try source.run("reward", "pending", "--json").output.isEmpty)
    }

    @Test("where the disk takes no more, the source stays as it is and the judgement waits, or is not made at all")
    func fullDisk() throws {
        // Of blank lines nothing is made, so that only the source itself is too large to be written anew.
        let source = try JudgedSource(.triplets, count: 2, blanks: 200_000)
        defer { source.remove() }
        let set = "\"$SPANDREL\" reward set --target \(source.target(1)) --value 1 \(source.path)"
        let before = try Data(contentsOf: URL(filePath: source.path))
        let waiting = try source.shell("ulimit -f 100; \(set)")
        #expect(waiting.status == 1)
        #expect(waiting.complaints.contains("kept in the journal; will be retried"))
        #expect(waiting.complaints.contains("File too large"))
        #expect(try Data(contentsOf: URL(filePath: source.path)) == before)
        let names = try FileManager.default.contentsOfDirectory(atPath: source.folder.path())
        #expect(names.sorted() == ["state", "triplets.jsonl"])
        let listed = try source.run("reward", "pending", "--json").objects()
        let first = try #require(listed.first)
        #expect(listed.count == 1 && first["target"] as? String == source.target(1))
        #expect((first["reason"] as? String)?.contains("File too large") == true)
        #expect((first["source"] as? String)?.hasSuffix("triplets.jsonl") == true)
        // There is room again.
        #expect(try source.run("reward", "pending", source.path).output.isEmpty)
        #expect(try source.value(1) == "1" && source.isWhole())
    }

    @Test("where not even the journal takes it, nothing is judged, and the journal is as it was")
    func fullJournal() throws {
        let source = try JudgedSource(.sidecar, count: 2)
        defer { source.remove() }
        _ = try source.run("reward", "set", "--target", source.target(0), "--value", "1", source.path)
        let before = try String(contentsOfFile: source.journal, encoding: .utf8)
        // In blocks of 512 or 1024 bytes: less than another line.
        let program = try source.shell(
            "ulimit -f 1; \"$SPANDREL\" reward set --target \(source.target(1)) --value 1 "
                + "--comment \(String(repeating: "x", count: 2_000)) \(source.path)")
        #expect(program.status == 1)
        #expect(program.complaints.contains("not judged, since the journal did not take it"))
        #expect(try String(contentsOfFile: source.journal, encoding: .utf8) == before)
        #expect(try source.value(1) == nil)
    }

    @Test("takes back, and has again")
    func redo() throws {
        let source = try JudgedSource(.call)
        defer { source.remove() }
        #expect(try source.run("reward", "redo", source.path).status == 1)
        _ = try source.run("reward", "set", "--target", source.target(0), "--value", "0.25", source.path)
        #expect(try source.run("reward", "undo", source.path).output.contains("taken back → \(source.path)"))
        #expect(try source.value(0) == nil)
        #expect(try source.run("reward", "redo", source.path).output.contains("holds again → \(source.path)"))
        #expect(try source.value(0) == "0.25")
    }

    @Test("a file that may not be written says so, and the status too, until it may")
    func readOnly() throws {
        let source = try JudgedSource(.call)
        defer { source.remove() }
        chmod(source.path, 0o444)
        let program = try source.run("reward", "set", "--target", source.target(0), "--approve", source.path)
        #expect(program.status == 1 && program.output.isEmpty)
        #expect(program.complaints.contains("kept in the journal; will be retried: \(source.path) is read-only"))
        let text = try source.run("reward", "pending", source.path)
        #expect(text.status == 0 && text.output.contains("1.0  ann  trace:"))
        let screen = try source.run("render", "--size", "100x24", "--keys", ":pending<Enter>", source.path).output
        #expect(screen.contains("⇡1 pending") && screen.contains("is read-only"))
        chmod(source.path, 0o644)
        #expect(try source.run("reward", "pending", source.path).output.isEmpty)
        #expect(try source.value(0) == "1")
    }

    @Test("what cannot be judged leaves no trace in the journal")
    func refusals() throws {
        let source = try JudgedSource(.sidecar, count: 3)
        defer { source.remove() }
        for value in ["nan", "inf", "1.0001", "-0.1", "high", ""] {
            let program = try source.run(
                "reward", "set", "--target", source.target(0), "--value", value, source.path)
            #expect(program.status == 2 && program.complaints.contains("--value is a number from 0 to 1"))
        }
        let others = [
            ("span:0000000000000001", "0000000000000001"), ("trace:ffff", "no trace begins with ffff"),
            ("triplet:none", "none"), ("approval:none", "none"), ("sequence:none", "none"),
        ]
        for (target, word) in others {
            let program = try source.run("reward", "set", "--target", target, "--approve", source.path)
            #expect(program.status == 1 && program.complaints.contains(word), "\(target)")
        }
        let ambiguous = try source.run("reward", "set", "--target", "trace:0", "--approve", source.path, "SampleTraces")
        #expect(ambiguous.status == 1 && ambiguous.complaints.contains("traces begin with 0"))
        #expect(!FileManager.default.fileExists(atPath: source.journal))
    }

    @Test("broken lines of a sidecar are told by number, and cost nothing else")
    func brokenSidecar() throws {
        let source = try JudgedSource(.sidecar)
        defer { source.remove() }
        let sidecar = source.path + ".rewards.jsonl"
        try Data("no json\n{\"id\": 1}\n{\"half".utf8).write(to: URL(filePath: sidecar))
        let program = try source.run("reward", "set", "--target", source.target(0), "--value", "0.75", source.path)
        #expect(program.status == 0)
        #expect(try source.value(0) == "0.75")
        let list = try source.run("ls", source.path)
        for line in ["\(sidecar):1: no judgement", "\(sidecar):2: no judgement", "\(sidecar):3: no judgement"] {
            #expect(list.complaints.contains(line))
        }
        #expect(list.output.contains(".75"))
    }
}
