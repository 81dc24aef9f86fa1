import TraceModel

@testable import TraceFormats

/// Three spans with everything in them that OTLP knows.
enum Sample {
    static let spans: [SpanBody] = {
        var resource = Resource()
        resource.attributes = [Attribute("service.name", .string("writer")), Attribute("process.pid", .int(42))]
        resource.droppedAttributes = 1
        var scope = Scope()
        scope.name = "recursive.engine"
        scope.version = "0.4"
        scope.attributes = [Attribute("lang", .string("python"))]

        var root = SpanBody(traceID: trace, spanID: SpanID(1), name: "Engine.Run ✓ 物語", start: 1000, end: 900_000)
        root.kind = .server
        root.status = .ok
        root.traceState = "a=b"
        root.flags = 257
        root.attributes = [
            Attribute("task.root.goal", .string("Write a story\n of  a robot")),
            Attribute("gen_ai.agent.name", .string("planner")), Attribute("none", .empty),
            Attribute("empty", .string("")), Attribute("yes", .bool(true)), Attribute("least", .int(.min)),
            Attribute("third", .double(1.0 / 3)), Attribute("raw", .bytes([0, 255, 7])),
            Attribute("list", .array([.int(1), .string("\"\\\u{1}\u{1F}"), .array([]), .map([])])),
            Attribute("map", .map([Attribute("ключ", .array([.bool(false), .double(-2.5)]))])),
        ]
        root.droppedAttributes = 2
        root.droppedEvents = 3
        root.droppedLinks = 4

        var call = SpanBody(
            traceID: trace, spanID: SpanID(2), parentID: SpanID(1), name: "chat gpt-4o", start: 2000, end: 0)
        call.kind = .client
        call.attributes = [
            Attribute("gen_ai.operation.name", .string("chat")), Attribute("gen_ai.usage.input_tokens", .int(812)),
            Attribute("gen_ai.usage.output_tokens", .int(301)), Attribute("gen_ai.usage.cost", .double(0.25)),
        ]
        var event = SpanEvent(name: "exception", time: 2500, attributes: [Attribute("message", .string("e\tf"))])
        event.droppedAttributes = 9
        call.events = [event, SpanEvent(name: "retry", time: 2600)]
        var link = SpanLink(traceID: trace, spanID: SpanID(1), attributes: [Attribute("why", .string("handoff"))])
        link.traceState = "c=d"
        link.flags = 1
        link.droppedAttributes = 5
        call.links = [link]

        var failed = SpanBody(
            traceID: TraceID(high: 0xFFFF, low: 1), spanID: SpanID(.max), parentID: SpanID(99), name: "", start: 3000,
            end: 3001)
        failed.status = .error
        failed.statusMessage = "timeout"

        return [root, call, failed].map { span in
            var span = span
            span.resource = resource
            span.scope = scope
            return span
        }
    }()

    private static let trace = TraceID(high: 0x5B8E_FFF7_9803_8103, low: 0xD269_B633_813F_C60C)
}

/// Feeds a scanner as a store does: windows that grow while nothing can be done with them.
enum Feeding {
    static func scan(_ bytes: [UInt8], _ format: TraceFormat, window: Int) -> ([SpanBatch], consumed: Int) {
        var scanner = format.makeScanner()
        var batches: [SpanBatch] = []
        var done = 0
        var size = window
        while done < bytes.count {
            let end = min(bytes.count, done + size)
            var batch = SpanBatch()
            // Room behind the end, as scanners are promised.
            let padded = Array(bytes[done..<end]) + [UInt8](repeating: 0x20, count: 128)
            let used = padded.withUnsafeBytes { buffer in
                scanner.scan(
                    UnsafeRawBufferPointer(rebasing: buffer[..<(end - done)]), at: UInt64(done),
                    isLast: end == bytes.count, into: &batch)
            }
            batches.append(batch)
            size = used == 0 ? size * 2 : window
            done += used
            if used == 0, end == bytes.count { break }
        }
        return (batches, done)
    }

    static func bodies(_ batch: SpanBatch, of bytes: [UInt8], _ format: TraceFormat) throws -> [SpanBody] {
        func slice(_ range: ByteRange) -> [UInt8] {
            Array(bytes[Int(range.offset)..<Int(range.offset) + Int(range.length)])
        }
        return try (0..<batch.count).map { row in
            let context = batch.contextTable[Int(batch.contexts[row])]
            let own = slice(ByteRange(offset: batch.offsets[row], length: batch.lengths[row]))
            return try own.withUnsafeBytes { raw in
                try SpanDecoder(format).span(raw, resource: slice(context.resource), scope: slice(context.scope))
            }
        }
    }
}
