import Cells
import Explorer

/// `spandrel help`: the commands and keys, as text or as the README has them.
enum HelpCommand {
    static func run(_ arguments: Arguments) -> Int32 {
        Output.print(arguments.has("--readme") ? readme : text)
        return 0
    }

    private static var text: String {
        var lines = ["Spandrel explores the traces of AI agents in the terminal.", ""]
        for subcommand in Subcommand.allCases {
            lines += ["  spandrel \(subcommand.synopsis)", "      \(subcommand.help)"]
        }
        lines += ["", "Exit status: 0 done, 1 nothing could be read, 2 wrong usage.", ""]
        for scope in Command.Scope.allCases {
            lines.append("Keys in \(scope.title)")
            lines += rows(in: scope).map { "  \(pad($0.keys, to: 26)) \($0.help)" } + [""]
        }
        lines.append("Keys everywhere")
        lines += rows(in: nil).map { "  \(pad($0.keys, to: 26)) \($0.help)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The tables of the README.
    static var readme: String {
        var lines = ["| Command | Does |", "|---|---|"]
        lines += Subcommand.allCases.map { "| `spandrel \($0.synopsis)` | \($0.help) |" }
        for scope in Command.Scope.allCases.map(Optional.some) + [nil] {
            lines += ["", "**\(scope?.title ?? "Everywhere")**", "", "| Key | Does | `:` |", "|---|---|---|"]
            lines += rows(in: scope).map { "| \($0.keys) | \($0.help) | `\($0.name)` |" }
        }
        return lines.joined(separator: "\n").replacing("`|`", with: "`\\|`") + "\n"
    }

    struct Row {
        var keys: String
        var name: String
        var help: String
    }

    /// The commands of one scope alone, or those of all.
    static func rows(in scope: Command.Scope?) -> [Row] {
        CommandTable.all
            .filter { command in
                let isEverywhere = command.scopes.count == Command.Scope.allCases.count
                return scope.map { !isEverywhere && command.scopes.contains($0) } ?? isEverywhere
            }
            .map { command in
                Row(
                    keys: command.keys.map(\.label).joined(separator: " "),
                    name: command.id.rawValue
                        + (command.argument.map { " " + $0.rawValue.replacing("|", with: "/") } ?? ""),
                    help: command.help)
            }
    }

    static func pad(_ text: String, to columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - TextWidth.columns(of: text)))
    }
}
