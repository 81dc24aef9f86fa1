import CNcurses
import Cells

extension Key {
    /// The key of a number that curses gives. Shift is not told from plain where it moves.
    init?(code: Int32) {
        switch code {
        case KEY_UP, KEY_SR: self = .up
        case KEY_DOWN, KEY_SF: self = .down
        case KEY_LEFT, KEY_SLEFT: self = .left
        case KEY_RIGHT, KEY_SRIGHT: self = .right
        case KEY_HOME, KEY_SHOME, KEY_A1, KEY_FIND: self = .home
        case KEY_END, KEY_SEND, KEY_C1, KEY_SELECT: self = .end
        case KEY_PPAGE, KEY_SPREVIOUS, KEY_A3: self = .pageUp
        case KEY_NPAGE, KEY_SNEXT, KEY_C3: self = .pageDown
        case KEY_BACKSPACE: self = .backspace
        case KEY_DC, KEY_SDC: self = .delete
        case KEY_IC, KEY_SIC: self = .insert
        case KEY_BTAB: self = .backTab
        case KEY_ENTER: self = .enter
        case (KEY_F0 + 1)...(KEY_F0 + 24): self = .function(Int(code - KEY_F0))
        default: return nil
        }
    }

    /// The key of a sequence without its escape, for terminals whose description does not know what they send: `[A`,
    /// `OP`, `[15~`, or with modifiers, which are dropped, `[1;5A`.
    init?(sequence: String) {
        guard let introducer = sequence.first, let end = sequence.last, sequence.count > 1 else { return nil }
        let middle = sequence.dropFirst().dropLast()
        if end == "~" {
            guard introducer == "[", let key = Self.numbered[String(middle.prefix { $0 != ";" })] else { return nil }
            self = key
            return
        }
        guard middle.allSatisfy({ $0.isASCII && $0.isNumber || $0 == ";" }), let key = Self.lettered[end] else {
            return nil
        }
        self = key
    }

    private static let lettered: [Character: Key] = [
        "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab, "M": .enter,
        "P": .function(1), "Q": .function(2), "R": .function(3), "S": .function(4),
    ]

    private static let numbered: [String: Key] = [
        "1": .home, "2": .insert, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home, "8": .end,
        "11": .function(1), "12": .function(2), "13": .function(3), "14": .function(4), "15": .function(5),
        "17": .function(6), "18": .function(7), "19": .function(8), "20": .function(9), "21": .function(10),
        "23": .function(11), "24": .function(12),
    ]
}
