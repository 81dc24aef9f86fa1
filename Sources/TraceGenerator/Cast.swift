import TraceModel

/// Who appears in generated traces: agents, models, tools and services, and the strings that name them, each made once.
struct Cast: Sendable {
    struct Part: Sendable {
        var name: String
        /// The span's name, with the operation before it.
        var span: String
    }

    struct Model: Sendable {
        var part: Part
        var provider: String
        /// US dollars for a million tokens.
        var inputPrice: Double
        var outputPrice: Double
    }

    struct Mishap: Sendable {
        var type: String
        var message: String
        var stack: String
    }

    let agents = [
        "planner", "researcher", "coder", "reviewer", "analyst", "writer", "critic", "support", "router", "summarizer",
    ].map { Part(name: $0, span: "invoke_agent " + $0) }

    let models = [
        ("gpt-4o", "openai", 2.5, 10.0), ("gpt-4o-mini", "openai", 0.15, 0.6),
        ("claude-sonnet-4-5", "anthropic", 3.0, 15.0), ("llama-3.3-70b-versatile", "groq", 0.59, 0.79),
    ].map { Model(part: Part(name: $0, span: "chat " + $0), provider: $1, inputPrice: $2, outputPrice: $3) }

    let tools = [
        "read_file", "edit_file", "run_tests", "web_search", "python", "sql_query", "send_mail", "create_ticket",
        "list_directory", "fetch_page",
    ].map { Part(name: $0, span: "execute_tool " + $0) }

    let collections = ["handbook", "tickets", "contracts", "papers"].map { Part(name: $0, span: "retrieval " + $0) }

    let routes = ["/v1/search", "/v1/documents", "/v1/orders", "/v1/embeddings", "/v1/run"]
        .map { Part(name: "https://tools.internal" + $0, span: "POST " + $0) }

    let mishaps = [
        ("TimeoutError", "no answer within 30 s", "tools/http.py", "get"),
        ("RateLimitError", "429: the limit of 60 requests a minute is used up", "models/client.py", "complete"),
        ("ToolError", "exit status 1", "tools/shell.py", "run"),
        ("JSONDecodeError", "Expecting ',' delimiter: line 1 column 412 (char 411)", "agents/parse.py", "arguments"),
        ("ConnectionResetError", "[Errno 104] Connection reset by peer", "tools/http.py", "post"),
    ].map { type, message, file, function in
        Mishap(
            type: type, message: message,
            stack: """
                Traceback (most recent call last):
                  File "agents/loop.py", line 214, in step
                    result = await self.call(request)
                  File "\(file)", line 87, in \(function)
                    return self._check(await self._send(request))
                  File "\(file)", line 131, in _check
                    raise \(type)("\(message)")
                \(type): \(message)

                """)
    }

    /// By the role that a service plays.
    let resources: [Resource]
    let scopes: [Scope]

    init() {
        let services = ["agent-runtime", "model-gateway", "tool-server", "retriever", "tool-server"]
        resources = services.enumerated().map { index, name in
            var resource = Resource()
            resource.attributes = [
                Attribute("service.name", .string(name)), Attribute("service.version", .string("2.4.\(index)")),
                Attribute("service.namespace", .string("agents")),
                Attribute("deployment.environment.name", .string("production")),
                Attribute("host.name", .string("node-\(index + 3)")),
                Attribute("telemetry.sdk.name", .string("opentelemetry")),
                Attribute("telemetry.sdk.language", .string("python")),
            ]
            return resource
        }
        scopes = services.map { name in
            var scope = Scope()
            scope.name = "agents." + name
            scope.version = "1.38.0"
            return scope
        }
    }
}
