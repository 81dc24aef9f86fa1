/// Grows a trace: agents that think, call tools, try again, and call other agents, one after the other or at the same
/// time. With a stack of its own, so that depth is bounded by memory alone.
struct OutlineGrower {
    private struct Frame {
        var agent: Int32
        var level: Int
        /// Spans still to make directly under the agent, and agents still to call.
        var own: Int
        var nested: Int
        /// Spans that those agents share.
        var share: Int
        var isParallel: Bool
        /// When the next call can begin, and the latest end so far.
        var cursor: Int64
        var latest: Int64
        var failedRole: SpanRole?
        var attempt = 0
        var lastRole = SpanRole.tool
    }

    private static let millisecond: Int64 = 1_000_000

    private let shape: TraceShape
    private var random: RandomSource
    private var outline: TraceOutline
    private var stack: [Frame] = []

    /// The trace `outline` grown to `count` spans.
    static func grow(_ outline: TraceOutline, to count: Int, _ shape: TraceShape) -> TraceOutline {
        var grower = OutlineGrower(shape: shape, random: RandomSource(seed: outline.key), outline: outline)
        grower.run(count)
        return grower.outline
    }

    private init(shape: TraceShape, random: RandomSource, outline: TraceOutline) {
        self.shape = shape
        self.random = random
        self.outline = outline
    }

    private mutating func run(_ count: Int) {
        call(under: -1, level: 1, spans: count, at: 0)
        while let last = stack.indices.last {
            if stack[last].own == 0 && stack[last].nested == 0 {
                finish(stack.removeLast())
            } else if takesOwn(last) {
                callOwn(last)
            } else {
                callAgent(last)
            }
        }
        if random.chance(shape.unfinishedRate) { cutOff() }
    }

    /// Begins an agent that is to have `spans` spans, itself among them.
    private mutating func call(under parent: Int32, level: Int, spans: Int, at start: Int64) {
        let agent = Int32(outline.count)
        outline.add(.agent, under: parent, start: start, end: start)
        let rest = spans - 1
        let levels = shape.depth - level - 1
        var own = rest
        var nested = 0
        if levels > 0, shape.width == 1 || rest >= 6 {
            own = min(rest, max(0, min(2 * shape.width, rest - levels)))
            nested = min(shape.width, shape.width == 1 ? rest - own : (rest - own) / 4)
            if nested == 0 { own = rest }
        }
        stack.append(
            Frame(
                agent: agent, level: level, own: own, nested: nested, share: rest - own,
                isParallel: nested > 1 && random.chance(0.3), cursor: start + pause(), latest: start))
    }

    /// An agent thinks first; then its own calls and those of agents come mixed.
    private mutating func takesOwn(_ index: Int) -> Bool {
        let frame = stack[index]
        if frame.nested == 0 || frame.own > 0 && frame.latest == outline.starts[Int(frame.agent)] { return true }
        return frame.own > 0 && random.below(frame.own + frame.nested) < frame.own
    }

    private mutating func callOwn(_ index: Int) {
        var frame = stack[index]
        let role = frame.failedRole ?? next(after: frame.lastRole)
        var marks = TraceOutline.Marks()
        marks.attempt = frame.attempt
        let hasFailed = random.chance(shape.errorRate)
        if hasFailed { marks.insert(.failed) }
        let tries = hasFailed && frame.attempt < 3
        frame.failedRole = tries ? role : nil
        frame.attempt = tries ? frame.attempt + 1 : 0
        frame.lastRole = role
        frame.own -= 1

        let start = frame.cursor
        let end = start + duration(of: role)
        let position = Int32(outline.count)
        outline.add(role, under: frame.agent, start: start, end: end, marks)
        if role == .tool, frame.own > 0, frame.level + 2 <= shape.depth, random.chance(0.35) {
            frame.own -= 1
            let length = end - start
            outline.add(
                .request, under: position, start: start + length / 16, end: end - length / 16, hasFailed ? .failed : [])
        }
        frame.cursor = end + pause()
        frame.latest = max(frame.latest, end)
        stack[index] = frame
    }

    private mutating func callAgent(_ index: Int) {
        let nested = stack[index].nested
        let share = stack[index].share
        var spans = share
        if nested > 1 {
            let even = share / nested
            spans = max(1, min(share - (nested - 1), even / 2 + random.below(even + 1)))
        }
        stack[index].nested -= 1
        stack[index].share -= spans
        let frame = stack[index]
        call(under: frame.agent, level: frame.level + 1, spans: spans, at: frame.cursor)
        if frame.isParallel { stack[index].cursor += pause() }
    }

    private mutating func finish(_ frame: Frame) {
        let end = max(frame.latest, frame.cursor) + pause()
        outline.ends[Int(frame.agent)] = end
        // What was tried in vain to the last takes its agent down.
        if frame.failedRole != nil { outline.marks[Int(frame.agent)].insert(.failed) }
        guard let caller = stack.indices.last else { return }
        stack[caller].latest = max(stack[caller].latest, end)
        if !stack[caller].isParallel { stack[caller].cursor = end + pause() }
    }

    /// The last span and those that wait for it have no end.
    private mutating func cutOff() {
        var position = outline.count - 1
        while position >= 0 {
            outline.marks[position].insert(.running)
            outline.marks[position].remove(.failed)
            position = Int(outline.parents[position])
        }
    }

    private mutating func next(after role: SpanRole) -> SpanRole {
        guard role == .chat else { return .chat }
        return random.chance(0.2) ? .retrieval : .tool
    }

    private mutating func duration(of role: SpanRole) -> Int64 {
        let range = role.duration
        // Most are near the short end, and some are long.
        let part = Int64(random.below(range.count)) * Int64(random.below(range.count)) / Int64(range.count)
        return (Int64(range.lowerBound) + part) * Self.millisecond + Int64(random.below(1_000_000))
    }

    private mutating func pause() -> Int64 { Int64(random.within(50_000...4_000_000)) }
}
