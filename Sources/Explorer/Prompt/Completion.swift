import TraceAnalysis
import TraceQuery

/// What can be typed after `:`, given its beginning.
enum Completion {
    static func candidates(for text: String, in state: ExplorerState) -> [String] {
        guard let space = text.firstIndex(of: " ") else {
            return CommandTable.all
                .filter { $0.scopes.contains(state.scope) && $0.id.rawValue.hasPrefix(text) }
                .map(\.id.rawValue).uniqued
        }
        let name = String(text[..<space])
        let begun = text[text.index(after: space)...]
        guard let command = CommandTable.command(named: name, in: state.scope) else { return [] }
        let words: [String] =
            switch command.argument {
            case .column: TraceOrder.Column.allCases.map(\.rawValue)
            case .theme: state.themes
            case .command: CommandTable.all.map(\.id.rawValue).uniqued
            case .part: ["i", "t", "n", "v", "j", "l"]
            case .grouping: RewardGrouping.listed.map(\.name)
            case .retry: ["retry"]
            case .queue:
                state.review.setup.queues.keys.sorted() + ReviewQueue.Order.allCases.map(\.rawValue)
            case .row, .text, .letter, .value, .query, .digit, .weights, nil: []
            }
        return words.filter { $0.hasPrefix(begun) }.map { "\(name) \($0)" }
    }
}

extension [String] {
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
