import Exports

/// What the program can be told to do: the table from which help, man page and README come.
enum Subcommand: String, CaseIterable {
    case explore
    case review
    case ls
    case show
    case render
    case graph
    case tail
    case reward
    case rewards
    case score
    case check
    case convert
    case export
    case formats
    case help
    case man
    case version

    /// As a person types it, after `spandrel`.
    var synopsis: String {
        switch self {
        case .explore: "[--theme THEME] [--readonly] SOURCE…"
        case .review:
            "review [--where QUERY] [--order ORDER] [--seed N] [--rubric NAME] [--queue NAME] [--blind] [--author A] "
                + "[--theme THEME] [--readonly] SOURCE…"
        case .ls: "ls [--json] [--where QUERY] SOURCE…"
        case .show: "show [--json] TRACE SOURCE…"
        case .render: "render --size COLSxROWS [--keys KEYS] [--theme THEME] [--style] SOURCE…"
        case .graph:
            "graph [--json | --dot | --mermaid | --svg | --text] [--at EVENT|TIME] (TRACE | --map [--where QUERY]) SOURCE…"
        case .tail: "tail [--json] SOURCE…"
        case .reward:
            "reward set --target KIND:ID (--value V | --approve | --reject) [--strategy S] [--gamma G] [--comment T] [--author A] SOURCE… "
                + "| reward list [--json] SOURCE… | reward pending [--json] [SOURCE…] | reward undo SOURCE… "
                + "| reward redo SOURCE… | reward import FILE SOURCE…"
        case .rewards:
            "rewards [--by agent|pipeline|session|model|day|service|source|ATTRIBUTE] [--where QUERY] "
                + "[--weights NAME=WEIGHT,…] [--json] SOURCE…"
        case .score: "score [--by mhc|asp] [--where QUERY] [--dry-run] SOURCE…"
        case .check: "check [--json] SOURCE…"
        case .convert: "convert --to otlp-json|otlp-jsonl|otlp-protobuf SOURCE…"
        case .export:
            "export --to " + ExportShape.allCases.map(\.rawValue).joined(separator: "|")
                + " [--where QUERY] [--threshold V] [--redact [--also TEXT,…]] SOURCE…"
        case .formats: "formats [--json]"
        case .help: "help [--readme]"
        case .man: "man"
        case .version: "version"
        }
    }

    var help: String {
        switch self {
        case .explore: "Explore traces; a SOURCE is a file, a folder, or - for standard input"
        case .review:
            "Judge traces one after another: those a query wants, in the ORDER oldest, newest, lowest, uncertain, errors or "
                + "random; or a queue and a rubric of the settings"
        case .ls: "List the traces, one a line; with --json, an object a line"
        case .show: "Print the tree of a trace; TRACE is its id or the beginning of it"
        case .render:
            "Print the screen that the keys lead to, once all is read; with --style, how each cell looks as well"
        case .graph:
            "Print what waits for what in a trace: from its plan, its links, or else its spans; --at as it stood after the Nth change "
                + "of a state, or at a time; --map: who calls whom over all traces that --where wants"
        case .tail: "Print spans as they come, and again when they end: files are followed, folders watched"
        case .reward:
            "Judge a span, trace, sequence, triplet or approval by the id that its source gives it; list the judgements, or "
                + "those that their source does not have yet, after another try; take the last one back, or have it again; "
                + "take over those of other systems"
        case .rewards:
            "Print what rewards come to, a group a line: how many, their mean, the last forty as a sparkline, how they are "
                + "spread, and the newer half less the older; as they would be with other weights of the parts that rewards are made of "
                + "where some are given; with --json, an object a line"
        case .score:
            "Give a first reward by code: mhc scores answers (safety, empathy, length, latency), asp steps (success, output, "
                + "validation; a question back, a retry); never over a person's or the source's own"
        case .check: "Read everything, and tell for each file what it is and what is wrong with it"
        case .convert: "Write everything as OTLP to standard output"
        case .export:
            "Write what was judged for those who keep judgements or train on them, a JSON object a line, and say what was left "
                + "out; with --redact, without addresses, numbers, keys and secrets"
        case .formats: "List the formats that are read, and how each is recognised"
        case .help: "Print the commands and the keys"
        case .man: "Print the manual page: spandrel man | man -l -"
        case .version: "Print the version"
        }
    }

    /// Options it takes, and whether a value follows.
    var options: [String: Bool] {
        switch self {
        case .explore: ["--theme": true, "--readonly": false]
        case .review: Self.reviewing.merging(["--readonly": false]) { $1 }
        case .ls: ["--json": false, "--where": true]
        case .show, .tail, .check, .formats: ["--json": false]
        case .graph:
            [
                "--json": false, "--dot": false, "--mermaid": false, "--svg": false, "--text": false, "--at": true,
                "--map": false, "--where": true,
            ]
        case .convert: ["--to": true]
        case .export: ["--to": true, "--where": true, "--threshold": true, "--redact": false, "--also": true]
        case .reward:
            [
                "--target": true, "--value": true, "--approve": false, "--reject": false, "--strategy": true,
                "--gamma": true, "--comment": true, "--author": true, "--json": false,
            ]
        case .rewards: ["--by": true, "--where": true, "--weights": true, "--json": false]
        case .score: ["--by": true, "--where": true, "--dry-run": false]
        case .render:
            Self.reviewing.merging(["--size": true, "--keys": true, "--style": false]) { $1 }
        case .help: ["--readme": false]
        case .man, .version: [:]
        }
    }

    /// What says which queue is reviewed, and how.
    private static let reviewing: [String: Bool] = [
        "--where": true, "--order": true, "--seed": true, "--rubric": true, "--queue": true, "--blind": false,
        "--author": true, "--theme": true,
    ]
}
