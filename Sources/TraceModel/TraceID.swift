/// The 16 bytes that name a trace.
package struct TraceID: Hashable, Sendable, Comparable {
    package var high: UInt64
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads 32 hex digits, or fewer, which stand for the low end as in Zipkin's 64-bit ids.
    package init?(hex: some StringProtocol) {
        var text = String(hex)
        guard let id = text.withUTF8({ TraceID(hex: $0) }) else { return nil }
        self = id
    }

    package init?(hex digits: UnsafeBufferPointer<UInt8>) {
        guard !digits.isEmpty, digits.count <= 32 else { return nil }
        let split = max(0, digits.count - 16)
        guard
            let high = split == 0 ? 0 : Hexadecimal.value(of: UnsafeBufferPointer(rebasing: digits[..<split])),
            let low = Hexadecimal.value(of: UnsafeBufferPointer(rebasing: digits[split...]))
        else { return nil }
        self.init(high: high, low: low)
    }

    /// An id of all zeros is one that its writer did not set.
    package var isZero: Bool { high == 0 && low == 0 }

    package static func < (left: TraceID, right: TraceID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension TraceID: CustomStringConvertible {
    /// Always 32 lower-case hex digits.
    package var description: String {
        Hexadecimal.string(of: high) + Hexadecimal.string(of: low)
    }
}
