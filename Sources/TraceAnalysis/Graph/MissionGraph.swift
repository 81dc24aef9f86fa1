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
    package private(set) var nodes: [Node] = []
    package internal(set) var edges: [Edge] = []
    private var positions: [SpanID: Int] = [:]
    /// By position, that of the node which it is part of; nothing for those that are part of none that is there.
    package private(set) var parents: [Int?] = []

    /// Of many traces, who calls whom.
    init(calls nodes: [Node], _ edges: [Edge]) {
        origin = .calls
        self.edges = edges
        take(nodes)
    }

    /// `bodies` are those of the table's spans, in its order.
    package init(_ table: SpanTable, _ bodies: [SpanBody]) {
        let isNode = bodies.map { $0.attributes.contains { $0.key == SpanVocabulary.nodeKind } }
        let hasLinks = bodies.contains { body in body.links.contains { $0.traceID == body.traceID } }
        origin = isNode.contains(true) ? .plan : hasLinks ? .links : .spans
        let members = bodies.indices.filter { origin == .plan ? isNode[$0] : true }
        let nodes = Self.nodes(members, table, bodies)
        take(nodes + addEdges(nodes, bodies))
        addOrder()
        addMoments(bodies)
    }

    // MARK: Nodes

    package func position(of id: SpanID) -> Int? { positions[id] }

    package func parent(of id: SpanID) -> SpanID? { position(of: id).flatMap { nodes[$0].parent } }

    /// The node that a span is, or is the work of.
    package func owner(of span: SpanID) -> SpanID? {
        position(of: span) != nil ? span : nodes.first { $0.spans.contains(span) }?.id
    }

    package mutating func setReward(_ value: Double?, at position: Int) { nodes[position].reward = value }

    mutating func setHistory(_ changes: [Change], _ notes: [Note], at position: Int) {
        nodes[position].changes = changes
        nodes[position].notes = notes
    }

    mutating func take(_ nodes: [Node]) {
        let positions = Dictionary(nodes.indices.map { (nodes[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
        self.nodes = nodes
        self.positions = positions
        parents = nodes.indices.map { node in
            nodes[node].parent.flatMap { positions[$0] }.flatMap { $0 == node ? nil : $0 }
        }
    }

    private static func nodes(_ members: [Int], _ table: SpanTable, _ bodies: [SpanBody]) -> [Node] {
        var owners = NodeOwners(of: bodies, nodes: Set(members.map { bodies[$0].spanID }))
        var owned: [SpanID: [SpanID]] = [:]
        for body in bodies where !owners.nodes.contains(body.spanID) {
            if let owner = owners.owner(of: body.parentID) { owned[owner, default: []].append(body.spanID) }
        }
        return members.map { member in
            let body = bodies[member]
            let traits = table.traits[member]
            let detail = SpanDetail(body)
            return Node(
                id: body.spanID, ref: table.refs[member], label: label(body, detail), title: title(body),
                goal: detail.title, kind: body.attributes.text(SpanVocabulary.nodeKind) ?? kind(traits),
                state: state(body, traits), agent: detail.agent, start: body.start,
                duration: traits.isRunning ? 0 : table.durations[member], parent: owners.owner(of: body.parentID),
                spans: [body.spanID] + (owned[body.spanID] ?? []),
                reward: table.rewards[Int32(member)].map { Double($0) })
        }
    }

    private static func label(_ body: SpanBody, _ detail: SpanDetail) -> String {
        [body.attributes.text(SpanVocabulary.nodeLabel), body.name, detail.title]
            .compactMap { $0 }.filter { !$0.isEmpty }.reduce(into: [String]()) { words, word in
                if !words.contains(where: { $0.contains(word) }) { words.append(word) }
            }.joined(separator: "  ")
    }

    private static func title(_ body: SpanBody) -> String {
        guard let label = body.attributes.text(SpanVocabulary.nodeLabel), !body.name.contains(label) else {
            return body.name
        }
        return "\(label) \(body.name)"
    }

    private static func kind(_ traits: SpanTraits) -> String {
        traits.category == .other ? "span" : "\(traits.category)"
    }

    private static func state(_ body: SpanBody, _ traits: SpanTraits) -> SpanVocabulary.NodeState {
        if let state = body.attributes.text(SpanVocabulary.nodeState).flatMap({ SpanVocabulary.NodeState(rawValue: $0) }
        ) {
            return state
        }
        if traits.status == .error { return .failed }
        return traits.isRunning ? .running : .done
    }

    // MARK: Edges

    /// What nodes link to and is nowhere to be found.
    private mutating func addEdges(_ nodes: [Node], _ bodies: [SpanBody]) -> [Node] {
        var missing: [Node] = []
        var known = Set(nodes.map(\.id))
        // One record may name what flows where another only says that something does.
        var seen: [Edge: Int] = [:]
        for body in bodies where known.contains(body.spanID) {
            for link in body.links where link.traceID == body.traceID {
                let edge = Edge(
                    from: link.spanID, to: body.spanID, kind: link.attributes.text(SpanVocabulary.linkKind) ?? "order",
                    label: link.attributes.text(SpanVocabulary.linkLabel) ?? "")
                var plain = edge
                plain.label = ""
                if let place = seen[plain] {
                    if edges[place].label.isEmpty { edges[place].label = edge.label }
                    continue
                }
                seen[plain] = edges.count
                edges.append(edge)
                guard known.insert(link.spanID).inserted else { continue }
                missing.append(
                    Node(
                        id: link.spanID, label: "missing \(link.spanID)", title: "missing", goal: "\(link.spanID)",
                        kind: "missing", state: .pending, agent: "", start: 0, duration: 0, spans: [], isMissing: true))
            }
        }
        return missing
    }

    /// Of siblings that nothing connects, each comes after the last that had ended when it began.
    private mutating func addOrder() {
        var connected: Set<SpanID?> = []
        for edge in edges where parent(of: edge.from) == parent(of: edge.to) { connected.insert(parent(of: edge.to)) }
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
