import TraceFormats
import TraceModel

/// ASP's telemetry: each task a trace, with the calls of its agents, its defects and its requests for approval.
///
/// Databases of several ages are about: whatever table or column is missing is done without.
struct ASPTelemetryReader {
    private let database: SQLiteDatabase
    private(set) var output = TranslationOutput()
    private var tasks = ASPTasks()

    init(_ database: SQLiteDatabase) {
        self.database = database
    }

    mutating func read() throws(FormatError) {
        let tables = try database.tables()
        defer { tasks.finish(into: &output) }
        if tables.contains("task_metadata") { try readTasks() }
        if tables.contains("agent_cost_vector") { try readCalls() }
        if tables.contains("approval_requests") {
            try readApprovals(hasDecisions: tables.contains("approval_decisions"))
        }
        if tables.contains("defect_log") { try readDefects() }
    }

    private static func time(_ row: SQLiteRow, _ name: String, isUTC: Bool = true) -> Int64? {
        row[name].flatMap { Timestamp.parse($0, isUTC: isUTC) }
    }

    private static func place(_ row: SQLiteRow) -> RecordPlace {
        RecordPlace(bytes: .empty, line: row.integer("row_number").map { Int(clamping: $0) })
    }

    // MARK: Tasks

    private mutating func readTasks() throws(FormatError) {
        try database.rows("SELECT rowid AS row_number, * FROM task_metadata") { row in
            guard let task = row.filled("task_id") else {
                output.report("a task without task_id", at: Self.place(row))
                return true
            }
            let start = Self.time(row, "started_at") ?? Self.time(row, "created_at") ?? 0
            tasks.note(task, start: start, end: Self.time(row, "completed_at") ?? 0)
            tasks.describe(task) { span in
                span.set("task.description", row["task_description"])
                span.set("asp.status", row["status"])
                Self.setRest(
                    of: row, on: &span, except: ["row_number", "task_id", "task_description", "status", "started_at"])
                let state: SpanVocabulary.NodeState? =
                    switch row["status"] {
                    case "completed": .done
                    case "failed": .failed
                    case "in_progress": .running
                    case "pending", "planned": .pending
                    default: nil
                    }
                span.set(SpanVocabulary.nodeState, state?.rawValue)
                if row["status"] == "failed" { span.fail("the task failed") }
                if row["status"] == "completed" { span.body.status = .ok }
            }
            return true
        }
    }

    private static func setRest(of row: SQLiteRow, on span: inout TranslatedSpan, except known: Set<String>) {
        for name in row.names where !known.contains(name) { span.set("asp.\(name)", row[name]) }
    }

    // MARK: Calls of agents

    /// Several rows tell of one call, each of one figure; the first of them is its latency as a rule.
    private mutating func readCalls() throws(FormatError) {
        var calls = ASPCalls()
        try database.rows("SELECT rowid AS row_number, * FROM agent_cost_vector ORDER BY rowid") { row in
            guard let task = row.filled("task_id"), let role = row.filled("agent_role"), let metric = row["metric_type"]
            else {
                output.report("a cost without task, role or metric", at: Self.place(row))
                return true
            }
            let time = Self.time(row, "timestamp") ?? 0
            if let done = calls.take(row, task: task, role: role, metric: metric, time: time, at: Self.place(row)) {
                tasks.add(done, to: &output)
            }
            return true
        }
        for call in calls.finish() { tasks.add(call, to: &output) }
    }

    // MARK: Approvals

    private mutating func readApprovals(hasDecisions: Bool) throws(FormatError) {
        var decisions: [String: [ASPDecision]] = [:]
        if hasDecisions {
            try database.rows("SELECT * FROM approval_decisions ORDER BY rowid") { row in
                guard let request = row["request_id"], let decision = row["decision"] else { return true }
                decisions[request, default: []].append(
                    ASPDecision(
                        decision: decision, reviewer: row["reviewer"], justification: row["justification"],
                        time: Self.time(row, "decided_at") ?? 0))
                return true
            }
        }
        try database.rows("SELECT rowid AS row_number, * FROM approval_requests") { row in
            guard let request = row.filled("request_id"), let task = row.filled("task_id") else {
                output.report("a request for approval without request_id or task_id", at: Self.place(row))
                return true
            }
            let start = Self.time(row, "requested_at") ?? 0
            let status = row["status"] ?? "pending"
            let decided = decisions[request] ?? []
            let isOpen = status == "pending" || status == "deferred"
            var body = SpanBody(
                traceID: TripletSequences.trace(of: task), spanID: DerivedID.span("asp approval \(request)"),
                parentID: TripletSequences.root(of: task), name: row["gate_name"] ?? row["gate_type"] ?? "approval",
                start: start, end: isOpen ? 0 : max(decided.last?.time ?? start, start))
            body.kind = .internal
            var span = TranslatedSpan(body, from: Self.place(row))
            span.setService("asp")
            span.set(SpanVocabulary.spanID, request)
            span.set("asp.approval.request_id", request)
            span.set("task.id", task)
            span.set("task.description", row["summary"])
            span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.approval.rawValue)
            span.set("input.value", row["quality_report"])
            Self.setRest(
                of: row, on: &span,
                except: [
                    "row_number", "request_id", "task_id", "gate_name", "quality_report", "summary", "requested_at",
                ])
            span.set(SpanVocabulary.nodeState, Self.state(status).rawValue)
            if start > 0 { span.note(.waiting, status: "requested", at: start) }
            for decision in decided {
                span.note(Self.state(decision.decision), status: decision.decision, at: decision.time)
                let value: Double? = decision.decision == "approved" ? 1 : decision.decision == "rejected" ? 0 : nil
                span.addScore(
                    "approval", value: value, label: decision.decision, explanation: decision.justification,
                    by: decision.reviewer, at: decision.time)
            }
            if status == "approved" || status == "rejected" {
                span.set(SpanVocabulary.reward, status == "approved" ? 1.0 : 0.0)
            }
            if let phase = row["gate_type"].flatMap(Self.phase) {
                span.link(to: ASPTasks.span(task, phase), in: span.body.traceID, .order, label: "gate")
            }
            output.add(span)
            tasks.note(task, start: 0, end: 0)
            return true
        }
    }

    private static func state(_ status: String) -> SpanVocabulary.NodeState {
        switch status {
        case "approved": .done
        case "rejected": .failed
        case "deferred": .paused
        case "expired": .cancelled
        default: .waiting
        }
    }

    private static func phase(ofGate gate: String) -> ASPPhase? {
        switch gate {
        case "design_review": .designReview
        case "code_review": .codeReview
        default: nil
        }
    }

    // MARK: Defects

    private mutating func readDefects() throws(FormatError) {
        try database.rows("SELECT rowid AS row_number, * FROM defect_log") { row in
            guard let id = row.filled("defect_id"), let task = row.filled("task_id") else {
                output.report("a defect without defect_id or task_id", at: Self.place(row))
                return true
            }
            let start = Self.time(row, "created_at") ?? 0
            let removed = row["phase_removed"].flatMap { ASPPhase(role: $0) }
            let injected = row["phase_injected"].flatMap { ASPPhase(role: $0) }
            if let removed { tasks.note(removed, of: task) }
            if let injected { tasks.note(injected, of: task) }
            let trace = TripletSequences.trace(of: task)
            let body = SpanBody(
                traceID: trace, spanID: DerivedID.span("asp defect \(id)"),
                parentID: removed.map { ASPTasks.span(task, $0) } ?? TripletSequences.root(of: task),
                name: row["defect_type"] ?? "defect", start: start,
                end: Self.time(row, "resolved_at") ?? start)
            var span = TranslatedSpan(body, from: Self.place(row))
            span.setService("asp")
            span.set(SpanVocabulary.spanID, id)
            span.set("asp.defect_id", id)
            span.set(SpanVocabulary.nodeKind, SpanVocabulary.NodeKind.defect.rawValue)
            span.set(
                SpanVocabulary.nodeState,
                (row["resolved_at"] == nil ? SpanVocabulary.NodeState.waiting : .done).rawValue)
            span.set("task.id", task)
            span.set("task.description", row["description"])
            Self.setRest(
                of: row, on: &span, except: ["row_number", "defect_id", "task_id", "description", "defect_type"])
            // Neither flag: nobody has looked at it yet.
            if row.integer("false_positive") == 1 {
                span.set(SpanVocabulary.reward, 0.0)
            } else if row.integer("validated_by_human") == 1 {
                span.set(SpanVocabulary.reward, 1.0)
            }
            if let injected {
                span.link(to: ASPTasks.span(task, injected), in: trace, .data, label: "injected")
            }
            tasks.note(task, start: start, end: span.body.end)
            output.add(span)
            return true
        }
    }
}

/// What somebody decided about a request for approval.
struct ASPDecision {
    var decision: String
    var reviewer: String?
    var justification: String?
    var time: Int64
}
