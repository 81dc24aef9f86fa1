import TraceModel

/// Numbers the groups of a grouping as they are met.
struct RewardKeys {
    enum Name {
        case text(String)
        /// A number into the ledger's names.
        case agent(UInt32)
        /// A number into the trace table's strings.
        case string(UInt32)
        case trace(Int)
        /// Since the epoch; below zero where nobody knows.
        case day(Int64)
    }

    private(set) var names: [Name] = []
    private let grouping: RewardGrouping
    private let column: [UInt32]
    private let attributes: [UInt32: String]
    private var known: [UInt32] = []
    private var days: [Int64: UInt32] = [:]
    private var words: [String: UInt32] = [:]

    init(_ grouping: RewardGrouping, _ table: TraceTable, _ attributes: [UInt32: String]) {
        self.grouping = grouping
        self.attributes = attributes
        column =
            switch grouping {
            case .session: table.sessions
            case .model: table.models
            case .service: table.services
            case .source: table.sources
            case .agent, .pipeline, .day, .attribute: []
            }
    }

    mutating func number(of entry: RewardLedger.Entry) -> UInt32 {
        switch grouping {
        case .agent: return number(Int(entry.agent), .agent(entry.agent))
        case .pipeline: return number(Int(entry.trace), .trace(Int(entry.trace)))
        case .session, .model, .service, .source:
            let id = column[Int(entry.trace)]
            return number(Int(id), .string(id))
        case .day:
            let day = entry.start > 0 ? entry.start / 86_400_000_000_000 : -1
            if let number = days[day] { return number }
            days[day] = add(.day(day))
            return UInt32(names.count - 1)
        case .attribute:
            let word = attributes[entry.trace] ?? ""
            if let number = words[word] { return number }
            words[word] = add(.text(word))
            return UInt32(names.count - 1)
        }
    }

    private mutating func number(_ key: Int, _ name: Name) -> UInt32 {
        if key >= known.count { known += Array(repeating: .max, count: max(key + 1 - known.count, known.count)) }
        if known[key] == .max { known[key] = add(name) }
        return known[key]
    }

    private mutating func add(_ name: Name) -> UInt32 {
        names.append(name)
        return UInt32(names.count - 1)
    }
}
