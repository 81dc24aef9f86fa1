import Cells
import Testing

@Suite struct ScreenTests {
    private func screen(_ columns: Int = 8, _ rows: Int = 1) -> Screen {
        Screen(size: Size(columns: columns, rows: rows))
    }

    @Test("clips what is written at every edge")
    func clipping() {
        var screen = screen(4, 2)
        #expect(screen.write("abcdef", x: 2, y: 0, style: .plain) == 2)
        screen.write("abcdef", x: -4, y: 1, style: .plain)
        #expect(screen.write("out", x: 0, y: 2, style: .plain) == 0)
        #expect(screen.write("out", x: 0, y: -1, style: .plain) == 0)
        #expect(screen.write("out", x: 4, y: 0, style: .plain) == 0)
        #expect(screen.lines == ["  ab", "ef"])
    }

    @Test("writes no more columns than the limit, and never half of a wide character")
    func wideAtTheLimit() {
        var screen = screen()
        screen.write("xxxxxxxx", x: 0, y: 0, style: .plain)
        #expect(screen.write("日本", x: 0, y: 0, style: .plain, limit: 3) == 3)
        #expect(screen.lines == ["日 xxxxx"])
    }

    @Test("takes away both halves of a wide character that is written over", arguments: [(2, "日 x"), (3, "日 x本")])
    func halves(x: Int, expected: String) {
        var screen = screen()
        screen.write("日本", x: 0, y: 0, style: .plain)
        if x == 2 {
            screen.write(" x", x: 2, y: 0, style: .plain)
            #expect(screen.lines == [expected])
        } else {
            screen.write("日語本", x: 0, y: 0, style: .plain)
            screen.write("x", x: 3, y: 0, style: .plain)
            #expect(screen.lines == [expected])
        }
        #expect(TextWidth.columns(of: screen.lines[0]) <= 8)
    }

    @Test("draws every control code as something that a terminal does not obey")
    func controls() {
        for value in Array(UInt32(0)..<0x20) + Array(0x7F..<0xA0) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var screen = screen()
            screen.write("a\(Character(scalar))b", x: 0, y: 0, style: .plain)
            let scalars = screen.lines[0].unicodeScalars
            #expect(scalars.count == 3, "U+\(String(value, radix: 16))")
            #expect(scalars.allSatisfy { $0.properties.generalCategory != .control })
            #expect(Display.printable("\(Character(scalar))").unicodeScalars.allSatisfy { $0.value >= 0x20 })
        }
    }

    @Test(
        "lets no text turn the direction or hide itself",
        arguments: [0x61C, 0x180E, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFF9, 0xE0041, 0xE000, 0x600, 0x1D173] as [UInt32])
    func overrides(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        var screen = screen()
        screen.write("a\(String(Character(scalar)))b", x: 0, y: 0, style: .plain)
        #expect(screen.lines == ["a\u{FFFD}b"])
    }

    @Test("shows an escape sequence letter by letter")
    func escapes() {
        #expect(Display.printable("\u{1B}[2J\u{1B}]0;x\u{7}\u{9B}1m") == "␛[2J␛]0;x␇\u{FFFD}1m")
    }

    @Test("keeps a mark with its letter, and not more of them than a cell bears")
    func marks() {
        var screen = screen()
        screen.write("e" + String(repeating: "\u{301}", count: 500), x: 0, y: 0, style: .plain)
        #expect(screen[0, 0].text.unicodeScalars.count <= 5)
        #expect(screen[1, 0].text == " ")
        screen.write("\u{301}x", x: 0, y: 0, style: .plain)
        #expect(screen[0, 0].text == "x")
    }

    @Test("keeps every column where it is in ASCII")
    func ascii() {
        var screen = screen(16)
        screen.write("▾ 日本 e\u{301}│x ✗ …", x: 0, y: 0, style: .plain)
        let plain = screen.transliteratedToASCII()
        #expect(plain.lines == ["v ???? e|x x ~"])
        for x in 0..<16 { #expect(plain[x, 0].text.utf8.count == 1) }
    }

    @Test("fills and restyles only what is on the screen")
    func areas() {
        var screen = screen(3, 2)
        let strong = Style(attributes: .bold)
        screen.fill(Rectangle(x: 1, y: -3, width: 50, height: 50), strong, with: "#")
        #expect(screen.lines == [" ##", " ##"])
        screen.restyle(Rectangle(x: -5, y: 1, width: 6, height: 9)) { _ in strong }
        #expect(screen.stylePlane.rows == [".aa", "aaa"])
        #expect(screen.stylePlane.legend == ["a bold"])
    }

    @Test("reads sizes that make sense and no others")
    func sizes() {
        #expect(Size("120x40") == Size(columns: 120, rows: 40))
        for text in ["", "x", "80", "80x", "0x5", "80x24x2", "-1x5", "99999x5", "a x b"] { #expect(Size(text) == nil) }
    }

    @Test("cuts rectangles without leaving them")
    func rectangles() {
        let whole = Rectangle(x: 0, y: 0, width: 10, height: 3)
        #expect(whole.top(9) == whole)
        #expect(whole.bottom(1) == Rectangle(x: 0, y: 2, width: 10, height: 1))
        #expect(whole.droppingTop(9).isEmpty)
        #expect(whole.droppingBottom(9).isEmpty)
        #expect(whole.top(-4).isEmpty)
    }
}
