package import Cells

/// Turns what the terminal sends, character by character, into keys, mouse events and pastes.
///
/// Curses knows the keys of the terminal's description; mouse reports, bracketed pastes and Alt come as characters
/// behind an escape, and are put together here. A lone escape is told from the beginning of a sequence by the pause
/// after it, of which `flush` tells.
package struct InputDecoder {
    /// What curses hands over: a key that it knows, or a character.
    package enum Unit: Equatable {
        case character(Unicode.Scalar)
        case key(Key)
    }

    private enum Mode {
        case plain, escape, sequence, paste
    }

    /// In scalars; what comes beyond is left out.
    package static let longestPaste = 1 << 16
    private static let longestSequence = 32
    private static let pasteEnd = Array("\u{1B}[201~".unicodeScalars)

    private var mode = Mode.plain
    /// What came since the escape, or of the paste.
    private var text = String.UnicodeScalarView()
    private var pasted = 0
    /// How much of the paste's end has come.
    private var endMatched = 0

    package init() {}

    /// Milliseconds after which, if nothing else comes, `flush` is due; nothing where nothing is begun. A hand does not
    /// follow an escape with a key so soon; the rest of a sequence may be late on a slow line, and a paste more so.
    package var patience: Int? {
        switch mode {
        case .plain: nil
        case .escape: 25
        case .sequence: 250
        case .paste: 3000
        }
    }

    /// The events that this one completes, in order.
    package mutating func take(_ unit: Unit) -> [InputEvent] {
        switch unit {
        case .character(let scalar): return take(scalar)
        case .key(let key):
            guard mode != .paste else {
                return key == .enter ? take("\n") : []
            }
            return flush() + [.key(key)]
        }
    }

    /// Nothing came for a while: what is begun stands for itself. Half a sequence is nobody's keys, and dropped.
    package mutating func flush() -> [InputEvent] {
        defer {
            mode = .plain
            text = String.UnicodeScalarView()
            (pasted, endMatched) = (0, 0)
        }
        switch mode {
        case .plain: return []
        case .escape: return [.key(.escape)]
        case .sequence:
            guard text.count == 1, let first = text.first else { return [] }
            return [.key(.alt(Character(first)))]
        case .paste: return [.paste(Self.withLineFeeds(text))]
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
            if scalar == "\u{1B}" { return [.key(.escape)] }
            if scalar == "[" || scalar == "O" {
                mode = .sequence
                text = String.UnicodeScalarView([scalar])
                return []
            }
            mode = .plain
            return scalar.value < 0x20 || scalar.value == 0x7F
                ? [.key(.escape)] + take(scalar) : [.key(.alt(Character(scalar)))]
        case .sequence: return extend(scalar)
        case .paste:
            extendPaste(scalar)
            return endMatched == Self.pasteEnd.count ? flush() : []
        }
    }

    private mutating func extend(_ scalar: Unicode.Scalar) -> [InputEvent] {
        if scalar == "\u{1B}" {
            text = String.UnicodeScalarView()
            mode = .escape
            return []
        }
        // What is longer than any sequence is read to its end, for that to be no key.
        let isKnown = text.count <= Self.longestSequence
        if isKnown { text.append(scalar) }
        // The Linux console's function keys go on after a second bracket.
        let isOpen = text.elementsEqual("[[".unicodeScalars)
        guard (0x40...0x7E).contains(scalar.value) && !isOpen else { return [] }
        let whole = String(text)
        (mode, text) = (.plain, String.UnicodeScalarView())
        guard isKnown else { return [] }
        if whole == "[200~" {
            mode = .paste
            return []
        }
        if whole.hasPrefix("[<") { return Mouse(report: whole).map { [.mouse($0)] } ?? [] }
        return Key(sequence: whole).map { [.key($0)] } ?? []
    }

    private mutating func extendPaste(_ scalar: Unicode.Scalar) {
        if scalar == Self.pasteEnd[endMatched] {
            endMatched += 1
            return
        }
        // It was no end after all. An escape can only be the first of one.
        for scalar in Self.pasteEnd[..<endMatched] { append(scalar) }
        endMatched = scalar == Self.pasteEnd[0] ? 1 : 0
        if endMatched == 0 { append(scalar) }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        guard pasted < Self.longestPaste else { return }
        text.append(scalar)
        pasted += 1
    }

    /// Terminals send the Enter key for a line's end.
    private static func withLineFeeds(_ text: String.UnicodeScalarView) -> String {
        var lines = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text {
            if scalar != "\n" || !isAfterReturn { lines.append(scalar == "\r" ? "\n" : scalar) }
            isAfterReturn = scalar == "\r"
        }
        return String(lines)
    }

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
}
