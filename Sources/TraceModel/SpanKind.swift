/// OpenTelemetry's kind of a span; the raw values are those of the protocol.
package enum SpanKind: UInt8, Sendable, CaseIterable {
    case unspecified, `internal`, server, client, producer, consumer

    /// As `show --json` and the span's tabs name it.
    package var name: String {
        switch self {
        case .unspecified: "unspecified"
        case .internal: "internal"
        case .server: "server"
        case .client: "client"
        case .producer: "producer"
        case .consumer: "consumer"
        }
    }
}
