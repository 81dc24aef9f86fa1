import Glibc

/// The program: which of its commands is meant, and how it ends.
@main
@MainActor
enum Spandrel {
    static let version = "0.1.0"

    static func main() async {
        setlocale(LC_ALL, "")
        tzset()
        // A file that may not become larger is an error like a full disk, and not the end.
        signal(SIGXFSZ, SIG_IGN)
        allowManyFiles()
        do throws(Failure) {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()))
            exit(try await run(arguments))
        } catch {
            Output.complain("spandrel: \(error.message)")
            exit(error.status)
        }
    }

    /// What was made of a file that judgements rewrite stays open: a folder may have more of them than a shell allows at first.
    private static func allowManyFiles() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 1 << 20)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        switch arguments.subcommand {
        case .explore, .review: return try await ExploreCommand.run(arguments)
        case .ls: return try await ListCommand.run(arguments)
        case .show: return try await ShowCommand.run(arguments)
        case .render: return try await RenderCommand.run(arguments)
        case .graph: return try await GraphCommand.run(arguments)
        case .tail: return try await TailCommand.run(arguments)
        case .reward: return try await RewardCommand.run(arguments)
        case .rewards: return try await RewardsCommand.run(arguments)
        case .score: return try await ScoreCommand.run(arguments)
        case .check: return try await CheckCommand.run(arguments)
        case .convert: return try await ConvertCommand.run(arguments)
        case .export: return try await ExportCommand.run(arguments)
        case .formats: return FormatsCommand.run(arguments)
        case .help: return HelpCommand.run(arguments)
        case .man: return ManCommand.run()
        case .version:
            Output.print("spandrel \(version)\n")
            return 0
        }
    }
}

/// Why the program ends before its work is done.
struct Failure: Error {
    var message: String
    var status: Int32

    /// The command was not understood.
    static func usage(_ message: String) -> Failure {
        Failure(message: message + "; spandrel help tells more", status: 2)
    }

    /// There was nothing to work on.
    static func nothing(_ message: String) -> Failure { Failure(message: message, status: 1) }
}
