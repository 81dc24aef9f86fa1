package import TraceModel

extension AttributeValue {
    /// Whether it has values within.
    package var isContainer: Bool {
        switch self {
        case .array, .map: true
        default: false
        }
    }

    /// A value on one short line: `{ role, content … 4 }`, `[ 3 ]`.
    package var summary: String {
        switch self {
        case .empty: "empty"
        case .string(let string): String(string.prefix(80))
        case .bool(let bool): "\(bool)"
        case .int(let int): "\(int)"
        case .double(let double): "\(double)"
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .array(let elements): elements.isEmpty ? "[ ]" : "[ \(elements.count) ]"
        case .map(let attributes): Self.summary(of: attributes)
        }
    }

    /// All of a value as a text: a string as it is, anything else as a person would read it out.
    package var text: String {
        switch self {
        case .string(let string): string
        case .array(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
        case .map(let attributes):
            "{" + attributes.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ") + "}"
        case .empty, .bool, .int, .double, .bytes: summary
        }
    }

    private static func summary(of attributes: [Attribute]) -> String {
        guard !attributes.isEmpty else { return "{ }" }
        let keys = attributes.prefix(3).map { String($0.key.prefix(24)) }.joined(separator: ", ")
        return attributes.count > 3 ? "{ \(keys) … \(attributes.count) }" : "{ \(keys) }"
    }
}
