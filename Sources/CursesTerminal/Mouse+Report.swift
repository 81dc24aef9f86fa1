import Cells

extension Mouse {
    /// Reads an SGR report without its escape, `[<0;12;5M`: button and modifiers, column and row from 1, pressed or
    /// released. Nothing for buttons other than the left, which are the terminal's own, and for wheels that turn sideways.
    init?(report: String) {
        guard report.hasPrefix("[<"), let end = report.last, end == "M" || end == "m" else { return nil }
        let numbers = report.dropFirst(2).dropLast().split(separator: ";", omittingEmptySubsequences: false)
            .map { Int($0) }
        guard numbers.count == 3, let code = numbers[0], let column = numbers[1], let row = numbers[2],
            code >= 0, column > 0, row > 0
        else { return nil }
        let isMotion = code & 32 != 0
        let action: Action
        switch code & ~(4 | 8 | 16 | 32) {
        case 0: action = end == "m" ? .release : isMotion ? .drag : .press
        case 64: action = .scrollUp
        case 65: action = .scrollDown
        default: return nil
        }
        self.init(action, at: Position(x: column - 1, y: row - 1))
    }
}
