import Testing
import TraceAnalysis
import TraceModel

@Suite struct SpanTreeTests {
    private func outline(_ tree: SpanTree) -> [String] {
        (0..<tree.count).map { node in
            let sign =
                switch tree.kinds[node] {
                case .span: ""
                case .group: "×\(tree.childCount(of: node)) "
                case .missing: "? "
                case .cycle: "o "
                }
            return String(repeating: "-", count: Int(tree.depths[node])) + sign
                + (tree.isSpan(node) ? "\(tree.table.ids[Int(tree.spans[node])].value)" : "")
        }
    }

    @Test("puts children under their parents, whatever came first")
    func childrenFirst() {
        let tree = SpanTree(SpanTable([Given(id: 3, parent: 2), Given(id: 2, parent: 1), Given(id: 1)]))
        #expect(outline(tree) == ["1", "-2", "--3"])
        #expect(tree.nodes.map(Int.init) == [2, 1, 0])
    }

    @Test("hangs orphans of one parent under one stand-in")
    func orphans() {
        let tree = SpanTree(
            SpanTable([Given(id: 1), Given(id: 2, parent: 9), Given(id: 3, parent: 9), Given(id: 4, parent: 8)]))
        #expect(outline(tree) == ["1", "? ", "-2", "-3", "? ", "-4"])
        #expect(tree.name(of: 1) == "parent 0000000000000009 is missing")
    }

    @Test("breaks circles, and spans that are their own parents")
    func circles() {
        let tree = SpanTree(
            SpanTable([
                Given(id: 1, parent: 3), Given(id: 2, parent: 1), Given(id: 3, parent: 2), Given(id: 4, parent: 4),
            ]))
        #expect(outline(tree) == ["o ", "-1", "--2", "---3", "o ", "-4"])
    }

    @Test("keeps all spans of a trace whose ids repeat")
    func repeatedIDs() {
        let tree = SpanTree(SpanTable([Given(id: 1), Given(id: 1), Given(id: 2, parent: 1)]))
        #expect(tree.count == 3)
    }

    @Test("bears a chain of 100,000 spans")
    func deepChain() {
        let tree = SpanTree(SpanTable((1...100_000).map { Given(id: $0, parent: $0 - 1, start: Int64($0)) }))
        #expect(tree.depths.last == 99_999)
        #expect(tree.ends.allSatisfy { $0 == 100_000 })
        #expect(tree.isCritical.count == 100_000)
    }

    @Test("a span without a time takes none, and stretches no group back to the epoch")
    func timeless() {
        let siblings = [0, 0, 200, 300, 400].enumerated().map { place, start in
            Given(id: UInt64(place) + 2, parent: 1, start: Int64(start), duration: start == 0 ? 0 : 10)
        }
        let tree = SpanTree(SpanTable([Given(id: 1, name: "root", start: 100, duration: 900)] + siblings))
        #expect(outline(tree) == ["1", "-×5 ", "--2", "--3", "--4", "--5", "--6"])
        #expect(
            (0..<tree.count).map { tree.time(of: $0) } == [
                "900ns", "210ns", "no time", "no time", "10ns", "10ns", "10ns",
            ])
        let none = SpanTree(SpanTable((1...4).map { Given(id: $0, duration: 0) }))
        #expect((0..<none.count).map { none.time(of: $0) } == Array(repeating: "no time", count: none.count))
    }

    @Test("has nothing in it when there are no spans")
    func empty() {
        let tree = SpanTree(SpanTable([]))
        #expect(tree.count == 0)
        #expect(tree.duration == 0)
    }

    @Test("groups four and more of a name in a row, and not three")
    func groups() {
        func names(_ names: String) -> [Given] {
            [Given(id: 100)]
                + names.enumerated().map { Given(id: UInt64($0) + 1, parent: 100, name: "\($1)", start: 1) }
        }
        #expect(outline(SpanTree(SpanTable(names("aaab")))) == ["100", "-1", "-2", "-3", "-4"])
        #expect(
            outline(SpanTree(SpanTable(names("baaaac")))) == ["100", "-1", "-×4 ", "--2", "--3", "--4", "--5", "-6"])
        #expect(outline(SpanTree(SpanTable(names("aaaabbbb")))).filter { $0.hasPrefix("-×") } == ["-×4 ", "-×4 "])
    }

    @Test("walks siblings and parents")
    func walking() {
        let tree = SpanTree(
            SpanTable([
                Given(id: 1), Given(id: 2, parent: 1), Given(id: 3, parent: 2), Given(id: 4, parent: 1), Given(id: 5),
            ]))
        #expect(tree.nextSibling(of: 1) == 3)
        #expect(tree.previousSibling(of: 3) == 1)
        #expect(tree.nextSibling(of: 3) == nil)
        #expect(tree.previousSibling(of: 1) == nil)
        #expect(tree.nextSibling(of: 0) == 4)
        #expect(Array(tree.children(of: 0)) == [1, 3])
        #expect(tree.parent(of: 2) == 1)
        #expect(tree.isLeaf(2))
    }

    @Test("follows the children that finished last before what came after them")
    func criticalPath() {
        let tree = SpanTree(
            SpanTable([
                Given(id: 1, start: 0, duration: 100), Given(id: 2, parent: 1, start: 0, duration: 40),
                Given(id: 3, parent: 1, start: 5, duration: 20), Given(id: 4, parent: 1, start: 40, duration: 55),
                Given(id: 5, parent: 4, start: 50, duration: 10),
            ]))
        #expect(tree.isCritical == [true, true, false, true, true])
    }

    @Test("ranks by the time in which no child ran")
    func slowest() {
        let tree = SpanTree(
            SpanTable([
                Given(id: 1, start: 0, duration: 100), Given(id: 2, parent: 1, start: 10, duration: 60),
                Given(id: 3, parent: 1, start: 20, duration: 70), Given(id: 4, parent: 2, start: 15, duration: 30),
            ]))
        let ids = tree.slowest.map { tree.table.ids[Int(tree.spans[Int($0)])].value }
        #expect(ids == [3, 2, 4, 1])
    }

    @Test("counts errors at and below each node, and what still runs")
    func counts() {
        let tree = SpanTree(
            SpanTable([
                Given(id: 1, start: 1, duration: 50, isRunning: true),
                Given(id: 2, parent: 1, start: 1, status: .error),
                Given(id: 3, parent: 2, start: 2, duration: 90, status: .error), Given(id: 4, parent: 1, start: 3),
            ]))
        #expect(tree.errors == [2, 2, 1, 0])
        #expect(tree.errorCount == 2)
        #expect(tree.runningCount == 1)
        #expect(tree.stops[0] == 92)
        #expect(tree.duration == 91)
    }

    @Test("bears times at the ends of what can be counted")
    func absurdTimes() {
        let tree = SpanTree(
            SpanTable([
                Given(id: 1, start: 0, duration: .max), Given(id: 2, parent: 1, start: .max, duration: .max),
            ]))
        #expect(tree.stop == .max)
        #expect(tree.count == 2)
    }
}
