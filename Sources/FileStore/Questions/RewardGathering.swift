import Synchronization
import TraceModel
import TraceStore

/// Gathers the rewards of all traces, from the index alone, but for those that were given here.
struct RewardGathering {
    private let library: Library
    private let reader: RowReader
    private let traces: TraceTable

    init(_ library: Library) {
        self.library = library
        let (indexes, traces) = library.contents.withLock { ($0.indexes, $0.catalog.table) }
        reader = RowReader(indexes)
        self.traces = traces
    }

    func table(over judged: [TraceID: [SpanID: Float]]) -> RewardTable {
        var table = RewardTable()
        var waiting: [UInt32: [SpanID: Float]] = [:]
        if !judged.isEmpty {
            for (number, id) in traces.ids.enumerated() { waiting[UInt32(number)] = judged[id] }
        }
        for index in reader.indexes { add(index, to: &table, &waiting) }
        for (number, values) in waiting { add(values, of: number, to: &table) }
        table.sort()
        return table
    }

    private func add(_ index: SpanIndex, to table: inout RewardTable, _ judged: inout [UInt32: [SpanID: Float]]) {
        var names: [UInt32: UInt32] = [:]
        index.forEachReward { reward in
            let block = index.blocks[Int(reward.row) / SpanBlock.rows].columns
            let row = Int(reward.row) % SpanBlock.rows
            let span = SpanID(block.spanIDs[row])
            var agent = names[reward.agent]
            if agent == nil {
                agent = index.strings.withBytes(of: reward.agent) { table.strings.intern($0) }
                names[reward.agent] = agent
            }
            let trace = block.traces[row]
            if let value = judged[trace]?[span], value.isNaN { return }
            var value = judged.isEmpty ? nil : judged[trace]?.removeValue(forKey: span)
            // A source gives a whole trace its reward at the root: there a judgement of the whole takes its place.
            if value == nil, !judged.isEmpty, block.parentIDs[row] == 0 {
                value = judged[trace]?.removeValue(forKey: SpanID(0))
            }
            table.append(
                trace: trace, span: span, start: block.starts[row], value: value ?? reward.value, agent: agent ?? 0)
        }
    }

    /// Adds what was given here to spans that had brought nothing.
    private func add(_ values: [SpanID: Float], of number: UInt32, to table: inout RewardTable) {
        var values = values
        if let whole = values.removeValue(forKey: SpanID(0)) {
            let start = traces.starts[Int(number)]
            table.append(trace: number, span: SpanID(0), start: start, value: whole, agent: 0)
        }
        guard !values.isEmpty else { return }
        let spans = TraceAssembly(traces.ids[Int(number)], number: number, reader).table()
        var agents = AgentReader(library, spans)
        for (place, id) in spans.ids.enumerated() {
            guard let value = values.removeValue(forKey: id), !value.isNaN else { continue }
            let agent = table.strings.intern(agents.agent(of: place))
            table.append(trace: number, span: id, start: spans.starts[place], value: value, agent: agent)
        }
    }
}

/// Reads whose a span is: the agent that it names, or the nearest span above it that names one.
private struct AgentReader {
    private let bodies: SpanReader
    private let spans: SpanTable
    private let places: [SpanID: Int]
    private var known: [Int: String] = [:]

    init(_ library: Library, _ spans: SpanTable) {
        bodies = SpanReader(library)
        self.spans = spans
        places = Dictionary(zip(spans.ids, 0...), uniquingKeysWith: { first, _ in first })
    }

    /// Larger bodies are not read only to know whose they are.
    private static let limit = 256 << 10

    mutating func agent(of place: Int) -> String {
        var path: [Int] = []
        var found = ""
        var next: Int? = place
        while let place = next, path.count < spans.count {
            path.append(place)
            found = known[place] ?? named(by: place)
            if !found.isEmpty { break }
            next = places[spans.parents[place]]
        }
        for place in path { known[place] = found }
        return found
    }

    private func named(by place: Int) -> String {
        guard let body = try? bodies.body(of: spans.refs[place], limit: Self.limit) else { return "" }
        var (name, rank) = ("", UInt8(0))
        for attribute in body.attributes {
            guard case .string(let text) = attribute.value, !text.isEmpty else { continue }
            for known in AttributeMeaning.ranked[attribute.key] ?? []
            where known.meaning == .agent && known.rank > rank {
                (name, rank) = (text, known.rank)
            }
        }
        return name
    }
}
