import TraceModel

/// Nodes, the statuses they take, and what they wait for.
extension WriteHEREEventsTranslator {
    /// Stands in for a node that is spoken of, and whose creation was not told.
    private mutating func expect(
        _ id: String, kind: String? = nil, goal: String? = nil, _ time: Int64, _ place: RecordPlace,
        _ output: inout TranslationOutput
    ) {
        guard runs[at].nodes[id] == nil else { return }
        runs[at].nodes[id] = WriteHERERun.Node(isTold: false)
        let outer = runs[at].rootNode.flatMap { $0 == id ? nil : runs[at].node($0) }
        var span = runs[at].piece(
            runs[at].node(id), parent: outer ?? runs[at].root, name: kind?.lowercased() ?? "node", start: time,
            at: place)
        span.markInferred()
        span.set(SpanVocabulary.spanID, id)
        span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.plan.rawValue)
        span.set("node.task.goal", goal)
        span.set("node.task.type", kind)
        output.add(span)
        if let root = runs[at].rootNode, root != id { expect(root, time, place, &output) }
    }

    /// The same for the node that an event happened at.
    mutating func expectNode(
        of payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let id = payload["node_id"].filled, runs[at].nodes[id] == nil else { return }
        expect(
            id, kind: payload["task_type"].filled, goal: payload.first(of: "node_goal", "task_goal").text, time, place,
            &output)
    }

    /// Of the step that an event happened in, which every event repeats.
    static let context: FieldNames = [
        "step", "action_name", "node_status", "node_next_status", "task_goal", "task_type", "node_id",
    ]

    mutating func addNode(
        _ type: String, _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        let isAdded = type == "node_added"
        guard let id = payload[isAdded ? "added_node_id" : "node_id"].filled else {
            return output.report("a node without its id", at: place)
        }
        if isAdded { expectNode(of: payload, time, place, &output) }
        let outer = payload[isAdded ? "graph_owner_node_id" : "outer_node_id"].filled
        if let outer, outer != id { expect(outer, time, place, &output) }
        if isAdded, runs[at].nodes[id] == nil { expect(id, time, place, &output) }
        let nid = payload[isAdded ? "added_node_nid" : "node_nid"].text ?? ""
        let kind = payload["task_type"].text?.lowercased() ?? "node"
        let name = isAdded ? "" : nid.isEmpty ? kind : "\(nid) \(kind)"
        let parent = outer.flatMap { $0 == id ? nil : runs[at].node($0) } ?? runs[at].root
        var made = runs[at].piece(runs[at].node(id), parent: parent, name: name, start: time, at: place)
        made.set(SpanVocabulary.nodeLabel, nid)
        if !isAdded {
            if runs[at].nodes[id]?.isTold == false { made.set(SpanVocabulary.inferred, .bool(false)) }
            runs[at].nodes[id] = WriteHERERun.Node(isTold: true)
            made.set(SpanVocabulary.spanID, id)
            made.set(SpanVocabulary.nodeKind, payload["node_type"].text == "EXECUTE_NODE" ? "step" : "plan")
            made.set(SpanVocabulary.nodeState, SpanVocabulary.NodeState.pending.rawValue)
            made.set("node.nid", nid)
            made.set("node.type", payload["node_type"])
            made.set("node.task.goal", payload["task_goal"])
            made.set("node.task.type", payload["task_type"])
            made.set("writehere.created.step", payload["step"])
            var known = Self.context
            known.add("node_nid", "node_type")
            made.setRest(of: payload, prefix: "node.", except: known)
            made.note(.pending, status: "created", at: time)
        }
        output.add(made)
    }

    mutating func changeState(
        _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let id = payload["node_id"].filled, let status = payload.first(of: "new_status", "status").text else {
            return output.report("a change of status without node or status", at: place)
        }
        // The type that stands beside it is of the node that the engine is at.
        expect(id, goal: payload["node_goal"].text, time, place, &output)
        output.add(runs[at].set(status, of: id, time, place))
    }

    mutating func addEdge(
        _ payload: JSONView, _ time: Int64, _ place: RecordPlace, _ output: inout TranslationOutput
    ) {
        guard let child = payload["child_node_id"].filled, let parent = payload["parent_node_id"].filled,
            child != parent
        else { return output.report("an edge without two nodes", at: place) }
        expect(child, time, place, &output)
        expect(parent, time, place, &output)
        var span = runs[at].piece(runs[at].node(child), at: place)
        span.link(to: runs[at].node(parent), in: runs[at].trace, .data, label: payload["parent_node_nid"].text)
        output.add(span)
    }
}
