import FileStore
package import TraceModel
package import TraceStore

extension JudgedStore {
    /// Takes over a judgement that was made elsewhere, of a span or of the trace that it is in. Nothing where it is known
    /// already: what is taken over twice changes nothing.
    package func takeOver(
        at span: SpanRef, _ record: (_ body: SpanBody, _ now: Int64) -> RewardRecord
    ) async throws(StoreError) -> JudgementReceipt? {
        let body = try await files.body(of: span, limit: nil)
        let record = record(body, Self.now)
        guard !isKnown(record.id) else { return nil }
        return try keep(record, body, at: span)
    }

    /// The bytes of a file of judgements.
    package static func bytes(of path: String) throws(StoreError) -> [UInt8] { try LockedFile(path).bytes() }
}
