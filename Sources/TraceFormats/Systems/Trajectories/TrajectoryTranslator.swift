import TraceModel

/// The Agent Lightning optimizer's trajectories: single ones, pages of the API's answers, bodies that the SDK sends.
struct TrajectoryTranslator: TraceTranslator {
    static let format = ForeignFormat(.trajectory, .document, recognises: recognises) {
        TrajectoryTranslator(source: $0)
    }
    static let lines = ForeignFormat(.trajectoryLines, .lines, records: .inAnyOrder, recognises: recognises) {
        TrajectoryTranslator(source: $0)
    }

    private static func recognises(_ value: JSONView) -> Bool {
        let inner = content(of: value)
        return TrajectoryMapping.isTrajectory(inner.kind == .array ? inner[0] : inner)
    }

    /// Without the wrapping of the API's answers.
    private static func content(of value: JSONView) -> JSONView {
        guard value.kind == .object, value["data"].kind == .object || value["data"].kind == .array else {
            return value["trajectories"].kind == .array ? value["trajectories"] : value
        }
        return value["data"]["trajectories"].kind == .array ? value["data"]["trajectories"] : value["data"]
    }

    let source: TranslationSource

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        let content = Self.content(of: record)
        let records = content.kind == .array ? Array(content.elements) : [content]
        // The SDK's bodies name no trajectory: those of one folder are of one.
        let names = source.names.dropLast()
        let mapping = TrajectoryMapping(fallback: names.last.map { "trajectory in \($0)" } ?? "trajectory")
        for record in records {
            let place = place.place(of: record)
            if TrajectoryMapping.isTrajectory(record) {
                mapping.take(record, at: place, into: &output)
            } else {
                output.report("no trajectory: it has no agent and no steps", at: place)
            }
        }
    }
}
