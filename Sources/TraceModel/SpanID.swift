/// The 8 bytes that name a span within its trace.
package struct SpanID: Hashable, Sendable, Comparable {
    package var value: UInt64

    package init(_ value: UInt64) {
        self.value = value
    }

    /// Reads up to 16 hex digits.
    package init?(hex: some StringProtocol) {
        guard let value = Hexadecimal.value(of: String(hex)) else { return nil }
        self.init(value)
    }

    package init?(hex digits: UnsafeBufferPointer<UInt8>) {
        guard let value = Hexadecimal.value(of: digits) else { return nil }
        self.init(value)
    }

    /// Zero is how a root says that it has no parent.
    package var isZero: Bool { value == 0 }

    package static func < (left: SpanID, right: SpanID) -> Bool { left.value < right.value }
}

extension SpanID: CustomStringConvertible {
    /// Always 16 lower-case hex digits.
    package var description: String { Hexadecimal.string(of: value) }
}
