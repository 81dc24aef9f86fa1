import TraceFormats
import TraceModel

/// The tools that a model was offered, in the form that chat models take them, whatever the convention.
enum ToolDefinitions {
    static func all(in body: SpanBody) -> [AttributeValue] {
        for key in ["gen_ai.tool.definitions", "mlflow.chat.tools", "ai.prompt.tools"] {
            guard let value = body.attributes.value(key), case .array(let elements) = open(value) else { continue }
            let tools = elements.compactMap { tool(open($0)) }
            if !tools.isEmpty { return tools }
        }
        let numbered = numbered("llm.tools.", "tool.json_schema", in: body).compactMap { tool(open($0)) }
        return numbered.isEmpty ? functions(in: body) : numbered
    }

    /// What the JSON in a string says.
    private static func open(_ value: AttributeValue) -> AttributeValue {
        guard case .string(let text) = value else { return value }
        return JSONText.container(text) ?? value
    }

    /// `{type: function, function: {name, description, parameters}}`; some have the inner fields without the shell, and some
    /// call the parameters a schema of the input.
    private static func tool(_ value: AttributeValue) -> AttributeValue? {
        guard case .map(let fields) = value else { return nil }
        func field(_ key: String, of fields: [Attribute]) -> AttributeValue? { fields.first { $0.key == key }?.value }
        var function = fields
        if case .map(let inner) = field("function", of: fields) { function = inner }
        guard case .string(let name) = field("name", of: function) else { return nil }
        var made = [Attribute("name", .string(name))]
        if let description = field("description", of: function) { made.append(Attribute("description", description)) }
        let parameters = ["parameters", "input_schema", "inputSchema"].compactMap { field($0, of: function) }.first
        if let parameters { made.append(Attribute("parameters", open(parameters))) }
        return .map([Attribute("type", .string("function")), Attribute("function", .map(made))])
    }

    /// Values of `PREFIX.N.KEY` by their numbers.
    private static func numbered(_ prefix: String, _ key: String, in body: SpanBody) -> [AttributeValue] {
        var found: [(number: Int, value: AttributeValue)] = []
        for attribute in body.attributes where attribute.key.hasPrefix(prefix) && attribute.key.hasSuffix("." + key) {
            if let number = Int(attribute.key.dropFirst(prefix.count).dropLast(key.count + 1)) {
                found.append((number, attribute.value))
            }
        }
        return found.sorted { $0.number < $1.number }.map(\.value)
    }

    /// OpenLLMetry has a field an attribute.
    private static func functions(in body: SpanBody) -> [AttributeValue] {
        let prefix = "llm.request.functions."
        let names = numbered(prefix, "name", in: body)
        let descriptions = numbered(prefix, "description", in: body)
        let parameters = numbered(prefix, "parameters", in: body)
        return names.indices.compactMap { index in
            var fields = [Attribute("name", names[index])]
            if descriptions.count == names.count { fields.append(Attribute("description", descriptions[index])) }
            if parameters.count == names.count { fields.append(Attribute("parameters", parameters[index])) }
            return tool(.map(fields))
        }
    }
}
