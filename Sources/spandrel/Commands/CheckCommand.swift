import Cells
import FileStore
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel check`: reads everything, and tells for each file what it came to.
enum CheckCommand {
    /// Of each kind of problem so many places are named.
    private static let places = 3

    private struct Kind {
        var what: String
        var count: Int
        var places: [Problem.Place]
    }

    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let store = FileStore(try arguments.sources(), options: try Reading.options())
        var last = StoreState()
        for await state in store.read() { last = state }
        let unknown = await unknownAttributes(of: last, in: store)
        let reports = store.reports()
        var output = OutputBuffer()
        for report in reports {
            let kinds = kinds(of: report.problems)
            let strange = (unknown[report.name] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            if arguments.has("--json") {
                output.line(json(report, kinds, strange))
            } else {
                text(report, kinds, strange, to: &output)
            }
        }
        output.flush()
        // What belongs to no file: a source that is not there, a folder that cannot be opened.
        let told = Set(reports.flatMap(\.problems))
        for problem in last.problems.first where !told.contains(problem) {
            Output.complain(Display.printable(problem.description))
        }
        guard !reports.isEmpty else { throw .nothing("nothing to check was found") }
        return last.problems.count > 0 ? 1 : 0
    }

    /// How often each file has attributes that nobody knows.
    private static func unknownAttributes(
        of state: StoreState, in store: FileStore
    ) async -> [String: [String: Int]] {
        var unknown: [String: [String: Int]] = [:]
        for trace in 0..<state.traces.count {
            guard let table = try? await store.spans(of: state.traces.ids[trace]) else { continue }
            let source = state.traces.strings[state.traces.sources[trace]]
            try? await store.forEachBody(of: table.refs) { _, body in
                guard let body = try? body.get() else { return }
                for attribute in body.attributes where !AttributeMeaning.isUnderstood(attribute.key) {
                    unknown[source, default: [:]][attribute.key, default: 0] += 1
                }
            }
        }
        return unknown
    }

    private static func kinds(of problems: [Problem]) -> [Kind] {
        var kinds: [Kind] = []
        var known: [String: Int] = [:]
        for problem in problems {
            if let place = known[problem.kind] {
                kinds[place].count += 1
                if kinds[place].places.count < places { kinds[place].places.append(problem.place) }
            } else {
                known[problem.kind] = kinds.count
                kinds.append(Kind(what: problem.what, count: 1, places: [problem.place]))
            }
        }
        return kinds
    }

    private static func text(
        _ report: FileReport, _ kinds: [Kind], _ strange: [(key: String, value: Int)], to output: inout OutputBuffer
    ) {
        let mark = report.problemCount > 0 ? "✗" : "✔"
        var line = "\(mark) \(report.name)  \(report.format?.rawValue ?? "not read")"
        if report.format != nil { line += "  \(report.traces) traces, \(report.spans) spans" }
        if report.logs > 0 { line += ", \(report.logs) logs" }
        if report.problemCount > 0 { line += ", \(report.problemCount) problems" }
        output.line(Display.printable(line))
        for kind in kinds {
            let places = kind.places.map(name).filter { !$0.isEmpty }.joined(separator: ", ")
            let more = kind.count > kind.places.count ? ", …" : ""
            output.line(
                Display.printable("    \(kind.count) × \(kind.what)" + (places.isEmpty ? "" : " (\(places)\(more))")))
        }
        if !strange.isEmpty {
            let some = strange.prefix(8).map { "\($0.key) ×\($0.value)" }.joined(separator: ", ")
            output.line(Display.printable("    kept as they are: \(some)" + (strange.count > 8 ? ", …" : "")))
        }
    }

    private static func name(_ place: Problem.Place) -> String {
        switch place {
        case .whole: ""
        case .line(let line): "line \(line)"
        case .byte(let byte): "byte \(byte)"
        }
    }

    private static func json(
        _ report: FileReport, _ kinds: [Kind], _ strange: [(key: String, value: Int)]
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("file", report.name)
            writer.key("format")
            if let format = report.format { writer.string(format.rawValue) } else { writer.null() }
            writer.field("traces", Int64(report.traces))
            writer.field("spans", Int64(report.spans))
            writer.field("logs", Int64(report.logs))
            writer.field("problems", Int64(report.problemCount))
            writer.key("kinds")
            writer.array { writer in
                for kind in kinds {
                    writer.object { writer in
                        writer.field("what", kind.what)
                        writer.field("count", Int64(kind.count))
                        writer.key("places")
                        writer.array { writer in
                            for place in kind.places {
                                writer.object { writer in
                                    switch place {
                                    case .whole: break
                                    case .line(let line): writer.field("line", Int64(line))
                                    case .byte(let byte): writer.field("byte", Int64(clamping: byte))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            writer.key("unknown_attributes")
            writer.object { writer in for (key, count) in strange { writer.field(key, Int64(count)) } }
        }
        return writer.bytes
    }
}
