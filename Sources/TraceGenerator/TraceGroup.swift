/// Traces that run at the same time, and the order in which their spans end.
final class TraceGroup: Sendable {
    let outlines: [TraceOutline]
    /// Which trace, and which span of it.
    let order: [(trace: UInt32, position: UInt32)]

    init(_ outlines: [TraceOutline]) {
        var ends: [(end: Int64, trace: UInt32, position: UInt32)] = []
        ends.reserveCapacity(outlines.reduce(0) { $0 + $1.count })
        for (trace, outline) in outlines.enumerated() {
            for position in 0..<outline.count {
                let isRunning = outline.marks[position].contains(.running)
                // What is still running is told of when everything else has ended.
                let end = isRunning ? Int64.max : outline.start + outline.ends[position]
                ends.append((end, UInt32(trace), UInt32(position)))
            }
        }
        // Of two that end together the one begun later is the child.
        ends.sort { ($0.end, $0.trace, $1.position) < ($1.end, $1.trace, $0.position) }
        self.outlines = outlines
        order = ends.map { ($0.trace, $0.position) }
    }

    var count: Int { order.count }
}
