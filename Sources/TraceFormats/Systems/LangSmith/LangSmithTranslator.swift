import TraceModel

/// LangSmith's runs: exports, rows, and the batches that its clients send, of which the parts of a run are put together.
struct LangSmithTranslator: TraceTranslator {
    static let format = ForeignFormat(.langsmith, .document, recognises: recognises) { _ in LangSmithTranslator() }
    static let lines = ForeignFormat(.langsmithLines, .lines, records: .inAnyOrder, recognises: recognises) { _ in
        LangSmithTranslator()
    }

    private static func recognises(_ value: JSONView) -> Bool {
        var first = value
        if value["runs"].kind == .array { first = value["runs"] }
        if first.kind == .array { first = first[0] }
        return isRun(first) || isRun(first["post"][0]) || isRun(first["patch"][0])
    }

    private static func isRun(_ value: JSONView) -> Bool {
        value["id"].exists && (value["dotted_order"].exists || value["run_type"].exists)
    }

    mutating func take(_ record: JSONView, at place: RecordPlace, into output: inout TranslationOutput) {
        if record["post"].kind == .array || record["patch"].kind == .array {
            for part in [record["post"], record["patch"]] {
                for run in part.elements { take(run: run, isPart: true, at: place.place(of: run), &output) }
            }
            return
        }
        let list = record["runs"].kind == .array ? record["runs"] : record
        // Children stand within their parents in some exports.
        var pending = list.kind == .array ? Array(list.elements).reversed() : [list]
        while let run = pending.popLast() {
            take(run: run, isPart: false, at: place.place(of: run), &output)
            pending += run["child_runs"].elements.filter { $0.kind == .object }
        }
    }

    private func take(run: JSONView, isPart: Bool, at place: RecordPlace, _ output: inout TranslationOutput) {
        guard let id = run["id"].filled else { return output.report("a run without its id", at: place) }
        // `20240101T000000000000Zid.20240101T000001000000Zid`: from the root to the run itself.
        let order = run["dotted_order"].string?.split(separator: ".").map { $0.split(separator: "Z").last ?? "" } ?? []
        let name = run["trace_id"].filled ?? order.first.map { String($0) } ?? id
        let parent = run["parent_run_id"].filled ?? (order.count > 1 ? String(order[order.count - 2]) : nil)
        let start = Timestamp.of(run["start_time"], isUTC: true) ?? 0
        var body = SpanBody(
            traceID: DerivedID.trace(name, in: "langsmith"), spanID: Self.span(id),
            parentID: parent.map(Self.span) ?? SpanID(0),
            name: run["name"].text ?? "", start: start, end: Timestamp.of(run["end_time"], isUTC: true) ?? 0)
        body.kind = .internal
        var span = TranslatedSpan(body, from: place)
        span.isPiece = isPart
        span.setService(run["session_name"].filled ?? "langsmith")
        if parent == nil { span.set(SpanVocabulary.traceID, name) }
        span.set(SpanVocabulary.spanID, id)
        let kind = run["run_type"].string
        span.setOperation(kind)
        if kind == "llm" { span.setMessages(input: run["inputs"], output: run["outputs"]) }
        span.set("input.value", run["inputs"])
        span.set("output.value", run["outputs"])
        if kind == "tool" { span.set("gen_ai.tool.name", run["name"]) }
        let metadata = run["extra"]["metadata"]
        span.set(
            "gen_ai.request.model", metadata["ls_model_name"].text ?? run["extra"]["invocation_params"]["model"].text)
        span.set("session.id", metadata.first(of: "session_id", "thread_id", "conversation_id"))
        setUsage(run, on: &span)
        span.set("gen_ai.usage.cost", run["total_cost"].double)
        if let error = run["error"].filled {
            span.fail(error)
        } else if body.end > 0 {
            span.body.status = .ok
        }
        for (key, value) in run["feedback_stats"].fields {
            let score = value["avg"].double
            span.addScore(key, value: score, at: body.end)
            span.setReward(score)
        }
        span.setRest(
            of: run, prefix: "langsmith.",
            except: [
                "id", "trace_id", "parent_run_id", "name", "start_time", "end_time", "inputs", "outputs", "error",
                "feedback_stats", "child_runs", "session_name", "run_type",
            ])
        output.add(span)
    }

    private func setUsage(_ run: JSONView, on span: inout TranslatedSpan) {
        let usage =
            run["outputs"]["usage_metadata"].kind == .object
            ? run["outputs"]["usage_metadata"] : run["outputs"]["llm_output"]["token_usage"]
        if usage.kind == .object {
            span.setUsage(usage)
        } else {
            span.setUsage(run)
        }
    }

    private static func span(_ id: String) -> SpanID { DerivedID.span("langsmith \(id)") }
}
