import TraceModel

/// Takes the messages of one window apart: requests of traces, of logs, of metrics, which are told apart by what is in
/// them.
struct OTLPProtobufWalk {
    private let window: UnsafeRawBufferPointer
    private let offset: UInt64
    var words: OperationWords
    private var traces = TraceNumbers()
    private var contexts = ContextNumbers()
    private let meanings = AttributeMeaning.Lookup.shared

    init(window: UnsafeRawBufferPointer, offset: UInt64, words: OperationWords) {
        self.window = window
        self.offset = offset
        self.words = words
    }

    /// `{1: ResourceSpans…}`. False where the bytes are no message.
    mutating func takeRequest(_ range: Range<Int>, into batch: inout SpanBatch) -> Bool {
        var reader = ProtobufReader(window, range)
        while let field = reader.next() {
            guard field.number == 1, field.wire == .bytes else { continue }
            guard takeGroup(reader.message(field), into: &batch) else { return false }
        }
        return !reader.isBroken
    }

    /// `{1: Resource, 2: ScopeSpans…}`, in any order.
    private mutating func takeGroup(_ group: ProtobufReader, into batch: inout SpanBatch) -> Bool {
        var resource = 0..<0
        var reader = group
        while let field = reader.next() {
            if field.number == 1, field.wire == .bytes { resource = field.range }
        }
        guard !reader.isBroken else { return false }
        reader = group
        while let field = reader.next() {
            // 1000 is where instrumentationLibrarySpans once stood.
            guard field.number == 2 || field.number == 1000, field.wire == .bytes else { continue }
            guard takeScope(reader.message(field), resource, into: &batch) else { return false }
        }
        return true
    }

    private mutating func takeScope(
        _ message: ProtobufReader, _ resource: Range<Int>, into batch: inout SpanBatch
    ) -> Bool {
        var scope = 0..<0
        var reader = message
        while let field = reader.next() {
            if field.number == 1, field.wire == .bytes { scope = field.range }
        }
        guard !reader.isBroken else { return false }
        let hash =
            ContextNumbers.hash(UnsafeRawBufferPointer(rebasing: window[resource])) &* 31
            ^ ContextNumbers.hash(UnsafeRawBufferPointer(rebasing: window[scope]))
        let number = contexts.number(of: hash) ?? addContext(resource, scope, hash, to: &batch)
        reader = message
        while let field = reader.next() {
            guard field.number == 2, field.wire == .bytes else { continue }
            takeItem(reader.message(field), field.range, number, into: &batch)
        }
        return true
    }

    private mutating func addContext(
        _ resource: Range<Int>, _ scope: Range<Int>, _ hash: UInt64, to batch: inout SpanBatch
    ) -> UInt32 {
        let service = batch.strings.intern(service(resource))
        let context = SpanContext(resource: place(resource), scope: place(scope), service: service)
        return contexts.add(context, hash, to: &batch)
    }

    private func service(_ resource: Range<Int>) -> String {
        let attributes = OTLPProtobufDecoder.resource(ProtobufReader(window, resource)).attributes
        guard case .string(let name)? = attributes.value("service.name") else { return "" }
        return name
    }

    private func place(_ range: Range<Int>) -> ByteRange {
        ByteRange(offset: offset + UInt64(range.lowerBound), length: UInt32(clamping: range.count))
    }

    /// A span begins with its 16-byte trace id; a log record with its time; a metric with its name.
    private mutating func takeItem(
        _ message: ProtobufReader, _ range: Range<Int>, _ context: UInt32, into batch: inout SpanBatch
    ) {
        var probe = message
        guard let first = probe.next() else {
            batch.problems.append(ScanProblem(place: .byte(place(range).offset), what: "an empty record"))
            return
        }
        if first.wire == .fixed64 || first.number == 11
            || first.number == 9 && first.wire == .bytes && first.range.count == 16
        {
            takeLog(message, range, context, into: &batch)
        } else if first.number == 1, first.wire == .bytes, first.range.count == 16 || !isText(probe, first) {
            takeSpan(message, range, context, into: &batch)
        } else if first.number == 1 {
            batch.metrics += 1
        } else if first.number == 2, first.wire == .bytes, first.range.count == 8 {
            batch.problems.append(
                ScanProblem(place: .byte(place(range).offset), what: "a span without a usable trace id"))
        } else {
            takeLog(message, range, context, into: &batch)
        }
    }

    private func isText(_ reader: ProtobufReader, _ field: ProtobufReader.Field) -> Bool {
        field.range.count > 0 && reader.bytes(field).allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    private mutating func takeSpan(
        _ message: ProtobufReader, _ range: Range<Int>, _ context: UInt32, into batch: inout SpanBatch
    ) {
        var draft = SpanDraft()
        draft.offset = place(range).offset
        draft.length = range.count
        var reader = message
        while let field = reader.next() {
            switch (field.number, field.wire) {
            case (1, .bytes):
                if field.range.count == 16 { draft.traceID = OTLPProtobufDecoder.traceID(reader.bytes(field)) }
            case (2, .bytes):
                if field.range.count == 8 { draft.spanID = OTLPProtobufDecoder.spanID(reader.bytes(field)) }
            case (4, .bytes):
                if field.range.count == 8 { draft.parentID = OTLPProtobufDecoder.spanID(reader.bytes(field)) }
            case (5, .bytes): draft.name = reader.bytes(field)
            case (6, .varint): draft.traits.kind = SpanKind(rawValue: UInt8(clamping: field.value)) ?? .unspecified
            case (7, .fixed64): draft.start = Int64(clamping: field.value)
            case (8, .fixed64): draft.end = Int64(clamping: field.value)
            case (EncodedAttributes.field, .bytes): Self.take(reader.message(field), meanings, into: &draft)
            case (11, .bytes): draft.traits.hasEvents = true
            case (13, .bytes): draft.traits.hasLinks = true
            case (TranslatedFields.isPiece, .varint): draft.traits.isPiece = field.value != 0
            case (15, .bytes): draft.traits.status = OTLPProtobufDecoder.status(reader.message(field)).code
            default: break
            }
        }
        guard !reader.isBroken, !draft.traceID.isZero, draft.spanID != 0 else {
            let what = reader.isBroken ? "a span that makes no sense" : "a span without usable ids"
            batch.problems.append(ScanProblem(place: .byte(draft.offset), what: what))
            return
        }
        draft.finish(
            into: &batch, traces: &traces, context: context, words: &words,
            unescape: { String(decoding: $0, as: UTF8.self) })
    }

    /// Takes notice of an attribute, where it means something.
    private static func take(
        _ attribute: ProtobufReader, _ meanings: AttributeMeaning.Lookup, into draft: inout SpanDraft
    ) {
        var reader = attribute
        guard let key = reader.next(), key.number == 1, key.wire == .bytes,
            let known = meanings[reader.bytes(key)],
            let value = reader.next(), value.number == 2, value.wire == .bytes
        else { return }
        var inner = reader.message(value)
        guard let field = inner.next() else { return }
        switch (field.number, field.wire) {
        case (1, .bytes): draft.take(inner.bytes(field), known)
        case (2, .varint): draft.take(field.value == 0 ? 0 : 1, known)
        case (3, .varint): draft.take(Double(Int64(bitPattern: field.value)), known)
        case (4, .fixed64): draft.take(Double(bitPattern: field.value), known)
        default: break
        }
    }

    private mutating func takeLog(
        _ message: ProtobufReader, _ range: Range<Int>, _ context: UInt32, into batch: inout SpanBatch
    ) {
        let log = OTLPProtobufDecoder.log(message, isBrief: true)
        guard !log.traceID.isZero else { return }
        batch.logs.append(
            ScannedLog(
                trace: traces.number(of: log.traceID, in: &batch), spanID: log.spanID.value, time: log.time,
                context: context, place: place(range)))
    }
}
