import FileStore
import Glibc
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// What a judgement that was made elsewhere is of: a span, or the trace that it is in.
    package struct Takeover {
        let found: FoundSpan
        package let record: RewardRecord
    }

    /// Finds out what is to be taken over. Nothing where it is known already: what is taken over twice changes nothing.
    package func takeover(
        at span: SpanRef, _ record: (_ body: SpanBody, _ now: Int64) -> RewardRecord
    ) async throws(StoreError) -> Takeover? {
        let found = try await identify(span)
        let record = record(found.body, Self.now)
        try check(RewardDraft(record: record, found: found))
        return isKnown(record.id) ? nil : Takeover(found: found, record: record)
    }

    /// Takes over judgements that were made elsewhere, at one stroke.
    package func takeOver(_ takeovers: [Takeover]) throws(StoreError) -> [JudgementReceipt] {
        guard !takeovers.isEmpty else { return [] }
        return try keep(takeovers.map { RewardDraft(record: $0.record, found: $0.found) })
    }

    /// The bytes of a file of judgements, of a pipe, or with `-` of standard input.
    package static func bytes(of path: String) throws(StoreError) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : Glibc.open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor > STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var window = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = descriptor < 0 ? -1 : Glibc.read(descriptor, &window, window.count)
            if count > 0 {
                bytes += window[..<count]
            } else if count == 0 {
                return bytes
            } else if errno != EINTR {
                throw StoreError("\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
        }
    }
}
