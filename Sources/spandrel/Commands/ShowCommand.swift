import Cells
import Judgements
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel show`: a trace's tree as lines.
enum ShowCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        guard let prefix = arguments.operands.first else {
            throw .usage("name a trace and where to look for it: spandrel \(Subcommand.show.synopsis)")
        }
        let (store, state) = try await Reading.all(try arguments.sources(from: 1))
        let trace = try TraceSelection.find(prefix, in: state.traces)
        do throws(StoreError) {
            let tree = SpanTree(try await store.spans(of: trace))
            if arguments.has("--json") {
                try await printJSON(tree, store)
            } else {
                try await printText(tree, store)
            }
        } catch {
            throw .nothing(error.description)
        }
        return 0
    }

    private static func printText(_ tree: SpanTree, _ store: JudgedStore) async throws(StoreError) {
        var output = OutputBuffer()
        for node in 0..<tree.count {
            var line = String(repeating: "  ", count: Int(tree.depths[node]))
            if tree.hasError(node) { line += "✗ " }
            if tree.isRunning(node) { line += "◌ " }
            if tree.kinds[node] == .missing || tree.kinds[node] == .cycle { line += "⚠ " }
            line += tree.name(of: node)
            if tree.kinds[node] == .group { line += " ×\(tree.childCount(of: node))" }
            line += "  " + tree.time(of: node)
            if let span = tree.span(at: node) {
                let detail = SpanDetail(try await store.body(of: tree.table.refs[span], limit: nil))
                if tree.hasError(node), !detail.statusMessage.isEmpty { line += "  " + detail.statusMessage }
                if let usage = tree.table.usage[Int32(span)] { line += "  \(usage.tokensIn)→\(usage.tokensOut) tok" }
                if let reward = tree.table.rewards[Int32(span)] { line += "  " + Figures.reward(Double(reward)) }
                for word in detail.words(besides: tree.name(of: node)) { line += "  " + word.prefix(80) }
            }
            output.line(Display.printable(line))
        }
        output.flush()
    }

    private static func printJSON(_ tree: SpanTree, _ store: JudgedStore) async throws(StoreError) {
        var output = OutputBuffer()
        for node in 0..<tree.count {
            guard let span = tree.span(at: node) else { continue }
            let body = try await store.body(of: tree.table.refs[span], limit: nil)
            let hasLogs = tree.table.logs[Int32(span)] != nil
            let logs = hasLogs ? try await store.logs(of: body.spanID, in: body.traceID) : []
            output.line(json(body, logs, depth: depth(of: node, tree), span, tree.table))
        }
        output.flush()
    }

    /// Among spans: groups and stand-ins do not count.
    private static func depth(of node: Int, _ tree: SpanTree) -> Int {
        var depth = 0
        var above = tree.parent(of: node)
        while let parent = above {
            if tree.isSpan(parent) { depth += 1 }
            above = tree.parent(of: parent)
        }
        return depth
    }

    private static func json(
        _ body: SpanBody, _ logs: [LogRecord], depth: Int, _ span: Int, _ table: SpanTable
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("span_id", "\(body.spanID)")
            writer.key("parent_id")
            if body.parentID.isZero { writer.null() } else { writer.string("\(body.parentID)") }
            writer.field("depth", Int64(depth))
            writer.field("name", body.name)
            writer.field("kind", body.kind.name)
            writer.field("status", body.status.name)
            if !body.statusMessage.isEmpty { writer.field("status_message", body.statusMessage) }
            writer.field("start", body.start)
            writer.key("duration_ns")
            if table.traits[span].isRunning { writer.null() } else { writer.int(table.durations[span]) }
            writer.field("service", table.strings[table.services[span]])
            writer.key("attributes")
            writer.attributeObject(body.attributes)
            writer.key("events")
            writer.array { writer in for event in body.events { write(event, &writer) } }
            writer.key("links")
            writer.array { writer in for link in body.links { write(link, &writer) } }
            if !logs.isEmpty {
                writer.key("logs")
                writer.array { writer in for log in logs { write(log, &writer) } }
            }
            writer.key("resource")
            writer.attributeObject(body.resource.attributes)
            writer.field("scope", body.scope.name)
            writer.key("inferred")
            writer.bool(table.traits[span].isInferred)
        }
        return writer.bytes
    }

    private static func write(_ event: SpanEvent, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("name", event.name)
            writer.field("time", event.time)
            writer.key("attributes")
            writer.attributeObject(event.attributes)
        }
    }

    private static func write(_ link: SpanLink, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("trace_id", "\(link.traceID)")
            writer.field("span_id", "\(link.spanID)")
            writer.key("attributes")
            writer.attributeObject(link.attributes)
        }
    }

    private static func write(_ log: LogRecord, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("time", log.time)
            writer.field("severity", log.severityText)
            writer.key("body")
            writer.value(log.body)
            writer.key("attributes")
            writer.attributeObject(log.attributes)
        }
    }
}
