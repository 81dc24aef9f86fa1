import TraceModel

/// A trace without its bodies, in columns: who called whom, when, and how it went. Twenty-two bytes a span, so that a
/// trace of millions can be made in the order in which its spans end.
struct TraceOutline: Sendable {
    struct Marks: OptionSet, Sendable {
        var rawValue: UInt8

        static let failed = Marks(rawValue: 1)
        static let running = Marks(rawValue: 2)
        /// The two bits of how often it was tried before.
        static let attempts: UInt8 = 0b1100

        var attempt: Int {
            get { Int((rawValue & Self.attempts) >> 2) }
            set { rawValue = rawValue & ~Self.attempts | UInt8(newValue & 3) << 2 }
        }
    }

    let id: TraceID
    /// Everything in the trace is drawn from this.
    let key: UInt64
    /// Nanoseconds since the epoch.
    let start: Int64

    var roles: [SpanRole] = []
    var marks: [Marks] = []
    /// Positions; the root's is -1.
    var parents: [Int32] = []
    /// Nanoseconds from the trace's start.
    var starts: [Int64] = []
    var ends: [Int64] = []

    init(id: TraceID, key: UInt64, start: Int64) {
        self.id = id
        self.key = key
        self.start = start
    }

    var count: Int { roles.count }

    /// Never zero, and no two of a trace alike, since the mixing keeps distinct numbers distinct.
    func spanID(_ position: Int) -> SpanID {
        SpanID(RandomSource.mix(key &+ UInt64(position + 1) &* 0x9E37_79B9_7F4A_7C15))
    }

    mutating func add(_ role: SpanRole, under parent: Int32, start: Int64, end: Int64, _ marks: Marks = []) {
        roles.append(role)
        self.marks.append(marks)
        parents.append(parent)
        starts.append(start)
        ends.append(end)
    }
}
