import Cells
import Judgements
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel convert`: writes whatever was read as OTLP.
enum ConvertCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        guard let name = arguments["--to"], let format = TraceFormat(rawValue: name),
            [.otlpJSON, .otlpJSONLines, .otlpProtobuf].contains(format)
        else {
            throw .usage("--to is otlp-json, otlp-jsonl or otlp-protobuf")
        }
        let (store, state) = try await Reading.all(try arguments.sources())
        var isFirst = true
        if format == .otlpJSON { Output.print("{\"resourceSpans\":[") }
        do throws(StoreError) {
            var spans = try await read(0, of: state.traces, in: store).get()
            for trace in 0..<state.traces.count {
                async let next = read(trace + 1, of: state.traces, in: store)
                if !spans.isEmpty {
                    switch format {
                    case .otlpJSONLines: Output.print(OTLPJSONWriter.line(spans))
                    case .otlpProtobuf: Output.print(OTLPProtobufWriter.message(spans))
                    default:
                        // The groups of all documents are one list.
                        let document = OTLPJSONWriter.document(spans)
                        Output.print((isFirst ? [] : [UInt8(ascii: ",")]) + document.dropFirst(18).dropLast(2))
                    }
                    isFirst = false
                }
                spans = try await next.get()
            }
        } catch {
            throw .nothing(error.description)
        }
        if format == .otlpJSON { Output.print("]}\n") }
        return 0
    }

    /// The spans of the trace of a number, read while those of another are written. Behind the last there are none.
    @concurrent nonisolated private static func read(
        _ number: Int, of traces: TraceTable, in store: JudgedStore
    ) async -> Result<[SpanBody], StoreError> {
        guard number < traces.count else { return .success([]) }
        do throws(StoreError) {
            return .success(try await spans(of: traces.ids[number], in: store))
        } catch {
            return .failure(error)
        }
    }

    /// The spans of a trace as OTLP can say them: what has no place there is an attribute.
    nonisolated private static func spans(
        of trace: TraceID, in store: JudgedStore
    ) async throws(StoreError) -> [SpanBody] {
        let table = try await store.spans(of: trace)
        var bodies: [SpanBody] = []
        try await store.forEachBody(of: table.refs) { _, body throws(StoreError) in bodies.append(try body.get()) }
        for position in bodies.indices {
            if table.logs[Int32(position)] != nil {
                bodies[position].events += events(of: try await store.logs(of: bodies[position].spanID, in: trace))
            }
            if table.traits[position].isInferred,
                !bodies[position].attributes.contains(where: { $0.key == SpanVocabulary.inferred })
            {
                bodies[position].attributes.append(Attribute(SpanVocabulary.inferred, .bool(true)))
            }
        }
        if table.looseLogs > 0, !bodies.isEmpty {
            bodies[0].events += events(of: try await store.logs(of: SpanID(0), in: trace))
        }
        return bodies
    }

    nonisolated private static func events(of logs: [LogRecord]) -> [SpanEvent] {
        logs.map { log in
            var event = SpanEvent(name: log.eventName.isEmpty ? "log" : log.eventName, time: log.time)
            event.attributes = [
                Attribute("log.severity", .string(log.severityText)), Attribute("log.body", log.body),
            ]
            event.attributes += log.attributes
            return event
        }
    }
}
