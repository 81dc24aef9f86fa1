import TraceModel

/// A turn, or what an agent does, or the session itself where nobody has said anything yet.
struct ClaudeCodeStrand {
    let span: SpanID
    let lane: Int
    let place: RecordPlace
    /// When the last of its lines was written.
    private(set) var last: Int64
    /// The end that was handed over.
    var told: Int64 = 0
    /// The turns that go on from here; more than one where somebody went back.
    var later: [Int] = []
    var isReplaced = false
    /// Nothing is waited for: the model has said what it had to.
    var isSettled = false

    init(span: SpanID, lane: Int, place: RecordPlace, time: Int64 = 0) {
        self.span = span
        self.lane = lane
        self.place = place
        last = time
    }

    mutating func touch(_ time: Int64) { last = max(last, time) }
}

/// A conversation with a model: the main one, or an agent's.
struct ClaudeCodeLane {
    var strand = 0
    /// What was said to the model since it last answered, and when.
    private(set) var inputs: [AttributeValue] = []
    private(set) var inputTime: Int64 = 0
    /// Where the first of it stands.
    private(set) var inputPlace: ByteRange?
    /// The model's message whose lines may still come.
    var message: ClaudeCodeMessage?
    private var messageID: [UInt8] = []

    mutating func take(input message: JSONView, _ time: Int64, at place: RecordPlace) {
        if !place.isBrief { inputs += ProviderMessages.input(message) }
        inputTime = time
        inputPlace = inputPlace ?? place.bytes
    }

    /// More of the model's message comes, at the end of a record. What was said meanwhile is not answered yet; to see that,
    /// one has to begin where the message does.
    mutating func goOn(at place: RecordPlace) {
        message?.goOn(at: place)
        if inputPlace != nil { inputPlace = message?.place }
    }

    /// Whether more of the message that it is at is what comes.
    func isAt(_ id: FieldText) -> Bool { message != nil && id == messageID }

    /// The model answers what was said to it so far.
    mutating func answer(_ id: FieldText, _ message: ClaudeCodeMessage) {
        self.message = message
        messageID = id.withBytes { Array($0) }
        inputs = []
        inputPlace = nil
    }
}

/// A use of a tool that waits for its result. Of a tool that starts an agent: what that one is told, and what kind it is.
struct ClaudeCodeToolUse {
    var prompt: String?
    var agent: String?
}
