import TraceModel

/// A run of WriteHERE's, as far as its events have told it: little, so that any number of runs of any length can be read.
struct WriteHERERun {
    struct Call {
        var span: SpanID
        var start: Int64
        /// A call's own id, where its events have one.
        var id: String?
    }

    struct Step {
        var node: String?
        var number: String?
        var isNamed: Bool
    }

    struct Node {
        /// Its creation was told; otherwise others only spoke of it.
        var isTold: Bool
        var isOver = false
    }

    let name: String
    let trace: TraceID
    var start: Int64
    var last: Int64
    var isTold = false
    /// The node that all others are in.
    var rootNode: String?
    var nodes: [String: Node] = [:]
    /// Steps that have begun, by their keys.
    var steps: [String: Step] = [:]
    /// Calls that have begun, by what they are of.
    var calls: [String: [Call]] = [:]

    init(_ name: String, start: Int64) {
        self.name = name
        trace = DerivedID.trace(name, in: "writehere")
        self.start = start
        last = start
    }

    var root: SpanID { DerivedID.span("writehere run \(name)") }

    func node(_ id: String) -> SpanID { DerivedID.span("writehere event node \(id)") }

    func step(_ key: String) -> SpanID { DerivedID.span("writehere step \(name) \(key)") }

    func piece(
        _ id: SpanID, parent: SpanID = SpanID(0), name: String = "", start: Int64 = 0, end: Int64 = 0,
        at place: RecordPlace
    ) -> TranslatedSpan {
        TranslatedSpan(
            pieceOf: id, in: trace, parent: parent, name: name, start: start, end: end, service: "writehere", at: place)
    }

    /// Notes that a node took a status.
    mutating func set(_ status: String, of id: String, _ time: Int64, _ place: RecordPlace) -> TranslatedSpan {
        let state = WriteHEREStatus.state(status)
        let isOver = WriteHEREStatus.isOver(status)
        nodes[id, default: Node(isTold: false)].isOver = isOver
        var change = piece(node(id), end: isOver ? time : 0, at: place)
        change.set("node.status", status)
        change.set(SpanVocabulary.nodeState, state?.rawValue)
        if let state { change.note(state, status: status, at: time) }
        if state == .failed { change.fail(status) }
        if state == .done { change.body.status = .ok }
        return change
    }

    /// Ends what had not ended when the run did: nothing is at work in a run that is over. Where the run failed, it did so in
    /// the step that it was at.
    mutating func close(at time: Int64, failure: String?, _ place: RecordPlace) -> [TranslatedSpan] {
        var spans: [TranslatedSpan] = []
        for call in calls.sorted(by: { $0.key < $1.key }).flatMap(\.value) {
            spans.append(piece(call.span, end: time, at: place))
        }
        for (key, step) in steps.sorted(by: { $0.key < $1.key }) {
            var span = piece(
                self.step(key), name: step.isNamed ? "" : "step \(step.number ?? "")", end: time, at: place)
            if let failure { span.fail(failure) }
            spans.append(span)
        }
        for (id, node) in nodes.sorted(by: { $0.key < $1.key }) where !node.isOver {
            spans.append(piece(self.node(id), end: time, at: place))
        }
        calls = [:]
        steps = [:]
        return spans
    }
}
