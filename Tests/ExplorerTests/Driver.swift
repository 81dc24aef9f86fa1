import Cells
import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

/// The core with a small store's answers at hand: presses keys and gives what was asked for.
struct Driver {
    var state: ExplorerState
    private(set) var effects: [ExplorerEffect] = []
    private let spans: [(name: String, parent: Int?)]

    /// So many traces, of which the one under the cursor opens as a tree of these spans: name and parent's position.
    init(traces: Int = 30, spans: [(name: String, parent: Int?)] = [("root", nil)], review: ReviewSetup = ReviewSetup())
    {
        self.spans = spans
        state = ExplorerState(
            size: Size(columns: 80, rows: 24), sourceName: "test", themes: ["dark", "light"], review: review)
        let table = Self.traceTable(traces)
        send(.storeChanged(StoreState(traces: table, progress: Self.finished, problems: ProblemReport())))
        send(
            .tracesSorted(
                state.traces.sorting.sorted(table), state.traces.sorting, generation: state.traces.sortGeneration))
    }

    private static var finished: ReadProgress {
        var progress = ReadProgress()
        progress.isFinished = true
        return progress
    }

    mutating func send(_ event: ExplorerEvent) {
        effects = Explorer.update(&state, event)
        for effect in effects {
            switch effect {
            case .openTrace(let trace):
                _ = Explorer.update(&state, .treeBuilt(SpanTree(Self.table(of: spans, in: trace))))
            case .find(_, in: _, generation: let generation):
                _ = Explorer.update(&state, .findEnded(generation: generation, problem: nil))
            case .sort(let order, let generation):
                _ = Explorer.update(
                    &state, .tracesSorted(order.sorted(state.traces.table), order, generation: generation))
            default: break
            }
        }
    }

    mutating func press(_ keys: String) throws {
        for key in try Key.parse(keys) { send(.input(.key(key))) }
    }

    /// The name under the cursor of the tree.
    var name: String? {
        guard let tree = state.tree?.tree, let node = state.tree?.outline.node else { return nil }
        return tree.name(of: node)
    }

    private static func table(of spans: [(name: String, parent: Int?)], in trace: TraceID) -> SpanTable {
        var table = SpanTable(trace: trace)
        for (index, span) in spans.enumerated() {
            table.refs.append(SpanRef(unit: 0, row: UInt32(index)))
            table.ids.append(SpanID(UInt64(index) + 1))
            table.parents.append(SpanID(span.parent.map { UInt64($0) + 1 } ?? 0))
            table.starts.append(Int64(index) * 1_000_000)
            table.durations.append(5_000_000)
            table.traits.append(SpanTraits(status: span.name.hasPrefix("bad") ? .error : .ok))
            table.names.append(table.strings.intern(span.name))
            table.services.append(table.strings.intern("service"))
        }
        return table
    }

    private static func traceTable(_ count: Int) -> TraceTable {
        var table = TraceTable()
        for index in 0..<count {
            table.ids.append(TraceID(high: 0, low: UInt64(index) + 1))
            table.starts.append(Int64(1_000_000 - index) * 1_000_000_000)
            table.durations.append(Int64(index % 7) * 1_000_000)
            table.spans.append(1)
            table.errors.append(index % 10 == 9 ? 1 : 0)
            table.tokensIn.append(0)
            table.tokensOut.append(0)
            table.costs.append(.nan)
            table.rewards.append(.nan)
            table.traits.append([])
            table.names.append(0)
            table.versions.append(0)
            table.roots.append(table.strings.intern("root \(index)"))
            table.titles.append(table.strings.intern("title \(index)"))
            for column in [\TraceTable.services, \.agents, \.sources, \.formats, \.sessions, \.models] {
                table[keyPath: column].append(table.strings.intern("word"))
            }
        }
        return table
    }
}
