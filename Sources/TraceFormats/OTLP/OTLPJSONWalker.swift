import TraceModel

/// Walks the tokens of OTLP JSON and gathers what it finds, from wherever the last window left off.
///
/// What it keeps between windows is where it is: which containers are open, and what the spans in them share.
struct OTLPJSONWalker {
    enum Outcome {
        /// Every token is behind, and no container is open.
        case done
        /// The token at this offset begins something that is not complete.
        case incomplete(Int)
        /// What stands here is not JSON, or not where it should be.
        case malformed(Int)
    }

    private enum Frame {
        case list
        case document
        case groups(Signal)
        case group(Signal)
        case scopes(Signal)
        case scope(Signal)
        case items(Signal)
    }

    enum Signal { case spans, logs, metrics }

    private var frames: [Frame] = []
    private var shared = SharedContext()
    var traces = TraceNumbers()
    var contexts = ContextNumbers()
    private var words: OperationWords
    private let meanings = AttributeMeaning.Lookup.shared
    /// OTLP was seen since the last start.
    private(set) var hasSeenOTLP = false

    init(_ prices: ModelPrices) {
        words = OperationWords(prices)
    }

    var isInside: Bool { !frames.isEmpty }

    /// Forgets the open containers, after something that could not be read.
    mutating func reset() {
        frames = []
        shared = SharedContext()
        hasSeenOTLP = false
    }

    /// A batch begins: numbers of the last one mean nothing in it.
    mutating func beginBatch() {
        traces = TraceNumbers()
        contexts = ContextNumbers()
        shared.context = nil
        shared.group = SharedContext.Place()
        shared.scopePlace = SharedContext.Place()
    }

    /// Walks until the tokens end. `origin` is the place in the file of the text's first byte.
    mutating func walk(_ cursor: inout JSONCursor, origin: UInt64, into batch: inout SpanBatch) -> Outcome {
        while true {
            guard let frame = frames.last else {
                if cursor.isAtEnd { return .done }
                guard open(&cursor) else { return .malformed(cursor.offset(cursor.at)) }
                continue
            }
            let before = cursor.at
            if cursor.isAtEnd { return .incomplete(cursor.length) }
            let byte = cursor.byte
            if byte == UInt8(ascii: ",") {
                cursor.at += 1
                continue
            }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
                close(frame)
                cursor.at += 1
                continue
            }
            let isRead =
                switch frame {
                case .list: openElement(&cursor, .document)
                case .groups(let signal): openGroup(&cursor, signal, batch)
                case .scopes(let signal): openScope(&cursor, signal, batch)
                case .items(let signal): takeItem(&cursor, signal, origin: origin, into: &batch)
                case .document, .group, .scope: takeField(&cursor, frame, origin: origin, into: &batch)
                }
            if !isRead {
                cursor.at = before
                // Nothing but the end of the tokens can make a whole thing incomplete.
                var rest = cursor
                if byte == UInt8(ascii: "\"") {
                    rest.at += 2
                    if cursor.byte(before + 1) != UInt8(ascii: ":"), before + 1 < cursor.count {
                        return .malformed(cursor.offset(before))
                    }
                }
                return rest.isAtEnd || !rest.skip()
                    ? .incomplete(cursor.offset(before)) : .malformed(cursor.offset(before))
            }
        }
    }

    private mutating func open(_ cursor: inout JSONCursor) -> Bool {
        switch cursor.byte {
        case UInt8(ascii: "{"): frames.append(.document)
        case UInt8(ascii: "["): frames.append(.list)
        default: return false
        }
        cursor.at += 1
        return true
    }

    private mutating func close(_ frame: Frame) {
        frames.removeLast()
        switch frame {
        case .group: shared = SharedContext()
        case .scope:
            shared.scope = .empty
            shared.scopeHash = 0
            shared.context = nil
        default: break
        }
    }

    private mutating func openElement(_ cursor: inout JSONCursor, _ frame: Frame) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        frames.append(frame)
        cursor.at += 1
        return true
    }

    private mutating func openScope(_ cursor: inout JSONCursor, _ signal: Signal, _ batch: SpanBatch) -> Bool {
        shared.scopePlace = SharedContext.Place(batch)
        return openElement(&cursor, .scope(signal))
    }

    private mutating func openGroup(_ cursor: inout JSONCursor, _ signal: Signal, _ batch: SpanBatch) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        shared = SharedContext()
        shared.group = SharedContext.Place(batch)
        frames.append(.group(signal))
        cursor.at += 1
        return true
    }

    /// A key and its value: opened where spans may be in it, else taken or passed over whole.
    private mutating func takeField(
        _ cursor: inout JSONCursor, _ frame: Frame, origin: UInt64, into batch: inout SpanBatch
    ) -> Bool {
        guard cursor.byte == UInt8(ascii: "\""), cursor.byte(cursor.at + 1) == UInt8(ascii: ":") else { return false }
        let key = cursor.stringBytes(cursor.at)
        var value = cursor
        value.at += 2
        if value.byte == UInt8(ascii: "["), let inner = Self.container(key, in: frame) {
            if case .groups = inner { hasSeenOTLP = true }
            frames.append(inner)
            cursor.at = value.at + 1
            return true
        }
        if case .document = frame, value.byte == UInt8(ascii: "{"), frames.count < 4, Self.isWrapping(key) {
            frames.append(.document)
            cursor.at = value.at + 1
            return true
        }
        let first = value.at
        guard value.skip() else { return false }
        take(key, cursor, first, end: value, frame, origin: origin, into: &batch)
        cursor.at = value.at
        return true
    }

    /// Tempo and Jaeger answer with a document within another.
    private static func isWrapping(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        JSONCursor.equal(key, "trace") || JSONCursor.equal(key, "result")
    }

    private static func container(_ key: UnsafeBufferPointer<UInt8>, in frame: Frame) -> Frame? {
        func named(_ camel: StaticString, _ snake: StaticString) -> Bool {
            JSONCursor.equal(key, camel) || JSONCursor.equal(key, snake)
        }
        switch frame {
        case .document:
            if named("resourceSpans", "resource_spans") || named("batches", "batches") { return .groups(.spans) }
            if named("resourceLogs", "resource_logs") { return .groups(.logs) }
            if named("resourceMetrics", "resource_metrics") { return .groups(.metrics) }
        case .group(let signal):
            if named("scopeSpans", "scope_spans") || named("scopeLogs", "scope_logs")
                || named("scopeMetrics", "scope_metrics")
                || named("instrumentationLibrarySpans", "instrumentation_library_spans")
                || named("instrumentationLibraryLogs", "instrumentation_library_logs")
            {
                return .scopes(signal)
            }
        case .scope(let signal):
            switch signal {
            case .spans: if named("spans", "spans") { return .items(.spans) }
            case .logs: if named("logRecords", "log_records") { return .items(.logs) }
            case .metrics: if named("metrics", "metrics") { return .items(.metrics) }
            }
        default: break
        }
        return nil
    }

    private mutating func take(
        _ key: UnsafeBufferPointer<UInt8>, _ cursor: JSONCursor, _ first: Int, end: JSONCursor, _ frame: Frame,
        origin: UInt64, into batch: inout SpanBatch
    ) {
        let start = cursor.offset(first)
        let length = cursor.offset(end.at - 1) + 1 - start
        guard cursor.byte(first) == UInt8(ascii: "{") else { return }
        let range = ByteRange(offset: origin + UInt64(start), length: UInt32(clamping: length))
        let bytes = UnsafeRawBufferPointer(start: cursor.base + start, count: length)
        switch frame {
        case .group where JSONCursor.equal(key, "resource"):
            shared.resource = range
            shared.resourceHash = ContextNumbers.hash(bytes)
            var resource = cursor
            resource.at = first
            shared.service = Self.service(of: &resource)
            shared.context = nil
            let service = batch.strings.intern(shared.service)
            renumber(from: shared.group, &batch) { context in
                context.resource = range
                context.service = service
            }
        case .scope
        where JSONCursor.equal(key, "scope") || JSONCursor.equal(key, "instrumentationLibrary")
            || JSONCursor.equal(key, "instrumentation_library"):
            shared.scope = range
            shared.scopeHash = ContextNumbers.hash(bytes)
            shared.context = nil
            renumber(from: shared.scopePlace, &batch) { $0.scope = range }
        default: return
        }
    }

    /// The resource or scope came after spans and logs that it is of: gives them contexts with it.
    private func renumber(
        from place: SharedContext.Place, _ batch: inout SpanBatch, _ change: (inout SpanContext) -> Void
    ) {
        var numbers: [UInt32: UInt32] = [:]
        func changed(_ number: UInt32, _ batch: inout SpanBatch) -> UInt32 {
            if let known = numbers[number] { return known }
            var context = batch.contextTable[Int(number)]
            change(&context)
            let new = UInt32(batch.contextTable.count)
            batch.contextTable.append(context)
            numbers[number] = new
            return new
        }
        for row in place.row..<batch.count { batch.contexts[row] = changed(batch.contexts[row], &batch) }
        for log in place.log..<batch.logs.count {
            batch.logs[log].context = changed(batch.logs[log].context, &batch)
        }
    }

    private mutating func contextNumber(_ batch: inout SpanBatch) -> UInt32 {
        if let context = shared.context { return context }
        let hash = shared.resourceHash &* 31 ^ shared.scopeHash
        if let number = contexts.number(of: hash) {
            shared.context = number
            return number
        }
        let service = batch.strings.intern(shared.service)
        let context = SpanContext(resource: shared.resource, scope: shared.scope, service: service)
        let number = contexts.add(context, hash, to: &batch)
        shared.context = number
        return number
    }

    private static func service(of resource: inout JSONCursor) -> String {
        var service = ""
        _ = resource.forEachField { cursor, key in
            guard JSONCursor.equal(key, "attributes") else { return cursor.skip() }
            return OTLPJSONDecoder.forEachAttribute(&cursor) { key, value in
                if JSONCursor.equal(key, "service.name") {
                    var value = value
                    if case .string(let name)? = OTLPJSONDecoder.value(&value, depth: 1) { service = name }
                }
            }
        }
        return service
    }

    private mutating func takeItem(
        _ cursor: inout JSONCursor, _ signal: Signal, origin: UInt64, into batch: inout SpanBatch
    ) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else { return cursor.skip() }
        let start = cursor.offset(cursor.at)
        switch signal {
        case .metrics:
            guard cursor.skip() else { return false }
            batch.metrics += 1
            return true
        case .spans:
            var draft = SpanDraft()
            let first = cursor.at
            guard OTLPJSONSpan.scan(&cursor, &draft, meanings) else {
                return pass(&cursor, first, "a span", origin: origin, into: &batch)
            }
            draft.offset = origin + UInt64(start)
            draft.length = cursor.offset(cursor.at - 1) + 1 - start
            guard !draft.traceID.isZero, draft.spanID != 0 else {
                let what = draft.spanID == 0 ? "a span without a usable span id" : "a span without a usable trace id"
                batch.problems.append(ScanProblem(place: .byte(draft.offset), what: what))
                return true
            }
            let context = contextNumber(&batch)
            draft.finish(
                into: &batch, traces: &traces, context: context, words: &words, unescape: { JSONText.unescape($0) })
            return true
        case .logs:
            let first = cursor.at
            guard let log = OTLPJSONSpan.scanLog(&cursor) else {
                return pass(&cursor, first, "a log record", origin: origin, into: &batch)
            }
            guard !log.traceID.isZero else { return true }
            let length = cursor.offset(cursor.at - 1) + 1 - start
            batch.logs.append(
                ScannedLog(
                    trace: traces.number(of: log.traceID, in: &batch), spanID: log.spanID.value, time: log.time,
                    context: contextNumber(&batch),
                    place: ByteRange(offset: origin + UInt64(start), length: UInt32(clamping: length))))
            return true
        }
    }

    /// Passes over a record that is broken between brackets that are whole.
    private func pass(
        _ cursor: inout JSONCursor, _ first: Int, _ what: String, origin: UInt64, into batch: inout SpanBatch
    ) -> Bool {
        cursor.at = first
        let place = Problem.Place.byte(origin + UInt64(cursor.offset(first)))
        guard cursor.skip() else { return false }
        batch.problems.append(ScanProblem(place: place, what: "\(what) that is not JSON within; passed over"))
        return true
    }
}

/// What the spans of an open group share.
private struct SharedContext {
    var resource = ByteRange.empty
    var scope = ByteRange.empty
    var resourceHash: UInt64 = 0
    var scopeHash: UInt64 = 0
    var service = ""
    /// Its number in the batch, once a span needed it.
    var context: UInt32?
    /// Where the group and the scope begin in the batch.
    var group = Place()
    var scopePlace = Place()

    struct Place {
        var row = 0
        var log = 0

        init() {}

        init(_ batch: SpanBatch) {
            row = batch.count
            log = batch.logs.count
        }
    }
}
