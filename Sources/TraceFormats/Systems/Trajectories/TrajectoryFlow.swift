import TraceModel

/// What connects the steps of a trajectory: files that one read or wrote and a later one takes up, else their order.
struct TrajectoryFlow {
    /// The last step that had to do with a file.
    private var steps: [String: SpanID] = [:]
    private var last: SpanID?

    private static let keys: [StaticString] = ["file_path", "filePath", "path", "notebook_path", "file", "filename"]

    mutating func connect(_ span: inout TranslatedSpan, using input: JSONView) {
        let (id, trace) = (span.body.spanID, span.body.traceID)
        let files = Self.keys.compactMap { input[$0].filled }
        var known: Set<SpanID> = []
        for file in files {
            if let earlier = steps[file], earlier != id, known.insert(earlier).inserted {
                let name = file.split(separator: "/").last.map(String.init) ?? file
                span.link(to: earlier, in: trace, .data, label: name)
            }
            steps[file] = id
        }
        if known.isEmpty, let last, last != id { span.link(to: last, in: trace, .order) }
        last = id
    }
}
