import Cells
import TraceAnalysis
import TraceModel

/// Rows that were picked to be judged together, from where picking began to the cursor.
package struct RowSelection: Sendable, Equatable {
    let view: View
    let anchor: Int
}

/// Judgements that wait for a yes, since they are many.
package struct BulkJudgement: Sendable, Equatable {
    let requests: [JudgementRequest]
    /// What is asked.
    package let question: String
}

extension ExplorerState {
    /// The picked rows of the view in front; nothing while none are.
    package var selectedRows: ClosedRange<Int>? {
        guard let selection, selection.view == view else { return nil }
        let cursor = tree?.outline.cursor ?? traces.cursor
        let last = max(0, (tree?.outline.visible.count ?? traces.order.count) - 1)
        let anchor = min(selection.anchor, last)
        return min(anchor, cursor)...max(anchor, cursor)
    }
}

extension Explorer {
    /// Begins to pick rows at the cursor, or stops.
    static func toggleSelection(_ state: inout ExplorerState) {
        if state.selection != nil {
            state.selection = nil
        } else {
            state.selection = RowSelection(view: state.view, anchor: state.tree?.outline.cursor ?? state.traces.cursor)
            state.say("picking rows: move, then a, x or r; v or Esc ends")
        }
    }

    /// A judgement of every picked row. More than one is asked about first. Whether rows are picked.
    static func judgeSelection(
        _ decision: JudgementRequest.Decision, _ words: RewardWords?, _ state: inout ExplorerState,
        _ effects: inout [ExplorerEffect]
    ) -> Bool {
        guard let rows = state.selectedRows else { return false }
        var requests: [JudgementRequest]
        var noun: String
        if let tree = state.tree, let table = tree.tree?.table {
            let refs = rows.compactMap { row in
                tree.tree?.span(at: Int(tree.outline.visible[row])).map { table.refs[$0] }
            }
            requests = refs.map { JudgementRequest(trace: tree.trace, span: $0, decision: decision) }
            noun = "span"
            if words?.scope == .sequence, var picked = requests.first, let words {
                picked.take(words, in: state, picked: refs)
                requests = [picked]
                noun = "sequence of \(refs.count) spans"
            }
        } else {
            requests = rows.compactMap { state.traces.index(atRow: $0) }.map {
                JudgementRequest(trace: state.traces.table.ids[$0], decision: decision)
            }
            noun = "trace"
        }
        if let words, noun == "span" || noun == "trace" {
            for index in requests.indices { requests[index].take(words, in: state) }
        }
        guard !requests.isEmpty else {
            state.say("there is nothing to judge here")
            return true
        }
        let word: String =
            switch decision {
            case .approve: "approve"
            case .reject: "reject"
            case .grade(let value): "give \(value) to"
            default: "judge"
            }
        let question = "\(word) \(requests.count) \(noun)\(requests.count == 1 ? "" : "s")? y n"
        state.bulk = BulkJudgement(requests: requests, question: question)
        return true
    }

    /// Yes or no to many judgements. Whether that was asked.
    static func answerBulk(_ key: Key, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) -> Bool {
        guard let bulk = state.bulk else { return false }
        state.bulk = nil
        guard key == .character("y") || key == .enter else {
            state.say("nothing was judged")
            return true
        }
        state.selection = nil
        judge(bulk.requests, &state, &effects)
        return true
    }
}

extension JudgementRequest {
    /// Says as well what was typed behind a value.
    mutating func take(_ words: RewardWords, in state: ExplorerState, picked: [SpanRef] = []) {
        labels = words.labels
        comment = words.comment
        switch words.scope {
        case nil, .span: break
        case .trace: span = nil
        case .sequence:
            let position = state.traces.table.ids.firstIndex(of: trace)
            decision = .gradeSequence(
                SequenceGrade(
                    worth: words.value, propagation: words.propagation ?? Propagation(.uniform),
                    traceName: position.map { state.traces.table[$0].givenID } ?? "\(trace)", picked: picked))
        }
    }
}
