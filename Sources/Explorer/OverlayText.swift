import Cells
import TraceAnalysis
import TraceModel
import TraceStore

/// The text of overlays, from the command table and the problems there are.
package enum OverlayText {
    /// A line: what stands in the left column, and beside it.
    package struct Line: Sendable, Equatable {
        package var key: String
        package var text: String
        package var isTitle = false
    }

    package static func lines(_ content: Overlay.Content, _ state: ExplorerState) -> [Line] {
        switch content {
        case .help(let scope): help(scope)
        case .problems: problems(state)
        case .pending: pending(state)
        }
    }

    package static func title(_ content: Overlay.Content) -> String {
        switch content {
        case .help(let scope): "Help · \(scope.title)"
        case .problems: "What could not be read"
        case .pending: "What was judged and its source does not have yet"
        }
    }

    private static func help(_ scope: Command.Scope) -> [Line] {
        let known = CommandTable.all.filter { $0.scopes.contains(scope) }
        let here = known.filter { !$0.isEverywhere }
        let everywhere = known.filter(\.isEverywhere)
        return [Line(key: "", text: "In \(scope.title)", isTitle: true)] + here.map(line)
            + [Line(key: "", text: ""), Line(key: "", text: "Everywhere", isTitle: true)] + everywhere.map(line)
            + [
                Line(key: "", text: ""),
                Line(
                    key: "8j",
                    text: "A number before a key repeats it; one that begins with a view's number starts with 0: 012j"
                ),
            ]
    }

    private static func line(_ command: Command) -> Line {
        let keys = command.keys.map(\.label).joined(separator: " ")
        let argument = command.argument.map { " \($0.rawValue)" } ?? ""
        let name = ":\(command.id.rawValue)\(command.keys.isEmpty ? argument : "")"
        return Line(key: keys.isEmpty ? name : keys, text: keys.isEmpty ? command.help : "\(command.help)  (\(name))")
    }

    private static func problems(_ state: ExplorerState) -> [Line] {
        let report = state.traces.store.problems
        guard report.count > 0 else { return [Line(key: "", text: "Everything was read.")] }
        var lines = report.first.map { Line(key: "", text: $0.description) }
        if report.count > report.first.count {
            lines.append(Line(key: "", text: "… and \(report.count - report.first.count) more"))
        }
        return lines
    }

    /// Two lines each: what was decided, and below it why it is not there.
    private static func pending(_ state: ExplorerState) -> [Line] {
        let judgements = state.traces.store.pending.judgements
        guard !judgements.isEmpty else { return [Line(key: "", text: "Every judgement is where it belongs.")] }
        let lines = judgements.flatMap { judgement in
            let record = judgement.record
            let said = record.value.map { Figures.reward($0) } ?? record.verdict?.rawValue ?? "–"
            return [
                Line(key: said, text: "\(record.target)  by \(record.author)"),
                Line(key: "", text: judgement.reason),
            ]
        }
        return lines + [
            Line(key: "", text: ""),
            Line(key: "", text: "Safe in the journal, and tried again by itself; :pending retry tries now."),
        ]
    }
}
