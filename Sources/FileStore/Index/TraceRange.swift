/// The least and greatest trace number of a stretch of rows, so that a trace is looked for only where it may be.
struct TraceRange: Sendable {
    private(set) var low: UInt32
    private(set) var high: UInt32

    /// Of no rows.
    static let none = TraceRange(low: .max, high: 0)

    mutating func take(_ trace: UInt32) {
        low = min(low, trace)
        high = max(high, trace)
    }

    func mayHave(_ trace: UInt32) -> Bool { low <= trace && trace <= high }
}
