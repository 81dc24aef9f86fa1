import FileStore
import TraceFormats
import TraceModel

/// How a source has a reward of a target itself, where it can: by the id that it has there.
enum NativeWay {
    case call(String), triplet(String), approval(String), defect(String)

    init?(_ target: RewardTarget, _ found: FoundSpan) {
        guard !found.origin.isPacked else { return nil }
        switch (found.origin.format, target) {
        case (.mhc, .trace), (.mhc, .span):
            guard found.body.parentID.isZero, let id = found.body.attributes.text(SpanVocabulary.traceID) else {
                return nil
            }
            self = .call(id)
        case (.rlTriplets, .triplet(let id, _, _)): self = .triplet(id)
        case (.aspTelemetry, .approval(let id, _, _)): self = .approval(id)
        case (.aspTelemetry, .span):
            guard let id = found.body.attributes.text("asp.defect_id") else { return nil }
            self = .defect(id)
        default: return nil
        }
    }
}
