package import TraceModel

extension JSONText {
    /// Every string in a span that is an object or an array in JSON, taken apart, also where it is inside another.
    package static func containers(in body: SpanBody) -> [String: AttributeValue] {
        var parsed: [String: AttributeValue] = [:]
        func look(_ value: AttributeValue, _ depth: Int) {
            guard depth < 8 else { return }
            switch value {
            case .string(let text):
                guard parsed[text] == nil, let inner = container(text) else { return }
                parsed[text] = inner
                look(inner, depth + 1)
            case .array(let elements): for element in elements { look(element, depth + 1) }
            case .map(let attributes): for attribute in attributes { look(attribute.value, depth + 1) }
            case .empty, .bool, .int, .double, .bytes: break
            }
        }
        let all =
            body.attributes + body.resource.attributes + body.scope.attributes
            + body.events.flatMap(\.attributes) + body.links.flatMap(\.attributes)
        for attribute in all { look(attribute.value, 0) }
        return parsed
    }
}
