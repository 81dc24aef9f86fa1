import TraceAnalysis
import TraceModel
import TraceQuery

extension Explorer {
    /// The filter in force in the view in front, as it was typed.
    package static func filterText(_ state: ExplorerState) -> String {
        filter(state)?.text ?? ""
    }

    private static func filter(_ state: ExplorerState) -> TraceQuery? {
        switch state.view {
        case .live: state.live.filter
        case .graph: state.graph?.filter
        default: state.traces.filter
        }
    }

    /// Shows only what the query wants; without one, everything.
    static func filter(by text: String, _ state: inout ExplorerState) {
        let query: TraceQuery
        do throws(QueryError) {
            query = try TraceQuery(text)
        } catch {
            state.say(error.description, isError: true)
            return
        }
        state.filterHistory.removeAll { $0 == text }
        if !query.isEmpty { state.filterHistory.append(text) }
        let filter = query.isEmpty ? nil : query
        switch state.view {
        case .live: state.live.filter(by: filter)
        case .graph: state.graph?.filter(by: filter)
        default: state.traces.filter(by: filter)
        }
    }

    /// While a filter is typed, says what it would come to.
    static func previewFilter(_ text: String, _ state: inout ExplorerState) {
        do throws(QueryError) {
            let query = try TraceQuery(text)
            let (count, all): (Int, Int)
            if state.view == .live {
                let evaluator = QueryEvaluator(query)
                (count, all) = (state.live.entries.count { evaluator.matches($0) }, state.live.entries.count)
            } else if state.view == .graph {
                let evaluator = QueryEvaluator(query)
                let nodes = state.graph?.graph?.nodes ?? []
                (count, all) = (nodes.count { evaluator.matches($0) }, nodes.count)
            } else {
                (count, all) = (query.matches(state.traces.table).count { $0 }, state.traces.table.count)
            }
            state.preview = "\(Figures.grouped(count)) of \(Figures.grouped(all))"
        } catch {
            state.preview = error.description
        }
    }
}
