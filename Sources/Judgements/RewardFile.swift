import TraceFormats
import TraceModel
import TraceStore

/// Judgements as lines of a file, only ever added to: the journal, or a sidecar beside what it is of.
struct RewardFile: Sendable {
    let path: String

    /// Safe on the disk when it returns.
    func append(_ records: [RewardRecord]) throws(StoreError) {
        try LineFile(path: path).append(records.map { RewardCodec.line($0) })
    }

    /// Every judgement in it from an offset on.
    func read(from offset: UInt64 = 0) -> LineFile.Reading<RewardRecord> {
        LineFile(path: path).read(from: offset, what: "judgement") { RewardCodec.record($0) }
    }
}
