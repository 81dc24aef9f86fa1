package import TraceModel

/// What was planned, what waits for what, and how it went: the nodes of a trace and what connects them.
package struct MissionGraph: Sendable, Hashable {
    /// Where the dependencies come from.
    package enum Origin: String, Sendable {
        /// The source says of its spans that they are nodes of a plan.
        case plan
        /// Links between spans.
        case links
        /// Nothing says: how spans nest, and when they were.
        case spans
        /// No plan of a trace: who calls whom over many.
        case calls
    }

    package struct Node: Sendable, Hashable {
        package var id: SpanID
        /// Where its own span is kept; nothing for one that is nowhere.
        package var ref: SpanRef?
        package var label: String
        /// Its number and name in the plan, and what it is to come to.
        package var title: String
        package var goal: String
        package var kind: String
        package var state: SpanVocabulary.NodeState
        package var agent: String
        /// Nanoseconds since the epoch; zero where it has no time yet.
        package var start: Int64
        package var duration: Int64
        package var parent: SpanID?
        /// Its own span first, then those that are its work and no nodes themselves.
        package var spans: [SpanID]
        package var reward: Double?
        /// It is spoken of, and nowhere to be found.
        package var isMissing = false
        /// How it came to where it stands, the earliest first.
        package var changes: [Change] = []
        /// What was decided about it, and when.
        package var notes: [Note] = []
    }

    package struct Change: Sendable, Hashable {
        /// Nanoseconds since the epoch.
        package var time: Int64
        package var state: SpanVocabulary.NodeState
    }

    package struct Note: Sendable, Hashable {
        package var time: Int64
        package var text: String
    }

    package struct Edge: Sendable, Hashable {
        /// From what comes first to what waits for it.
        package var from: SpanID
        package var to: SpanID
        package var kind: String
        package var label: String
    }

    /// Where anything of it changed its state, in the order of time; of equal times in that of the nodes.
    package internal(set) var moments: [Moment] = []

    /// Spans of the trace that were left out.
    package var omitted = 0
    package private(set) var origin = Origin.spans
    package var nodes: [Node] = []
    package internal(set) var edges: [Edge] = []

    /// Of many traces, who calls whom.
    init(calls nodes: [Node], _ edges: [Edge]) {
        origin = .calls
        self.nodes = nodes
        self.edges = edges
    }

    /// `bodies` are those of the table's spans, in its order.
    package init(_ table: SpanTable, _ bodies: [SpanBody]) {
        let isNode = bodies.map { $0.attributes.contains { $0.key == SpanVocabulary.nodeKind } }
        let hasLinks = bodies.contains { body in body.links.contains { $0.traceID == body.traceID } }
        origin = isNode.contains(true) ? .plan : hasLinks ? .links : .spans
        let members = bodies.indices.filter { origin == .plan ? isNode[$0] : true }
        addNodes(members, table, bodies)
        addEdges(bodies)
        addOrder()
        addMoments(bodies)
    }

    // MARK: Nodes

    private mutating func addNodes(_ members: [Int], _ table: SpanTable, _ bodies: [SpanBody]) {
        let ids = Set(members.map { bodies[$0].spanID })
        let parents = Dictionary(bodies.map { ($0.spanID, $0.parentID) }, uniquingKeysWith: { first, _ in first })
        var owned: [SpanID: [SpanID]] = [:]
        for body in bodies where !ids.contains(body.spanID) {
            if let owner = Self.nearest(body.parentID, among: ids, parents) {
                owned[owner, default: []].append(body.spanID)
            }
        }
        for member in members {
            let body = bodies[member]
            let traits = table.traits[member]
            let detail = SpanDetail(body)
            nodes.append(
                Node(
                    id: body.spanID, ref: table.refs[member], label: Self.label(body, detail), title: Self.title(body),
                    goal: detail.title,
                    kind: Self.text(SpanVocabulary.nodeKind, body) ?? Self.kind(traits),
                    state: Self.state(body, traits), agent: detail.agent, start: body.start,
                    duration: traits.isRunning ? 0 : table.durations[member],
                    parent: Self.nearest(body.parentID, among: ids, parents),
                    spans: [body.spanID] + (owned[body.spanID] ?? []),
                    reward: table.rewards[Int32(member)].map { Double($0) }))
        }
    }

    /// The nearest span above, itself included, that is a node. Parents that go in a circle end too.
    private static func nearest(_ id: SpanID, among ids: Set<SpanID>, _ parents: [SpanID: SpanID]) -> SpanID? {
        var above = id
        for _ in 0..<100_000 {
            if above.isZero { return nil }
            if ids.contains(above) { return above }
            guard let next = parents[above], next != above else { return nil }
            above = next
        }
        return nil
    }

    private static func text(_ key: String, _ body: SpanBody) -> String? {
        for attribute in body.attributes where attribute.key == key {
            if case .string(let text) = attribute.value, !text.isEmpty { return text }
        }
        return nil
    }

    private static func label(_ body: SpanBody, _ detail: SpanDetail) -> String {
        [text(SpanVocabulary.nodeLabel, body), body.name, detail.title]
            .compactMap { $0 }.filter { !$0.isEmpty }.reduce(into: [String]()) { words, word in
                if !words.contains(where: { $0.contains(word) }) { words.append(word) }
            }.joined(separator: "  ")
    }

    private static func title(_ body: SpanBody) -> String {
        guard let label = text(SpanVocabulary.nodeLabel, body), !body.name.contains(label) else { return body.name }
        return "\(label) \(body.name)"
    }

    private static func kind(_ traits: SpanTraits) -> String {
        traits.category == .other ? "span" : "\(traits.category)"
    }

    private static func state(_ body: SpanBody, _ traits: SpanTraits) -> SpanVocabulary.NodeState {
        if let state = text(SpanVocabulary.nodeState, body).flatMap({ SpanVocabulary.NodeState(rawValue: $0) }) {
            return state
        }
        if traits.status == .error { return .failed }
        return traits.isRunning ? .running : .done
    }

    // MARK: Edges

    private mutating func addEdges(_ bodies: [SpanBody]) {
        var known = Set(nodes.map(\.id))
        // One record may name what flows where another only says that something does.
        var seen: [Edge: Int] = [:]
        for body in bodies where known.contains(body.spanID) {
            for link in body.links where link.traceID == body.traceID {
                func text(_ key: String) -> String? {
                    for attribute in link.attributes where attribute.key == key {
                        if case .string(let text) = attribute.value { return text }
                    }
                    return nil
                }
                let edge = Edge(
                    from: link.spanID, to: body.spanID, kind: text(SpanVocabulary.linkKind) ?? "order",
                    label: text(SpanVocabulary.linkLabel) ?? "")
                var plain = edge
                plain.label = ""
                if let place = seen[plain] {
                    if edges[place].label.isEmpty { edges[place].label = edge.label }
                    continue
                }
                seen[plain] = edges.count
                edges.append(edge)
                guard known.insert(link.spanID).inserted else { continue }
                var missing = Node(
                    id: link.spanID, label: "missing \(link.spanID)", title: "missing", goal: "\(link.spanID)",
                    kind: "missing", state: .pending, agent: "",
                    start: 0,
                    duration: 0, parent: nil, spans: [], reward: nil)
                missing.isMissing = true
                nodes.append(missing)
            }
        }
    }

    /// Of siblings that nothing connects, each comes after the last that had ended when it began.
    private mutating func addOrder() {
        let parents = Dictionary(nodes.map { ($0.id, $0.parent) }, uniquingKeysWith: { first, _ in first })
        let connected = Set(edges.compactMap { parents[$0.from] == parents[$0.to] ? parents[$0.to] : nil })
        let families = Dictionary(
            grouping: nodes.filter { $0.start > 0 && !connected.contains($0.parent) }, by: \.parent)
        for family in families.values.sorted(by: { ($0[0].start, $0[0].id) < ($1[0].start, $1[0].id) }) {
            // Roots of what has no plan are traces of their own.
            if origin == .spans, family[0].parent == nil { continue }
            let sorted = family.sorted { ($0.start, $0.id) < ($1.start, $1.id) }
            for (position, node) in sorted.enumerated() {
                let before = sorted[..<position].suffix(64).last { $0.start + $0.duration <= node.start }
                if let before { edges.append(Edge(from: before.id, to: node.id, kind: "order", label: "")) }
            }
        }
    }
}
