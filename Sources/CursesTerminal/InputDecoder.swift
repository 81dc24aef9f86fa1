import Cells

/// Turns what the terminal sends, character by character, into keys, mouse events and pastes.
///
/// Curses knows the keys of the terminal's description; mouse reports, bracketed pastes and Alt come as characters
/// behind an escape, and are put together here. A lone escape is told from the beginning of a sequence by the pause
/// after it, of which `flush` tells.
struct InputDecoder {
    enum Unit: Equatable {
        case character(Unicode.Scalar)
        case key(Key)
    }

    private enum Mode {
        case plain
        case escape
        case sequence(String)
        case paste(String)
    }

    private static let longestPaste = 1 << 20
    private static let pasteEnd = "\u{1B}[201~"
    private var mode = Mode.plain

    /// Something is begun that more characters, or a pause, must end.
    var isPending: Bool {
        switch mode {
        case .plain, .paste: false
        case .escape, .sequence: true
        }
    }

    mutating func take(_ unit: Unit) -> [InputEvent] {
        switch unit {
        case .key(let key):
            let before = flush()
            return before + [.key(key)]
        case .character(let scalar): return take(scalar)
        }
    }

    /// Nothing came for a while: what is begun stands for itself.
    mutating func flush() -> [InputEvent] {
        defer { if isPending { mode = .plain } }
        switch mode {
        case .plain, .paste: return []
        case .escape: return [.key(.escape)]
        case .sequence(let text):
            return [.key(.escape)] + text.unicodeScalars.compactMap { Self.key($0).map(InputEvent.key) }
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> [InputEvent] {
        switch mode {
        case .plain:
            if scalar == "\u{1B}" {
                mode = .escape
                return []
            }
            return Self.key(scalar).map { [.key($0)] } ?? []
        case .escape:
            if scalar == "[" || scalar == "O" {
                mode = .sequence(String(scalar))
                return []
            }
            mode = .plain
            if scalar == "\u{1B}" { return [.key(.escape)] }
            return [.key(.alt(Character(scalar)))]
        case .sequence(let text): return extend(text, scalar)
        case .paste(let text): return extendPaste(text, scalar)
        }
    }

    private mutating func extend(_ text: String, _ scalar: Unicode.Scalar) -> [InputEvent] {
        let whole = text + String(scalar)
        guard (0x40...0x7E).contains(scalar.value) || whole.count > 32 else {
            mode = .sequence(whole)
            return []
        }
        mode = .plain
        if whole == "[200~" {
            mode = .paste("")
            return []
        }
        if whole.hasPrefix("[<") { return Self.mouse(whole).map { [.mouse($0)] } ?? [] }
        return Self.named[whole].map { [.key($0)] } ?? []
    }

    private mutating func extendPaste(_ text: String, _ scalar: Unicode.Scalar) -> [InputEvent] {
        var text = text
        if text.utf8.count < Self.longestPaste || scalar == "~" { text.unicodeScalars.append(scalar) }
        guard scalar == "~", text.hasSuffix(Self.pasteEnd) else {
            mode = .paste(text)
            return []
        }
        mode = .plain
        return [.paste(String(text.dropLast(Self.pasteEnd.count)))]
    }

    /// Keys as terminals send them whose description does not know them.
    private static let named: [String: Key] = [
        "[A": .up, "[B": .down, "[C": .right, "[D": .left, "OA": .up, "OB": .down, "OC": .right, "OD": .left,
        "[H": .home, "[F": .end, "OH": .home, "OF": .end, "[1~": .home, "[4~": .end, "[5~": .pageUp, "[6~": .pageDown,
        "[3~": .delete, "[2~": .insert, "[Z": .backTab, "OP": .function(1),
    ]

    private static func key(_ scalar: Unicode.Scalar) -> Key? {
        switch scalar.value {
        case 0: .control("@")
        case 9: .tab
        case 10, 13: .enter
        case 8, 127: .backspace
        case 27: .escape
        case 1...26: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 96)))
        case 28...31: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 64)))
        case 0x80..<0xA0: nil
        default: .character(Character(scalar))
        }
    }

    /// `[<0;12;5M`: button, column and row, pressed or released.
    private static func mouse(_ text: String) -> Mouse? {
        let numbers = text.dropFirst(2).dropLast().split(separator: ";").compactMap { Int($0) }
        guard numbers.count == 3, text.last == "M" || text.last == "m" else { return nil }
        let position = Position(x: numbers[1] - 1, y: numbers[2] - 1)
        let button = numbers[0]
        if button & 64 != 0 { return Mouse(button & 1 == 0 ? .scrollUp : .scrollDown, at: position) }
        if text.last == "m" { return Mouse(.release, at: position) }
        return Mouse(button & 32 != 0 ? .drag : .press, at: position)
    }
}
