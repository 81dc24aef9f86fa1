/// What spans are called: names are few, and they repeat.
struct RepeatedNames {
    private struct Known {
        var first: [UInt8]
        var second: [UInt8]
        var name: String
    }

    private static let most = 32

    private let separator: String
    private var known: [Known] = []

    init(between separator: String = ".") {
        self.separator = separator
    }

    /// The two with what stands between; nothing where there is neither.
    mutating func name(_ first: FieldText?, _ second: FieldText? = nil) -> String? {
        guard first != nil || second != nil else { return nil }
        // By number: to go through them would be to copy each.
        for number in known.indices
        where Self.equal(first, known[number].first) && Self.equal(second, known[number].second) {
            return known[number].name
        }
        let name = [first?.string, second?.string].compactMap { $0 }.joined(separator: separator)
        if known.count < Self.most {
            known.append(Known(first: Self.bytes(first), second: Self.bytes(second), name: name))
        }
        return name
    }

    private static func equal(_ text: FieldText?, _ bytes: [UInt8]) -> Bool {
        text.map { $0 == bytes } ?? bytes.isEmpty
    }

    private static func bytes(_ text: FieldText?) -> [UInt8] { text?.withBytes { Array($0) } ?? [] }
}
