package import TraceModel

/// A judgement as a line of JSON, and back.
package enum RewardCodec {
    package static func line(_ record: RewardRecord) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("id", "\(record.id)")
            writer.key("target")
            writer.object { write(record.target, &$0) }
            writer.key("value")
            if let value = record.value { writer.double(value) } else { writer.null() }
            writer.key("verdict")
            if let verdict = record.verdict { writer.string(verdict.rawValue) } else { writer.null() }
            if !record.dimensions.isEmpty {
                writer.key("dimensions")
                writer.array { writer in
                    for part in record.dimensions {
                        writer.object { writer in
                            writer.field("name", part.name)
                            writer.key("value")
                            writer.double(part.value)
                            writer.key("weight")
                            writer.double(part.weight)
                        }
                    }
                }
            }
            writer.field("strategy", record.strategy.rawValue)
            if let from = record.propagatedFrom { writer.field("propagated_from", "\(from)") }
            writer.field("author", record.author)
            writer.field("author_kind", record.authorKind.rawValue)
            writer.field("rationale", record.rationale)
            writer.key("labels")
            writer.array { writer in for label in record.labels { writer.string(label) } }
            if let correction = record.correction { writer.field("correction", correction) }
            if let rubric = record.rubric { writer.field("rubric", rubric) }
            if let queue = record.queue { writer.field("queue", queue) }
            if let elapsed = record.elapsed { writer.field("elapsed_ns", elapsed) }
            if let hash = record.contentHash { writer.field("content_hash", Hexadecimal.string(of: hash)) }
            if let supersedes = record.supersedes { writer.field("supersedes", "\(supersedes)") }
            if let former = record.former {
                writer.key("former")
                writer.double(former)
            }
            writer.field("created_at", record.createdAt)
        }
        return writer.bytes
    }

    private static func write(_ target: RewardTarget, _ writer: inout JSONWriter) {
        writer.field("kind", target.kind)
        writer.field("trace_id", "\(target.trace)")
        if let span = target.span { writer.field("span_id", "\(span)") }
        switch target {
        case .triplet(let id, _, _), .approval(let id, _, _), .sequence(let id, _): writer.field("id", id)
        case .span, .trace: break
        }
    }

    /// Nothing where a line is no judgement.
    package static func record(_ view: JSONView) -> RewardRecord? {
        guard
            let id = view["id"].string.flatMap({ RewardID($0) }), let target = target(view["target"]),
            let author = view["author"].string, let created = view["created_at"].integer
        else { return nil }
        let value = view["value"].double
        if let value, !(0...1).contains(value) { return nil }
        var record = RewardRecord(
            id: id, target: target, value: value,
            verdict: view["verdict"].string.flatMap { RewardRecord.Verdict(rawValue: $0) },
            strategy: view["strategy"].string.flatMap { RewardRecord.Strategy(rawValue: $0) } ?? .manual,
            author: author,
            authorKind: view["author_kind"].string.flatMap { RewardRecord.AuthorKind(rawValue: $0) } ?? .human,
            createdAt: created)
        record.dimensions = view["dimensions"].elements.compactMap { part in
            guard let name = part["name"].string, let value = part["value"].double else { return nil }
            return RewardRecord.Dimension(name: name, value: value, weight: part["weight"].double ?? 1)
        }
        record.propagatedFrom = view["propagated_from"].string.flatMap { RewardID($0) }
        record.rationale = view["rationale"].string ?? ""
        record.labels = view["labels"].elements.compactMap(\.string)
        record.correction = view["correction"].string
        record.rubric = view["rubric"].string
        record.queue = view["queue"].string
        record.elapsed = view["elapsed_ns"].integer
        record.contentHash = view["content_hash"].string.flatMap { Hexadecimal.value(of: $0) }
        record.supersedes = view["supersedes"].string.flatMap { RewardID($0) }
        record.former = view["former"].double
        return record
    }

    private static func target(_ view: JSONView) -> RewardTarget? {
        guard let trace = view["trace_id"].string.flatMap({ TraceID(hex: $0) }) else { return nil }
        let span = view["span_id"].string.flatMap { SpanID(hex: $0) }
        let id = view["id"].string
        switch (view["kind"].string, span, id) {
        case ("trace", _, _): return .trace(trace)
        case ("span", let span?, _): return .span(span, in: trace)
        case ("triplet", let span?, let id?): return .triplet(id, span: span, in: trace)
        case ("approval", let span?, let id?): return .approval(id, span: span, in: trace)
        case ("sequence", _, let id?): return .sequence(id, in: trace)
        default: return nil
        }
    }
}
