/// A move over rows, in whatever list.
enum Motion {
    case by(Int)
    case to(Int)
    case end

    /// The motion that a command is, if it is one. `page` is the height of the list.
    init?(_ id: Command.ID, count: Int?, argument: String?, page: Int) {
        let times = count ?? 1
        switch id {
        case .down: self = .by(times)
        case .up: self = .by(-times)
        case .halfPageDown: self = .by(times * max(1, page / 2))
        case .halfPageUp: self = .by(-times * max(1, page / 2))
        case .pageDown: self = .by(times * max(1, page - 1))
        case .pageUp: self = .by(-times * max(1, page - 1))
        case .top: self = .to((count ?? 1) - 1)
        case .bottom: self = count.map { .to($0 - 1) } ?? .end
        case .goto: self = .to((argument.flatMap(Int.init) ?? 1) - 1)
        default: return nil
        }
    }

    func row(from row: Int, rows: Int) -> Int {
        let wanted =
            switch self {
            case .by(let step): row.addingReportingOverflow(step).overflow ? rows - 1 : row + step
            case .to(let row): row
            case .end: rows - 1
            }
        return max(0, min(wanted, rows - 1))
    }
}

extension Outline {
    mutating func apply(_ motion: Motion) {
        move(toRow: motion.row(from: cursor, rows: visible.count))
    }
}
