import Cells
import Explorer
import Testing
import TraceAnalysis
import TraceModel

@Suite("Rows that are picked") struct SelectionTests {
    private func judged(_ driver: Driver) -> [JudgementRequest] {
        driver.effects.flatMap { effect -> [JudgementRequest] in
            if case .judge(let requests) = effect { requests } else { [] }
        }
    }

    @Test("are judged together, once that was asked and answered")
    func traces() throws {
        var driver = Driver(traces: 30)
        try driver.press("jjvjja")
        #expect(driver.state.selectedRows == 2...4)
        #expect(driver.state.bulk?.question == "approve 3 traces? y n")
        #expect(judged(driver).isEmpty)
        try driver.press("y")
        #expect(driver.effects.count == 1, "one stroke")
        #expect(judged(driver).map(\.trace.low) == [3, 4, 5])
        #expect(judged(driver).allSatisfy { $0.decision == .approve && $0.span == nil })
        #expect(driver.state.selectedRows == nil && driver.state.bulk == nil)
    }

    @Test("are not judged by any other key, and picking ends with Esc or v")
    func no() throws {
        var driver = Driver(traces: 30)
        try driver.press("vjxn")
        #expect(judged(driver).isEmpty && driver.state.selectedRows == 0...1)
        try driver.press("<Esc>")
        #expect(driver.state.selectedRows == nil)
        try driver.press("vv")
        #expect(driver.state.selectedRows == nil)
    }

    @Test("of a tree are spans; the trace list does not have them")
    func spans() throws {
        var driver = Driver(spans: [("root", nil), ("a", 0), ("b", 0)])
        try driver.press("<CR>]Gvk:reward 0.25<CR>")
        #expect(driver.state.bulk?.question == "give 0.25 to 2 spans? y n")
        try driver.press("<CR>")
        #expect(judged(driver).compactMap(\.span?.row).sorted() == [1, 2])
        try driver.press("v1")
        #expect(driver.state.selectedRows == nil)
    }

    @Test(
        "A reward may say what it is of, with which labels, and why",
        arguments: [
            ("0.8", true, nil, nil),
            ("0.8 on=trace labels=slow,vague it never looked", false, ["slow", "vague"], "it never looked"),
            ("0.8 because", true, nil, "because"), ("0.8 x=1 because", true, nil, "x=1 because"),
        ] as [(String, Bool, [String]?, String?)])
    func words(text: String, isOfSpan: Bool, labels: [String]?, comment: String?) throws {
        var driver = Driver(spans: [("root", nil), ("a", 0)])
        try driver.press("<CR>]j:reward \(text)<CR>")
        let request = try #require(judged(driver).first)
        #expect(request.decision == .grade(0.8))
        #expect((request.span != nil) == isOfSpan)
        #expect(request.labels == labels && request.comment == comment)
        try driver.press(":reward 2<CR>")
        #expect(driver.state.message?.isError == true && judged(driver).isEmpty)
    }

    @Test(
        "A reward of a sequence says how it is handed down",
        arguments: [
            ("0.8 on=sequence", Propagation(.uniform)), ("0.8 strategy=last-only", Propagation(.lastOnly)),
            ("0.8 gamma=0.5 strategy=discounted why", Propagation(.discounted, gamma: 0.5)),
        ])
    func sequences(text: String, propagation: Propagation) throws {
        var driver = Driver(spans: [("root", nil), ("a", 0)])
        try driver.press("<CR>]j:reward \(text)<CR>")
        let request = try #require(judged(driver).first)
        let grade = SequenceGrade(worth: 0.8, propagation: propagation, traceName: "\(request.trace)")
        #expect(request.decision == .gradeSequence(grade) && request.span?.row == 1)
    }

    @Test(
        "What a reward cannot mean is told, with what it can",
        arguments: ["on=leaf", "strategy=best", "gamma=2", "on=trace gamma=1"])
    func mistakes(words: String) throws {
        var driver = Driver(spans: [("root", nil), ("a", 0)])
        try driver.press("<CR>:reward 0.8 \(words)<CR>")
        #expect(driver.state.message?.isError == true && judged(driver).isEmpty)
    }

    @Test("Picked spans are given labels and a reason, or judged as one sequence")
    func picked() throws {
        var driver = Driver(spans: [("root", nil), ("a", 0), ("b", 0)])
        try driver.press("<CR>]Gvk:reward 0.25 labels=slow too late<CR>y")
        #expect(judged(driver).allSatisfy { $0.labels == ["slow"] && $0.comment == "too late" })
        try driver.press("Gvk:reward 0.5 strategy=discounted<CR>")
        #expect(driver.state.bulk?.question == "give 0.5 to 1 sequence of 2 spans? y n")
        try driver.press("y")
        guard case .gradeSequence(let grade)? = judged(driver).first?.decision else {
            Issue.record("no sequence was judged")
            return
        }
        #expect(Set(grade.picked.map(\.row)) == [1, 2])
    }
}
