import Cells
import CursesTerminal
import Testing

@Suite("What the terminal sends becomes keys, mouse events and pastes")
struct InputDecoderTests {
    /// All that comes of a text sent in one go, and of the silence after it.
    private func events(_ text: String) -> [InputEvent] {
        var decoder = InputDecoder()
        return text.unicodeScalars.flatMap { decoder.take(.character($0)) } + decoder.flush()
    }

    @Test(
        "Plain keys and controls",
        arguments: [
            ("a", Key.character("a")), ("é", .character("é")), ("世", .character("世")), (" ", .character(" ")),
            ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7F}", .backspace), ("\u{8}", .backspace),
            ("\u{4}", .control("d")), ("\u{0}", .control("@")), ("\u{1F}", .control("_")), ("\u{1B}", .escape),
            ("\u{1B}x", .alt("x")), ("\u{1B}[", .alt("[")), ("\u{1B}O", .alt("O")),
        ])
    func plain(_ text: String, _ key: Key) {
        #expect(events(text) == [.key(key)])
    }

    @Test(
        "Sequences that a terminal's description may not have",
        arguments: [
            ("[A", Key.up), ("OB", .down), ("[H", .home), ("OF", .end), ("[1~", .home), ("[4~", .end), ("[3~", .delete),
            ("[6~", .pageDown), ("[Z", .backTab), ("OP", .function(1)), ("[15~", .function(5)), ("[24~", .function(12)),
            ("[1;5C", .right), ("[5;3~", .pageUp), ("OM", .enter),
        ])
    func sequences(_ sequence: String, _ key: Key) {
        #expect(events("\u{1B}" + sequence + "j") == [.key(key), .key(.character("j"))])
    }

    @Test("A sequence that nobody knows types nothing", arguments: ["[[A", "[99~", "[?1;2c", "[I", "[201~", "[<1;1"])
    func unknownSequences(_ sequence: String) {
        #expect(events("\u{1B}" + sequence) == [])
    }

    @Test("Controls of the upper half are not keys", arguments: ["\u{80}", "\u{9B}", "\u{9F}"])
    func upperControls(_ text: String) {
        #expect(events(text) == [])
    }

    @Test("A sequence longer than any is nothing to its end, and what follows is heard")
    func endlessSequence() {
        #expect(events("\u{1B}[" + String(repeating: "1;", count: 100) + "q" + "j") == [.key(.character("j"))])
    }

    @Test("An escape before a sequence is a key of its own")
    func escapeThenSequence() {
        #expect(events("\u{1B}\u{1B}[A") == [.key(.escape), .key(.up)])
        #expect(events("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
        #expect(events("\u{1B}\r") == [.key(.escape), .key(.enter)])
        #expect(events("\u{1B}[1\u{1B}[B") == [.key(.down)])
    }

    @Test("An escape waits for the rest, and a key that curses knows ends the wait")
    func escapeThenKnownKey() {
        var decoder = InputDecoder()
        #expect(decoder.patience == nil)
        #expect(decoder.take(.character("\u{1B}")) == [])
        #expect(decoder.patience != nil)
        #expect(decoder.take(.key(.down)) == [.key(.escape), .key(.down)])
        #expect(decoder.patience == nil)
    }

    @Test(
        "Mouse reports",
        arguments: [
            ("[<0;12;5M", Mouse(.press, at: Position(x: 11, y: 4))),
            ("[<0;1;1m", Mouse(.release, at: Position(x: 0, y: 0))),
            ("[<32;300;200M", Mouse(.drag, at: Position(x: 299, y: 199))),
            ("[<64;3;4M", Mouse(.scrollUp, at: Position(x: 2, y: 3))),
            ("[<65;3;4M", Mouse(.scrollDown, at: Position(x: 2, y: 3))),
            ("[<16;3;4M", Mouse(.press, at: Position(x: 2, y: 3))),
        ])
    func mouse(_ report: String, _ mouse: Mouse) {
        #expect(events("\u{1B}" + report) == [.mouse(mouse)])
    }

    @Test(
        "Mouse reports of other buttons, and broken ones, are nothing",
        arguments: [
            "[<1;3;4M", "[<2;3;4M", "[<66;3;4M", "[<128;3;4M", "[<0;0;0M", "[<0;3M", "[<;;M", "[<0;-3;4M", "[<0;3;4;5M",
            "[<99999999999999999999;3;4M",
        ])
    func strangeMouse(_ report: String) {
        #expect(events("\u{1B}" + report) == [])
    }

    @Test("A paste is one event, whatever is in it")
    func paste() {
        #expect(
            events("\u{1B}[200~q\u{1B}[31m\u{3}~\u{1B}[201~j") == [.paste("q\u{1B}[31m\u{3}~"), .key(.character("j"))])
        #expect(events("\u{1B}[200~\u{1B}[201~") == [.paste("")])
        #expect(events("\u{1B}[200~a\u{1B}[20\u{1B}[201~") == [.paste("a\u{1B}[20")])
    }

    @Test("A pasted line's end is a line feed, however it was sent")
    func pastedLines() {
        #expect(events("\u{1B}[200~a\rb\r\nc\nd\n\ne\u{1B}[201~") == [.paste("a\nb\nc\nd\n\ne")])
    }

    @Test("Keys that curses finds in a paste do not act")
    func keysInPaste() {
        var decoder = InputDecoder()
        for scalar in "\u{1B}[200~a".unicodeScalars { #expect(decoder.take(.character(scalar)) == []) }
        #expect(decoder.take(.key(.backspace)) == [])
        #expect(decoder.take(.key(.enter)) == [])
        #expect(decoder.take(.character("b")) == [])
        #expect(decoder.flush() == [.paste("a\nb")])
    }

    @Test("A paste is cut at its limit, its end still found")
    func longPaste() {
        let long = String(repeating: "x", count: InputDecoder.longestPaste + 1000)
        let heard = events("\u{1B}[200~" + long + "\u{1B}[201~q")
        #expect(heard.count == 2)
        #expect(heard.first == .paste(String(long.prefix(InputDecoder.longestPaste))))
        #expect(heard.last == .key(.character("q")))
    }

    @Test("A paste that never ends does not lock the keys away")
    func endlessPaste() {
        var decoder = InputDecoder()
        for scalar in "\u{1B}[200~abc".unicodeScalars { #expect(decoder.take(.character(scalar)) == []) }
        #expect(decoder.flush() == [.paste("abc")])
        #expect(decoder.take(.character("q")) == [.key(.character("q"))])
    }
}
