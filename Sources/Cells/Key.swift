/// A key as a person presses it.
package enum Key: Hashable, Sendable {
    case character(Character)
    /// With Ctrl; a lower-case letter, or one of `[ \ ] ^ _ @`.
    case control(Character)
    case alt(Character)
    case enter, escape, tab, backTab, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)

    private static let names: [(key: Key, notation: String, label: String)] = [
        (.enter, "CR", "Enter"), (.escape, "Esc", "Esc"), (.tab, "Tab", "Tab"), (.backTab, "S-Tab", "Shift-Tab"),
        (.backspace, "BS", "Backspace"), (.delete, "Del", "Delete"), (.insert, "Insert", "Insert"), (.up, "Up", "↑"),
        (.down, "Down", "↓"), (.left, "Left", "←"), (.right, "Right", "→"), (.home, "Home", "Home"),
        (.end, "End", "End"), (.pageUp, "PageUp", "PgUp"), (.pageDown, "PageDown", "PgDn"),
        (.character(" "), "Space", "Space"), (.character("<"), "lt", "<"), (.enter, "Enter", "Enter"),
        (.enter, "Return", "Enter"), (.escape, "Escape", "Esc"), (.backspace, "Backspace", "Backspace"),
        (.delete, "Delete", "Delete"), (.pageUp, "PgUp", "PgUp"), (.pageDown, "PgDn", "PgDn"),
    ]

    /// Reads keys as vim writes them: `jj<Enter><C-d>/plan<CR>`.
    package static func parse(_ text: String) throws(KeyError) -> [Key] {
        var keys: [Key] = []
        var rest = text[...]
        while let character = rest.first {
            if character == "<", let close = rest.firstIndex(of: ">"), rest.index(after: rest.startIndex) != close {
                let name = rest[rest.index(after: rest.startIndex)..<close]
                guard let key = named(name) else { throw KeyError(notation: String(name)) }
                keys.append(key)
                rest = rest[rest.index(after: close)...]
            } else {
                keys.append(character == "\n" ? .enter : .character(character))
                rest.removeFirst()
            }
        }
        return keys
    }

    private static func named(_ name: Substring) -> Key? {
        let lower = name.lowercased()
        if let known = names.first(where: { $0.notation.lowercased() == lower }) { return known.key }
        if lower.hasPrefix("c-"), name.count == 3, let letter = lower.last { return .control(letter) }
        if lower.hasPrefix("a-") || lower.hasPrefix("m-"), name.count == 3, let letter = name.last {
            return .alt(letter)
        }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...24).contains(number) {
            return .function(number)
        }
        return nil
    }

    /// As people call it: `Ctrl-D`, `Enter`, `→`.
    package var label: String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let letter): "Ctrl-\(letter.uppercased())"
        case .alt(let letter): "Alt-\(letter)"
        case .function(let number): "F\(number)"
        default: Self.names.first { $0.key == self }?.label ?? "?"
        }
    }
}

/// A key that nobody knows.
package struct KeyError: Error, Sendable, CustomStringConvertible {
    package var notation: String

    package var description: String {
        "there is no key <\(notation)>; keys are written as in vim: j, <Enter>, <C-d>, <Esc>, <PageDown>, <F1>, <lt> for <"
    }
}
