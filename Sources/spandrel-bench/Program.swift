/// The two commands, their help, and what the shell is told at the end.
enum Program {
    static func run(_ arguments: [String]) -> Int32 {
        do throws(BenchError) {
            switch arguments.first {
            case "generate": try GenerateCommand.run(Array(arguments.dropFirst()))
            case "run": try RunCommand.run(Array(arguments.dropFirst()))
            case "--help", "-h", "help": Terminal.print(help)
            case nil: throw BenchError.usage("a command is missing: generate, or run")
            case let other?: throw BenchError.usage("no command is called '\(other)': there are generate and run")
            }
            return 0
        } catch {
            Terminal.complain("spandrel-bench: \(error)")
            return error.exitCode
        }
    }

    static let help = """
        usage: spandrel-bench generate --spans N --out FILE|- [options]
               spandrel-bench run [options] [CASE…]

        Makes traces of any size, and measures Spandrel on them beside this machine's own figures.
        `spandrel-bench generate --help` and `spandrel-bench run --help` tell the options.
        """
}
