import Glibc

/// `spandrel-bench run`.
enum RunCommand {
    static func run(_ arguments: [String]) throws(BenchError) {
        let options = try Options(arguments, names: ["spans", "dir", "runs"])
        if options.asksForHelp { return Terminal.print(help) }
        var cases: [any BenchCase.Type] = []
        for name in options.words {
            guard let found = BenchCases.all.first(where: { $0.name == name }) else {
                throw .usage(
                    "no case is called '\(name)': there are " + BenchCases.all.map { $0.name }.joined(separator: ", "))
            }
            cases.append(found)
        }
        if cases.isEmpty { cases = BenchCases.all }

        let directory = options["dir"] ?? defaultDirectory
        guard mkdir(directory, 0o755) == 0 || errno == EEXIST else {
            throw .failure("\(directory): \(String(cString: strerror(errno)))")
        }
        let spans = try options.number("spans", in: 1000...1_000_000_000)
        let runs = try options.number("runs", in: 1...1000)
        let bench = Bench(directory: directory, spans: spans ?? 1_000_000, runs: runs ?? 5)
        Terminal.print(Row.header)
        bench.report(Yardstick.copying())
        for found in cases { try found.run(bench) }
    }

    private static var defaultDirectory: String {
        (getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp") + "/spandrel-bench"
    }

    private static var help: String {
        let width = BenchCases.all.map { $0.name.count }.max() ?? 0
        let cases = BenchCases.all.map { found in
            "  \(found.name)\(String(repeating: " ", count: width - found.name.count + 2))\(found.summary)"
        }
        return """
            usage: spandrel-bench run [--spans N] [--runs N] [--dir D] [CASE…]

            Measures each case several times, each time in a process of its own, on files that were read before: the
            median, the least and the most, and beside it what the machine itself takes for as many bytes.

              --spans N  how large the files are; a number may end in k, M or G (1M)
              --runs N   how often each is measured (5)
              --dir D    where the files are kept for the next time (\(defaultDirectory))

            Cases, all of them where none is named:
            \(cases.joined(separator: "\n"))
            """
    }
}
