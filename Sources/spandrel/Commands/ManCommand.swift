import Explorer

/// `spandrel man`: the manual page, from the same tables as help.
enum ManCommand {
    static func run() -> Int32 {
        var lines = [
            ".TH SPANDREL 1", ".SH NAME", "spandrel \\- explore the traces of AI agents in the terminal",
            ".SH SYNOPSIS",
        ]
        for subcommand in Subcommand.allCases { lines += [".B spandrel", escape(subcommand.synopsis), ".br"] }
        lines += [
            ".SH DESCRIPTION",
            "Spandrel reads OpenTelemetry traces (OTLP as JSON, JSON lines or protobuf; plain, gzip or zstd) and those of"
                + " many other systems (spandrel formats lists them) from files, folders and standard input, shows them as a"
                + " list, as a tree with a waterfall, and span by span, follows them as they grow, and writes what people"
                + " decide back to where they came from.",
            ".SH COMMANDS",
        ]
        for subcommand in Subcommand.allCases {
            lines += [".TP", ".B spandrel \(escape(subcommand.synopsis))", escape(subcommand.help)]
        }
        lines += [
            ".SH EXPORTS",
            "What is left out of an export is counted on standard error, with the reason: skips, unknowns, what people disagree"
                + " on, what lies exactly at the threshold (0.5), what has no messages. \\-\\-redact puts stand\\-ins in the place of"
                + " mail addresses, telephone and card numbers, keys, secrets and IP addresses; \\-\\-also names texts, or with * and"
                + " ? whole words, that are left out besides, with commas between.",
        ]
        lines += [
            ".SH REVIEW",
            "A review goes through a queue and comes back to where it was left: what was decided or skipped is not offered again."
                + " The settings name queues, [queues.NAME] with where, order, seed and rubric, and rubrics, [rubrics.NAME] with"
                + " criteria, weights, labels, reasons, approve, reject and version. Without a name a queue is known by its query"
                + " and its order. \\-\\-blind hides what others judged.",
            ".SH JUDGEMENTS",
            "A judgement is first in the journal, then in its source. Where the source does not take it (locked, read\\-only,"
                + " changed, gone, full), reward set exits with 1 and the judgement waits: reward pending and :pending say why,"
                + " and it is tried again when its trace is opened for judging, and every 15 seconds while the explorer is"
                + " open.",
        ]
        lines.append(".SH KEYS")
        for scope in Command.Scope.allCases.map(Optional.some) + [nil] {
            lines.append(".SS \(scope?.title ?? "Everywhere")")
            for row in HelpCommand.rows(in: scope) {
                lines += [".TP", ".B \(escape(row.keys.isEmpty ? ":" + row.name : row.keys))", escape(row.help)]
            }
        }
        lines += [
            ".SH EXIT STATUS", "0 where all went well, 1 where nothing could be read, 2 where the command was wrong.",
            ".SH ENVIRONMENT", ".TP", ".B NO_COLOR", "Set to anything: no colours.", ".TP", ".B SPANDREL_NO_CACHE",
            "Set to anything: no index is kept on disk, and none is used.", ".TP", ".B SPANDREL_THEME",
            "The theme, where --theme does not say.", ".TP", ".B SPANDREL_AUTHOR",
            "Who judges, where --author does not say.", ".TP", ".B VISUAL, EDITOR",
            "The editor that Ctrl-E opens while a comment is written.",
            ".SH FILES", ".TP", ".I ~/.local/state/spandrel/journal.jsonl", "Every judgement, as it was made.",
            ".TP", ".I ~/.local/state/spandrel/delivered.jsonl",
            "Which of them reached their sources, and why others did not.",
            ".TP", ".I FILE.rewards.jsonl", "Judgements of a file that has no place for them.", ".TP",
            ".I ~/.config/spandrel/config.toml", "Prices, rubrics and queues.", ".TP",
            ".I ~/.config/spandrel/themes/NAME.toml",
            "Themes of your own.",
        ]
        Output.print(lines.joined(separator: "\n") + "\n")
        return 0
    }

    /// What roff would take for its own.
    private static func escape(_ text: String) -> String {
        var escaped = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        if escaped.hasPrefix(".") || escaped.hasPrefix("'") { escaped = "\\&" + escaped }
        return escaped
    }
}
