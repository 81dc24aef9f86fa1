import TraceModel

/// Gives the spans of an outline their bodies. A span's body depends on its trace and its position alone, so bodies
/// can be made in any order and by several threads.
struct SpanPainter: Sendable {
    let cast = Cast()
    let prose: Prose
    let bodyBytes: Int

    init(_ shape: TraceShape) {
        prose = Prose(seed: shape.seed)
        bodyBytes = shape.bodyBytes
    }

    func body(_ outline: TraceOutline, _ position: Int) -> SpanBody {
        let id = outline.spanID(position)
        let parent = Int(outline.parents[position])
        let role = outline.roles[position]
        let marks = outline.marks[position]
        var random = RandomSource(seed: id.value)
        var span = SpanBody(
            traceID: outline.id, spanID: id, parentID: parent < 0 ? SpanID(0) : outline.spanID(parent), name: "",
            start: outline.start + outline.starts[position], end: outline.start + outline.ends[position])
        span.kind = role.kind
        span.flags = parent < 0 ? 0x101 : 0x100
        span.resource = cast.resources[Int(role.rawValue)]
        span.scope = cast.scopes[Int(role.rawValue)]
        span.attributes.reserveCapacity(16)

        let text = bodyBytes == 0 ? 0 : length(&random)
        switch role {
        case .agent: paintAgent(&span, outline, position, text, &random)
        case .chat: paintChat(&span, text, &random)
        case .tool: paintTool(&span, outline, position, text, &random)
        case .retrieval: paintRetrieval(&span, text, &random)
        case .request: paintRequest(&span, marks, text, &random)
        }

        if marks.attempt > 0 { span.attributes.append(Attribute("retry.attempt", .int(Int64(marks.attempt)))) }
        if marks.contains(.failed) {
            fail(&span, &random)
        } else if marks.contains(.running) {
            span.end = 0
        } else if role != .chat {
            span.status = .ok
        }
        return span
    }

    /// Half a quarter, a good third the mean, the rest three and a half times it.
    private func length(_ random: inout RandomSource) -> Int {
        let mean = Double(bodyBytes)
        let part = random.below(100)
        let target = part < 50 ? mean * 0.25 : part < 85 ? mean : mean * 3.5
        return Int(target * 0.75) + random.below(max(1, Int(target * 0.5)))
    }

    private func fail(_ span: inout SpanBody, _ random: inout RandomSource) {
        let mishap = cast.mishaps[random.below(cast.mishaps.count)]
        span.status = .error
        span.statusMessage = mishap.message
        span.attributes.append(Attribute("error.type", .string(mishap.type)))
        span.events.append(
            SpanEvent(
                name: "exception", time: span.end,
                attributes: [
                    Attribute("exception.type", .string(mishap.type)),
                    Attribute("exception.message", .string(mishap.message)),
                    Attribute("exception.stacktrace", .string(mishap.stack)),
                ]))
    }
}
