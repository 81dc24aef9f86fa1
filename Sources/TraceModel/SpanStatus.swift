/// How a span says that it went; the raw values are those of the protocol.
package enum SpanStatus: UInt8, Sendable, CaseIterable {
    case unset, ok, error

    /// As `show --json` and the span's tabs name it.
    package var name: String {
        switch self {
        case .unset: "unset"
        case .ok: "ok"
        case .error: "error"
        }
    }
}
