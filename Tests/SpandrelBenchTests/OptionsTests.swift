import Testing

@testable import spandrel_bench

@Suite("Options")
struct OptionsTests {
    @Test("have values behind them or after an equals sign, among words")
    func parsing() throws {
        let options = try Options(["index", "--spans", "10k", "--dir=/a=b", "keys"], names: ["spans", "dir"])
        #expect(options.words == ["index", "keys"])
        #expect(options["dir"] == "/a=b")
        #expect(try options.number("spans", in: 1...100_000) == 10_000)
        #expect(try options.number("runs", in: 1...2) == nil)
        #expect(!options.asksForHelp)
    }

    @Test(
        "are numbers with a k, an M or a G",
        arguments: [("7", 7), ("2k", 2000), ("3K", 3000), ("4M", 4_000_000), ("1G", 1_000_000_000)])
    func scales(_ text: String, _ number: Int) throws {
        #expect(try Options(["--n", text], names: ["n"]).number("n", in: 0...Int.max) == number)
    }

    @Test(
        "that are no numbers, or out of range, are refused",
        arguments: ["", "k", "1.5", "ten", "0", "9223372036854775807k"])
    func refusals(_ text: String) throws {
        let options = try Options(["--n", text], names: ["n"])
        #expect(throws: BenchError.self) { try options.number("n", in: 1...1000) }
    }

    @Test("that there are not, or that lack their value, are refused", arguments: [["--nope", "1"], ["--n"]])
    func unknown(_ arguments: [String]) {
        #expect(throws: BenchError.self) { try Options(arguments, names: ["n"]) }
    }

    @Test("are parts of one, or refused", arguments: [("0", 0.0), ("0.25", 0.25), ("1", 1.0)])
    func parts(_ text: String, _ part: Double) throws {
        #expect(try Options(["--p", text], names: ["p"]).part("p") == part)
        #expect(throws: BenchError.self) { try Options(["--p", "1.5"], names: ["p"]).part("p") }
    }
}
