import TraceModel

/// Reads one term of a query.
enum QueryParser {
    static func term(_ word: [QueryCharacter]) throws(QueryError) -> TraceQuery.Term {
        var rest = word[...]
        let isNegated = rest.count > 1 && rest.first?.value == "-" && rest.first?.isQuoted == false
        if isNegated { rest.removeFirst() }
        guard let (name, comparison, value) = split(rest) else {
            let text = String(rest.map(\.value))
            guard let needle = SearchText(text) else { throw QueryError(description: "a word without letters") }
            return TraceQuery.Term(condition: .word(needle), isNegated: isNegated)
        }
        guard let field = field(name) else {
            let known = QueryField.allCases.map(\.rawValue).joined(separator: " ")
            throw QueryError(description: "nothing is called \(name); there are \(known). Quotes make a word of it")
        }
        let condition = try condition(field, comparison, value)
        return TraceQuery.Term(condition: condition, isNegated: isNegated)
    }

    private static func field(_ name: String) -> QueryField? {
        switch name.lowercased() {
        case "root": .name
        case "trace": .id
        case "time": .duration
        case let name: QueryField(rawValue: name)
        }
    }

    /// A name, a comparison right after it, and the rest; nothing where it is a word.
    private static func split(_ word: ArraySlice<QueryCharacter>) -> (String, TraceQuery.Comparison, String)? {
        let end = word.firstIndex { $0.isQuoted || !($0.value.isLetter || $0.value == "_") } ?? word.endIndex
        guard end > word.startIndex, end < word.endIndex else { return nil }
        let after = word[end...]
        for comparison in TraceQuery.Comparison.allCases {
            let sign = Array(comparison.rawValue)
            guard after.count >= sign.count, after.prefix(sign.count).map(\.value) == sign,
                !after.prefix(sign.count).contains(where: \.isQuoted)
            else { continue }
            return (String(word[..<end].map(\.value)), comparison, String(after.dropFirst(sign.count).map(\.value)))
        }
        return nil
    }

    private static func condition(
        _ field: QueryField, _ comparison: TraceQuery.Comparison, _ value: String
    ) throws(QueryError) -> TraceQuery.Condition {
        switch field.kind {
        case .text:
            guard [.equal, .notEqual, .matches, .notMatches].contains(comparison) else {
                throw QueryError(description: "\(field.rawValue) is a text: compare with = != ~ !~")
            }
            if comparison == .matches || comparison == .notMatches, (try? Regex(value)) == nil {
                throw QueryError(description: "\(value) is no regular expression")
            }
            return .text(field, comparison, value)
        case .status:
            guard let status = TraceQuery.Status(rawValue: value), [.equal, .notEqual].contains(comparison) else {
                throw QueryError(description: "a status is ok, error or running: status=error")
            }
            return .status(status, comparison == .equal)
        case .number, .duration, .time:
            if value == "none" {
                guard [.equal, .notEqual].contains(comparison) else {
                    throw QueryError(description: "\(field.rawValue) is none or is not: \(field.rawValue)=none")
                }
                return .isUnknown(field, comparison == .equal)
            }
            guard comparison != .matches, comparison != .notMatches else {
                throw QueryError(description: "\(field.rawValue) is a number: compare with = != < <= > >=")
            }
            return .number(field, comparison, try number(field, value))
        }
    }

    private static func number(_ field: QueryField, _ value: String) throws(QueryError) -> Double {
        switch field.kind {
        case .duration:
            if let duration = duration(value) { return duration }
            throw QueryError(description: "\(value) is no duration; as in 250ms 2s 1.5m 3h")
        case .time:
            if let time = Timestamp.parse(value, isUTC: true) { return Double(time) }
            throw QueryError(description: "\(value) is no time; as in 2026-11-20 or 2026-11-20T14:30, in UTC")
        default:
            if let number = amount(value) { return number }
            throw QueryError(description: "\(value) is no number; as in 0.5 or 20k")
        }
    }

    private static func amount(_ text: String) -> Double? {
        let scale: Double =
            switch text.last {
            case "k": 1e3
            case "M": 1e6
            default: 1
            }
        let number = Double(scale == 1 ? text : String(text.dropLast()))
        return number.flatMap { $0.isFinite ? $0 * scale : nil }
    }

    /// In nanoseconds; a number without a unit is seconds.
    private static func duration(_ text: String) -> Double? {
        let units: [(String, Double)] = [
            ("ns", 1), ("us", 1e3), ("µs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86400e9),
        ]
        for (unit, scale) in units where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.count)).flatMap { $0.isFinite ? $0 * scale : nil }
        }
        return Double(text).flatMap { $0.isFinite ? $0 * 1e9 : nil }
    }
}
