import Cells
import Explorer
import ExplorerViews
import Testing
import TraceAnalysis
import TraceModel
import TraceQuery
import TraceStore

@Suite("The review") struct ReviewTests {
    /// A core in the review of a queue, with a book that keeps what is judged.
    private struct Reviewer {
        var driver: Driver
        private(set) var requests: [JudgementRequest] = []
        private(set) var records: [RewardRecord] = []
        private var clock: Int64 = 0
        private let undecidable: Bool

        init(traces: Int = 5, rubric: Rubric? = nil, isReadOnly: Bool = false, fails: Bool = false, done: Int = 0)
            throws
        {
            undecidable = fails
            var setup = ReviewSetup()
            setup.author = "ann"
            setup.isReadOnly = isReadOnly
            if let rubric {
                setup.rubrics[rubric.name] = rubric
                var queue = ReviewQueue(name: "daily")
                queue.rubric = rubric.name
                setup.queues["daily"] = queue
            }
            driver = Driver(traces: traces, review: setup)
            self.done = done
            try press(rubric == nil ? "5" : ":review daily<CR>")
        }

        private let done: Int

        var review: ReviewState { driver.state.review }

        /// The number of the trace on the screen, from 0.
        var place: UInt32? { review.place }

        /// While it is, judgements are kept and nobody hears of it.
        var isSlow = false
        private var held: [ExplorerEvent] = []

        /// What was held back is told, in its order.
        mutating func catchUp() {
            isSlow = false
            let events = held
            held = []
            for event in events { send(event) }
        }

        mutating func press(_ keys: String) throws {
            for key in try Key.parse(keys) {
                clock += 2_000_000_000
                send(.clock(clock))
                send(.input(.key(key)))
            }
        }

        private mutating func send(_ event: ExplorerEvent) {
            driver.send(event)
            for effect in driver.effects { answer(effect) }
        }

        private mutating func answer(_ effect: ExplorerEffect) {
            switch effect {
            case .orderReview(let queue, let generation):
                let positions = queue.positions(in: driver.state.traces.table)
                send(.reviewOrdered(Array(positions.dropFirst(done)), doneBefore: done, generation: generation))
            case .readReviewItem(let trace):
                var table = SpanTable(trace: trace)
                for (row, name) in ["root", "plan", "search"].enumerated() {
                    table.refs.append(SpanRef(unit: UInt32(trace.low), row: UInt32(row)))
                    table.ids.append(SpanID(UInt64(row) + 1))
                    table.parents.append(SpanID(row == 0 ? 0 : 1))
                    table.starts.append(Int64(row))
                    table.durations.append(1)
                    table.traits.append(SpanTraits(category: row == 0 ? .workflow : .tool))
                    table.names.append(table.strings.intern(name))
                    table.services.append(0)
                }
                send(
                    .reviewItemRead(
                        ReviewItem(table, TraceDigest(table, [:]), records.filter { $0.target.trace == trace })))
            case .judge(let asked):
                requests += asked
                for request in asked { keep(request) }
            default: break
            }
        }

        private mutating func keep(_ request: JudgementRequest) {
            guard !undecidable else { return send(.judgeFailed([request], "the disk is full")) }
            var record: RewardRecord
            let id = RewardID(high: UInt64(records.count + 1) << 16, low: 0)
            let time = Int64(records.count + 1)
            switch request.decision {
            case .undo, .clear:
                guard
                    let last = records.last(where: { old in
                        old.verdict != .withdrawn && !records.contains { $0.supersedes == old.id }
                    })
                else { return send(.judgeFailed([request], "nothing")) }
                record = RewardRecord(id: id, target: last.target, verdict: .withdrawn, author: "ann", createdAt: time)
                record.supersedes = last.id
                record.queue = last.queue
            case .redo:
                guard let undone = records.last(where: { $0.verdict == .withdrawn }),
                    let former = records.first(where: { $0.id == undone.supersedes })
                else { return send(.judgeFailed([request], "nothing")) }
                record = former
                record.id = id
                record.createdAt = time
                record.supersedes = undone.id
            default:
                let target: RewardTarget =
                    request.span.map { .span(SpanID(UInt64($0.row) + 1), in: request.trace) } ?? .trace(request.trace)
                record = RewardRecord(id: id, target: target, author: "ann", createdAt: time)
                record.queue = request.queue
                switch request.decision {
                case .approve: (record.value, record.verdict) = (request.value, .approve)
                case .reject: (record.value, record.verdict) = (request.value, .reject)
                case .grade(let grade): record.value = grade
                case .skip: record.verdict = .skip
                default: break
                }
                record.rationale = request.comment ?? ""
                record.labels = request.labels ?? []
                if request.replacesLast { record.supersedes = records.last?.id }
            }
            records.append(record)
            let outcome = ExplorerEvent.judged([
                JudgementOutcome(
                    trace: record.target.trace, traceReward: record.value, span: record.target.span,
                    spanReward: record.value, text: "kept", record: record, decision: request.decision)
            ])
            if isSlow { held.append(outcome) } else { send(outcome) }
        }
    }

    private static var care: Rubric {
        var rubric = Rubric(name: "care")
        rubric.version = "2"
        rubric.criteria = [.init(name: "safety", weight: 3), .init(name: "empathy", weight: 1)]
        rubric.reasons = ["wrong", "unsafe"]
        rubric.labels = ["look again", "example"]
        rubric.approve = 0.9
        rubric.reject = 0.1
        return rubric
    }

    @Test("decides with one key, keeps it, and goes on to the next, which is read already")
    func deciding() throws {
        var reviewer = try Reviewer()
        let first = try #require(reviewer.place)
        try reviewer.press("a")
        let request = try #require(reviewer.requests.first)
        #expect(request.decision == .approve && request.span == nil && request.queue == "all, oldest first")
        #expect(request.elapsed == 2_000_000_000)
        #expect(request.contentHash != nil)
        #expect(reviewer.place != first)
        #expect(reviewer.driver.state.reviewItem != nil)
        try reviewer.press("x5s")
        #expect(reviewer.requests.map(\.decision) == [.approve, .reject, .grade(0.5), .skip])
        #expect(reviewer.review.decided == 4)
        #expect(reviewer.review.decisions.map(\.mark) == [.approved, .rejected, .graded(0.5), .skipped])
        #expect(reviewer.review.pace.perMinute == 30)
        #expect(reviewer.review.pace.median == 2_000_000_000)
        try reviewer.press("9")
        #expect(reviewer.place == nil)
        try reviewer.press("a")
        #expect(reviewer.requests.count == 5, "at the end there is nothing to judge")
    }

    @Test("goes on without deciding, back, and to what was passed over")
    func moving() throws {
        var reviewer = try Reviewer(traces: 3)
        let first = reviewer.place
        try reviewer.press("<Space>nn")
        #expect(reviewer.place == nil)
        #expect(reviewer.requests.isEmpty)
        try reviewer.press("bbbbb")
        #expect(reviewer.place == first)
        try reviewer.press("na")
        #expect(reviewer.review.cursor == 2)
        try reviewer.press("a")
        #expect(reviewer.place == first, "the one that was passed over is left")
        try reviewer.press("a")
        #expect(reviewer.place == nil && reviewer.review.decided == 3)
        try reviewer.press("bx")
        #expect(reviewer.place == nil, "a decision may be changed")
        #expect(reviewer.review.marks.values.contains(.rejected))
    }

    @Test("takes back and does again, and the item comes back each time")
    func undoing() throws {
        var reviewer = try Reviewer()
        let places = try #require(reviewer.review.order)
        try reviewer.press("axuu")
        #expect(reviewer.place == places[0])
        #expect(reviewer.review.decided == 0 && reviewer.review.decisions.isEmpty)
        try reviewer.press("<C-r>")
        #expect(reviewer.place == places[1])
        #expect(reviewer.review.decided == 1)
    }

    @Test("comes back to the right item however fast the keys are and slow the disk is")
    func hurry() throws {
        var reviewer = try Reviewer(rubric: Self.care)
        let places = try #require(reviewer.review.order)
        reviewer.isSlow = true
        try reviewer.press("ax2auu")
        reviewer.catchUp()
        #expect(reviewer.place == places[1])
        #expect(reviewer.review.decisions.map(\.position) == [places[0]])
    }

    @Test("clears one's own verdict, and undo brings that back")
    func clearing() throws {
        var reviewer = try Reviewer()
        let first = reviewer.place
        try reviewer.press("0")
        #expect(reviewer.requests.isEmpty)
        try reviewer.press("ab0")
        #expect(reviewer.requests.map(\.decision) == [.approve, .clear])
        #expect(reviewer.review.decided == 0 && reviewer.place == first)
        try reviewer.press("u")
        #expect(reviewer.requests.last?.decision == .redo)
        #expect(reviewer.review.decided == 1)
    }

    @Test("is not begun anew: what was decided on another day is counted, and not offered; undo offers it again")
    func resuming() throws {
        var reviewer = try Reviewer(done: 2)
        #expect(reviewer.review.total == 5 && reviewer.review.decided == 2)
        #expect(reviewer.review.order?.count == 3)
        try reviewer.press("a")
        #expect(reviewer.review.decided == 3)
    }

    @Test("takes a digit right after a rejection for the reason, and one after anything else for a grade")
    func reasons() throws {
        var reviewer = try Reviewer(rubric: Self.care)
        try reviewer.press("x2")
        let request = try #require(reviewer.requests.last)
        #expect(request.decision == .reject && request.labels == ["unsafe"] && request.replacesLast)
        #expect(request.trace == reviewer.requests[0].trace)
        #expect(request.value == 0.1 && request.rubric == "care 2" && request.queue == "daily")
        #expect(reviewer.review.decided == 1)
        try reviewer.press("x<Esc>2")
        #expect(reviewer.requests.last?.decision == .grade(0.125))
        try reviewer.press("x7")
        #expect(reviewer.requests.last?.decision == .reject && reviewer.requests.last?.labels == nil)
        try reviewer.press("7")
        #expect(reviewer.requests.last?.decision == .grade(0.75))
    }

    @Test("grades by criteria, a digit each, weighed")
    func criteria() throws {
        var reviewer = try Reviewer(rubric: Self.care)
        try reviewer.press("d95")
        let request = try #require(reviewer.requests.last)
        #expect(request.decision == .grade(0.875))
        #expect(
            request.dimensions == [
                .init(name: "safety", value: 1, weight: 3), .init(name: "empathy", value: 0.5, weight: 1),
            ])
        try reviewer.press("d9<BS>1<Esc>a")
        #expect(reviewer.requests.last?.decision == .approve && reviewer.requests.count == 2)
    }

    @Test("flags, with another label by a digit, and takes the flag away")
    func flags() throws {
        var reviewer = try Reviewer(rubric: Self.care)
        try reviewer.press("f2")
        #expect(reviewer.requests.map(\.labels) == [["look again"], ["example"]])
        #expect(reviewer.requests.allSatisfy { $0.decision == .note })
        #expect(reviewer.review.decided == 0)
        try reviewer.press("ff")
        #expect(reviewer.requests.last?.labels == ["example"])
    }

    @Test("judges the steps one by one after Tab, and opens one in its tree")
    func steps() throws {
        var reviewer = try Reviewer()
        let first = reviewer.place
        try reviewer.press("<Tab>ax")
        #expect(reviewer.requests.map(\.span?.row) == [1, 2])
        #expect(reviewer.requests.allSatisfy { $0.queue == nil })
        #expect(reviewer.place == first)
        #expect(reviewer.review.decided == 0)
        try reviewer.press("u")
        #expect(reviewer.place == first && reviewer.review.focus == .steps && reviewer.review.step == 1)
        try reviewer.press("<CR>")
        #expect(reviewer.driver.state.view == .tree)
        try reviewer.press("q:traces<CR><CR>")
        #expect(reviewer.driver.state.view == .tree)
        try reviewer.press("5<CR>q<Tab>a")
        #expect(reviewer.driver.state.view == .review)
        #expect(reviewer.requests.last?.span == nil && reviewer.place != first)
    }

    @Test("stays where a judgement could not be kept, and says so")
    func failing() throws {
        var reviewer = try Reviewer(fails: true)
        let first = reviewer.place
        try reviewer.press("a")
        #expect(reviewer.place == first && reviewer.review.decided == 0)
        #expect(reviewer.driver.state.message?.text == "the disk is full")
    }

    @Test("refuses politely where nothing may be judged", arguments: ["a", "x", "5", "s", "u", "<C-r>", "f"])
    func readOnly(key: String) throws {
        var reviewer = try Reviewer(isReadOnly: true)
        let first = reviewer.place
        try reviewer.press(key)
        #expect(reviewer.requests.isEmpty && reviewer.place == first)
        #expect(reviewer.driver.state.message?.text == "--readonly: nothing can be judged")
    }

    @Test("offers what comes later at the end of the queue, and nothing twice")
    func growing() throws {
        var reviewer = try Reviewer(traces: 4)
        try reviewer.press("n")
        let order = try #require(reviewer.review.order)
        reviewer.driver.send(.reviewOrdered([9, 3, 2, 1, 0], doneBefore: 0, generation: 1))
        #expect(reviewer.review.order == order + [9])
        #expect(reviewer.review.cursor == 1)
    }

    @Test("makes another queue of a query or an order, and says what is wrong with one")
    func queues() throws {
        var reviewer = try Reviewer(traces: 20)
        try reviewer.press(":review newest status=error<CR>")
        #expect(reviewer.review.order == [9, 19])
        #expect(reviewer.review.queue?.name == "status=error, newest first")
        try reviewer.press(":review colour=red<CR>")
        #expect(reviewer.driver.state.message?.isError == true)
        #expect(reviewer.review.order == [9, 19])
        try reviewer.press("&<C-u>review title<CR>")
        #expect(reviewer.review.order?.count == 20)
    }

    @Test("shows the newest decisions, how fast they came, and what a digit would say")
    func screen() throws {
        var reviewer = try Reviewer(traces: 12, rubric: Self.care)
        try reviewer.press("as9x")
        let context = ViewContext(theme: Theme(name: "plain", styles: [:])) { _ in
            CivilTime(year: 2026, month: 11, day: 20, hour: 14, minute: 2, second: 0)
        }
        let lines = ExplorerScreen.draw(reviewer.driver.state, context).lines
        #expect(lines[2].contains("\u{201C}daily\u{201D} · 5 of 12 · 4 decided"))
        #expect(lines[2].contains("30.0/min · 2.0s · care · ann"))
        #expect(lines.contains { $0.contains("last: ✗ 4 1.0 3 s 2 ✔ 1") })
        #expect(lines.last?.contains("why? 1 wrong  2 unsafe") == true)
    }
}
