import TraceModel

/// Whose work each span is: the nearest span above it that is a node. What was walked once is known from then on.
struct NodeOwners {
    let nodes: Set<SpanID>
    private let parents: [SpanID: SpanID]
    private var known: [SpanID: SpanID?] = [:]

    init(of bodies: [SpanBody], nodes: Set<SpanID>) {
        self.nodes = nodes
        parents = Dictionary(bodies.map { ($0.spanID, $0.parentID) }, uniquingKeysWith: { first, _ in first })
    }

    /// The span itself, where it is a node. Nothing for spans that are in each other in a circle.
    mutating func owner(of span: SpanID) -> SpanID? {
        var walked: [SpanID] = []
        var owner: SpanID?
        var above = span
        while !above.isZero {
            if nodes.contains(above) {
                owner = above
                break
            }
            if let found = known[above] {
                owner = found
                break
            }
            known[above] = .some(nil)
            walked.append(above)
            guard let parent = parents[above] else { break }
            above = parent
        }
        for span in walked { known[span] = .some(owner) }
        return owner
    }
}
