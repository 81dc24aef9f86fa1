import FileStore
import TraceFormats
import TraceModel
import TraceStore

/// A span that is judged, and where it is from.
struct FoundSpan {
    var span: SpanRef
    /// All that it says; where its source cannot be read any more, its ids alone.
    var body: SpanBody
    var origin: FileOrigin
}

extension JudgedStore {
    /// Finds a span as its source has it. Where the source has gone or changed meanwhile, what the index knows will do, unless
    /// the source gives what is judged an id of its own.
    func identify(_ span: SpanRef) async throws(StoreError) -> FoundSpan {
        guard let origin = files.origin(of: span) else { throw StoreError("nobody knows which file the span is from") }
        do throws(StoreError) {
            return FoundSpan(span: span, body: try await files.body(of: span, limit: nil), origin: origin)
        } catch {
            switch origin.format {
            case .rlTriplets, .rlTripletsDatabase, .aspTelemetry: throw error
            default: break
            }
            guard let known = files.indexed(span) else { throw error }
            var body = SpanBody(
                traceID: known.trace, spanID: known.span, parentID: known.parent, name: "", start: 0, end: 0)
            if !known.traceName.isEmpty {
                body.attributes.append(Attribute(SpanVocabulary.traceID, .string(known.traceName)))
            }
            // An index has rewards in half the digits: as they were written, not as they are in memory.
            if let reward = known.reward.flatMap({ Double("\($0)") }) {
                body.attributes.append(Attribute(SpanVocabulary.reward, .double(reward)))
            }
            return FoundSpan(span: span, body: body, origin: origin)
        }
    }
}
