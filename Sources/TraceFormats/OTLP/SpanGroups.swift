import TraceModel

/// Runs of spans with something in common, in the order they come.
enum SpanGroups {
    static func byResource(_ spans: [SpanBody]) -> [[SpanBody]] { runs(spans) { $0.resource == $1.resource } }

    static func byScope(_ spans: [SpanBody]) -> [[SpanBody]] { runs(spans) { $0.scope == $1.scope } }

    private static func runs(_ spans: [SpanBody], _ areAlike: (SpanBody, SpanBody) -> Bool) -> [[SpanBody]] {
        var groups: [[SpanBody]] = []
        for span in spans {
            if let last = groups.last?.last, areAlike(last, span) {
                groups[groups.count - 1].append(span)
            } else {
                groups.append([span])
            }
        }
        return groups
    }
}
