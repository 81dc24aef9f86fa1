package import TraceModel

/// A span that a translator made, and where it comes from.
package struct TranslatedSpan: Sendable, Equatable {
    /// All but its attributes and its service.
    package var body: SpanBody
    package var attributes: EncodedAttributes
    package private(set) var service: String?
    /// The records it was made of, in its file.
    package var origins: [ByteRange]
    /// Where the records stand that it is made of, where those are not the one at hand alone.
    var reach: ByteRange?
    /// It has events or links, which a brief one does not list.
    private(set) var hasEvents = false
    private(set) var hasLinks = false
    /// Only a part of the span is known here: it adds to what else is read of it. Empty fields take nothing away.
    package var isPiece = false

    /// Of a span that stands nowhere, there is no place.
    package init(_ body: consuming SpanBody, from place: RecordPlace? = nil) {
        let isBrief = place?.isBrief == true
        attributes = isBrief ? EncodedAttributes(noticedOfRoot: body.parentID.isZero) : EncodedAttributes()
        if let place, !isBrief { origins = [place.bytes] } else { origins = [] }
        self.body = body
    }

    /// Only what an index takes notice of is wanted of it: it is made again when it is shown.
    var isBrief: Bool { attributes.isBrief }

    /// A part of what there is to know of a span: others add to it, and nothing is taken away.
    init(
        pieceOf id: SpanID, in trace: TraceID, parent: SpanID = SpanID(0), name: String = "", start: Int64 = 0,
        end: Int64 = 0, service: String? = nil, at place: RecordPlace
    ) {
        self.init(
            SpanBody(traceID: trace, spanID: id, parentID: parent, name: name, start: start, end: end), from: place)
        body.kind = .internal
        isPiece = true
        self.service = service
    }

    /// Marks it as derived rather than read.
    package mutating func markInferred() { set(SpanVocabulary.inferred, .bool(true)) }

    /// Adds an attribute where there is a value: no empty string, no null.
    package mutating func set(_ key: String, _ value: AttributeValue?) {
        switch value {
        case nil, .empty, .string(""): break
        case let value?: attributes.append(key, value)
        }
    }

    package mutating func set(_ key: String, _ text: String?) {
        guard let wish = attributes.wish(key), var text, !text.isEmpty else { return }
        text.withUTF8 { attributes.append(wish, key, UnsafeRawBufferPointer($0)) }
    }

    package mutating func set(_ key: String, _ number: Int64?) {
        guard let number, let wish = attributes.wish(key) else { return }
        var key = key
        key.withUTF8 { attributes.append(wish, "", UnsafeRawBufferPointer($0), number) }
    }

    package mutating func set(_ key: String, _ number: Double?) { set(key, number.map { .double($0) }) }

    /// Sets an attribute in place of what stands under its key.
    package mutating func replace(_ key: String, _ text: String) {
        attributes.remove(key)
        set(key, text)
    }

    /// Adds what stands in the file, containers as JSON in a string.
    package mutating func set(_ key: String, _ view: JSONView) {
        var key = key
        key.withUTF8 { set("", UnsafeRawBufferPointer($0), view) }
    }

    /// Adds every field of an object that nothing else was made of, so that nothing is lost.
    package mutating func setRest(of object: JSONView, prefix: String = "", except known: FieldNames = []) {
        guard attributes.takesAny(prefix) else { return }
        object.forEachField { key, value in
            if JSONText.hasEscape(key) {
                JSONText.withUnescaped(key) { key in
                    if !known.contains(key) { set(prefix, UnsafeRawBufferPointer(key), value) }
                }
            } else if !known.contains(key) {
                set(prefix, UnsafeRawBufferPointer(key), value)
            }
        }
    }

    /// What needs no taking apart goes from the file into the attribute as it stands.
    private mutating func set(_ prefix: String, _ key: UnsafeRawBufferPointer, _ view: JSONView) {
        guard let wish = attributes.wish(prefix, key), view.exists else { return }
        if view.isUTF8 {
            if let text = view.plainText {
                if !text.isEmpty { attributes.append(wish, prefix, key, text) }
                return
            }
            if let number = view.plainInteger { return attributes.append(wish, prefix, key, number) }
        }
        set(prefix + String(decoding: key, as: UTF8.self), view.attribute)
    }

    package mutating func setService(_ name: String) { service = name }

    package mutating func fail(_ message: String) {
        body.status = .error
        body.statusMessage = message
    }

    /// Points to another span. With a kind, it says that this step waits for that one, and what flows from there.
    package mutating func link(
        to span: SpanID, in trace: TraceID, _ kind: SpanVocabulary.LinkKind? = nil, label: String? = nil
    ) {
        hasLinks = true
        if isBrief { return }
        var attributes: [Attribute] = []
        if let kind { attributes.append(Attribute(SpanVocabulary.linkKind, .string(kind.rawValue))) }
        if let label, !label.isEmpty { attributes.append(Attribute(SpanVocabulary.linkLabel, .string(label))) }
        body.links.append(SpanLink(traceID: trace, spanID: span, attributes: attributes))
    }

    /// Adds a moment with the fields of an object.
    mutating func addEvent(
        _ name: @autoclosure () -> String, at time: Int64, _ fields: JSONView, except known: FieldNames
    ) {
        hasEvents = true
        if isBrief { return }
        var event = SpanEvent(name: name(), time: time)
        for (key, value) in fields.fields where value.exists && !known.contains(key) {
            event.attributes.append(Attribute(key, value.attribute))
        }
        body.events.append(event)
    }

    /// Notes that the node took a state, in our word and the source's own.
    package mutating func note(
        _ state: SpanVocabulary.NodeState, status: @autoclosure () -> String, at time: Int64
    ) {
        hasEvents = true
        if isBrief { return }
        body.events.append(
            SpanEvent(
                name: SpanVocabulary.stateEvent, time: time,
                attributes: [
                    Attribute(SpanVocabulary.nodeState, .string(state.rawValue)),
                    Attribute("status", .string(status())),
                ]))
    }

    /// Adds a judgement that the source has of this span, as OpenTelemetry's event of an evaluation.
    package mutating func addScore(
        _ name: String, value: Double?, label: String? = nil, explanation: String? = nil, by author: String? = nil,
        at time: Int64
    ) {
        hasEvents = true
        if isBrief { return }
        var event = SpanEvent(name: "gen_ai.evaluation.result", time: time)
        event.attributes.append(Attribute("gen_ai.evaluation.name", .string(name)))
        if let value { event.attributes.append(Attribute("gen_ai.evaluation.score.value", .double(value))) }
        if let label { event.attributes.append(Attribute("gen_ai.evaluation.score.label", .string(label))) }
        if let explanation { event.attributes.append(Attribute("gen_ai.evaluation.explanation", .string(explanation))) }
        if let author { event.attributes.append(Attribute("gen_ai.evaluation.author", .string(author))) }
        body.events.append(event)
    }
}
