package import TraceModel

/// What a span's body says that decides whether it is a step, of which sequence, and where in it.
package struct StepFacts: Sendable, Hashable {
    package var sequence = ""
    package var index: Int64?
    package var isTriplet = false
    package var agent = ""
    package var task = ""
    package var session = ""
    /// The value of the attribute that was asked for.
    package var custom = ""

    package init() {}

    /// `custom` is the key of an attribute that makes sequences.
    package init(_ body: SpanBody, custom key: String? = nil) {
        let detail = SpanDetail(body)
        sequence = detail.sequence
        agent = detail.agent
        task = detail.task
        session = detail.session
        for attribute in body.attributes {
            switch (attribute.key, attribute.value) {
            case ("rl.triplet_id", .string(let id)): isTriplet = isTriplet || !id.isEmpty
            case ("rl.action", _): isTriplet = true
            case ("rl.sequence_index", .int(let number)): index = number
            default: break
            }
            if attribute.key == key, let text = attribute.value.words { custom = text }
        }
        isTriplet = isTriplet && !sequence.isEmpty
    }
}

extension AttributeValue {
    /// A value that is a word, a number or a truth, as text.
    package var words: String? {
        switch self {
        case .string(let text): text.isEmpty ? nil : text
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .bool(let truth): "\(truth)"
        case .empty, .bytes, .array, .map: nil
        }
    }
}
