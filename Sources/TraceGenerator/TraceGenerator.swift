import TraceModel

/// Makes the traces of agents, as many as are asked for: models called with long prompts, tools that fail and are tried
/// again, agents that call agents, several traces at the same time.
///
/// Spans come in batches in the order in which they end, as an exporter sends them: children before their parents,
/// traces mixed. What a batch has follows from the shape alone, whoever makes its bodies and when.
package struct TraceGenerator: Sequence, IteratorProtocol {
    /// How many traces run at the same time, and how many spans at most are held as outlines for it.
    private static let together = 16
    private static let held = 4_000_000
    /// 2026-11-20T08:00:00Z, in nanoseconds.
    private static let beginning: Int64 = 1_795_161_600_000_000_000
    /// A new trace begins every second and a half or so.
    private static let spacing: Int64 = 1_500_000_000

    private let shape: TraceShape
    private let painter: SpanPainter
    private var sizes: RandomSource
    private var spansLeft: Int
    private var tracesMade: UInt64 = 0
    private var group: TraceGroup?
    private var given = 0

    package init(_ shape: TraceShape) {
        var shape = shape
        shape.spansPerTrace = Swift.max(1, shape.spansPerTrace)
        shape.depth = Swift.max(2, shape.depth)
        shape.width = Swift.max(1, shape.width)
        shape.batchSpans = Swift.max(1, shape.batchSpans)
        self.shape = shape
        painter = SpanPainter(shape)
        sizes = RandomSource(seed: shape.seed &+ 1)
        spansLeft = Swift.max(0, shape.spans)
    }

    /// The next batch, cheap to make and to hand to another thread; its spans are made when they are asked for.
    package mutating func next() -> GeneratedBatch? {
        if group.map({ given == $0.count }) ?? true {
            guard spansLeft > 0 else { return nil }
            group = nextGroup()
            given = 0
        }
        guard let group else { return nil }
        let end = Swift.min(given + shape.batchSpans, group.count)
        defer { given = end }
        return GeneratedBatch(group: group, range: given..<end, painter: painter)
    }

    private mutating func nextGroup() -> TraceGroup {
        var outlines: [TraceOutline] = []
        var spans = 0
        // Small traces make groups of several batches, too; large ones come one by one.
        while spansLeft > 0, outlines.count < Self.together || spans < shape.batchSpans * 8, spans < Self.held {
            let size = Swift.min(nextSize(), spansLeft)
            spansLeft -= size
            spans += size
            outlines.append(OutlineGrower.grow(nextOutline(), to: size, shape))
        }
        return TraceGroup(outlines)
    }

    private mutating func nextSize() -> Int {
        let mean = shape.spansPerTrace
        guard mean > 1, mean < shape.spans else { return mean }
        return Swift.max(1, mean / 2 + sizes.below(mean + 1))
    }

    private mutating func nextOutline() -> TraceOutline {
        let number = tracesMade
        tracesMade += 1
        let key = RandomSource.mix(shape.seed &+ (number + 1) &* 0xD134_2543_DE82_EF95)
        let start = Self.beginning + Int64(number) * Self.spacing + Int64(key >> 34)
        return TraceOutline(id: TraceID(high: RandomSource.mix(key ^ shape.seed), low: key | 1), key: key, start: start)
    }
}
