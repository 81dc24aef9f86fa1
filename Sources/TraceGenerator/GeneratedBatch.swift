package import TraceModel

/// Spans that are exported together. Making them is left to whoever has the time.
package struct GeneratedBatch: Sendable {
    let group: TraceGroup
    let range: Range<Int>
    let painter: SpanPainter

    package var count: Int { range.count }

    /// The spans, those of a service together, else in the order in which they end.
    package func spans() -> [SpanBody] {
        var spans: [SpanBody] = []
        spans.reserveCapacity(range.count)
        for role in SpanRole.allCases {
            for index in range {
                let (trace, position) = group.order[index]
                let outline = group.outlines[Int(trace)]
                guard outline.roles[Int(position)] == role else { continue }
                spans.append(painter.body(outline, Int(position)))
            }
        }
        return spans
    }
}
