import Cells
import CursesTerminal
import Testing

@Suite("Colours on terminals of few and of very many")
struct TerminalColorTests {
    @Test("The terminal's own colours stay its own", arguments: [8, 16, 256, 1 << 24])
    func standard(_ colors: Int) {
        #expect(TerminalColor.foreground(.standard, of: colors) == .init(number: -1))
        #expect(TerminalColor.background(.standard, of: colors) == -1)
    }

    @Test(
        "A palette's number is itself where the terminal has so many",
        arguments: [(8, 3), (16, 12), (256, 12), (256, 240)])
    func palette(_ colors: Int, _ index: UInt8) {
        #expect(TerminalColor.foreground(.palette(index), of: colors) == .init(number: Int32(index)))
        #expect(TerminalColor.background(.palette(index), of: colors) == Int32(index))
    }

    @Test("Eight colours have bold for bright, and dim for grey")
    func eight() {
        #expect(TerminalColor.foreground(.palette(9), of: 8) == .init(number: 1, isBold: true))
        #expect(TerminalColor.foreground(.palette(8), of: 8) == .init(number: -1, isDim: true))
        #expect(TerminalColor.background(.palette(9), of: 8) == 1)
    }

    @Test("A grey ground can still be told from black among eight colours")
    func greyGround() {
        #expect(TerminalColor.background(.palette(8), of: 8) > 0)
    }

    @Test("No number that the terminal lacks is asked for", arguments: [8, 16, 256])
    func bounds(_ colors: Int) {
        for index in UInt8.min...UInt8.max where Int(index) < max(colors, 16) {
            #expect(TerminalColor.foreground(.palette(index), of: colors).number < colors)
            #expect(TerminalColor.background(.palette(index), of: colors) < colors)
        }
        #expect(TerminalColor.foreground(.rgb(255, 255, 255), of: colors).number == -1)
    }

    @Test("Direct colour is red, green and blue in one number, for the palette's as well")
    func direct() {
        #expect(TerminalColor.foreground(.rgb(0x12, 0x34, 0x56), of: 1 << 24).number == 0x123456)
        #expect(TerminalColor.background(.palette(196), of: 1 << 24) == 0xFF0000)
        #expect(TerminalColor.foreground(.palette(3), of: 1 << 24).number == 3)
        #expect(TerminalColor.foreground(.rgb(0, 0, 3), of: 1 << 24).number >= 8)
    }

    @Test("Text does not fall into a ground of its own colour", arguments: Int32(0)...15)
    func contrast(_ number: Int32) {
        let text = TerminalColor.foreground(.palette(UInt8(number)), of: 16, on: number)
        #expect(text.number != number)
        #expect(TerminalColor.foreground(.palette(UInt8(number)), of: 16, on: -1).number == number)
    }
}
