import TraceFormats

/// Judgements as they are kept here.
enum RewardLines {
    static func line(_ judged: JudgedRecord) -> [UInt8] { RewardCodec.line(judged.record) }
}
