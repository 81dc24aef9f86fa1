import TraceModel

/// A span as a scanner gathers it, until it is known whether it is one.
struct SpanDraft {
    var traceID = TraceID(high: 0, low: 0)
    var spanID: UInt64 = 0
    var parentID: UInt64 = 0
    var start: Int64 = 0
    var end: Int64 = 0
    var traits = SpanTraits()
    var name = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var offset: UInt64 = 0
    var length = 0

    private var tokensIn: (value: Int64, rank: UInt8) = (0, 0)
    private var tokensOut: (value: Int64, rank: UInt8) = (0, 0)
    private var cost: (value: Double, rank: UInt8) = (0, 0)
    private var agent: (text: UnsafeBufferPointer<UInt8>, rank: UInt8) = (.init(start: nil, count: 0), 0)
    private(set) var title: (text: UnsafeBufferPointer<UInt8>, rank: UInt8) = (.init(start: nil, count: 0), 0)
    private var operation: (text: UnsafeBufferPointer<UInt8>, rank: UInt8) = (.init(start: nil, count: 0), 0)
    private var session: (text: UnsafeBufferPointer<UInt8>, rank: UInt8) = (.init(start: nil, count: 0), 0)
    private var traceName = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var reward: (value: Double, rank: UInt8) = (0, 0)
    private var tokensCached: (value: Int64, rank: UInt8) = (0, 0)
    private var model: (text: UnsafeBufferPointer<UInt8>, rank: UInt8) = (.init(start: nil, count: 0), 0)
    private var hasTool = false

    /// Takes a text attribute of a known meaning. The bytes stay in place until the span is finished.
    @inline(__always)
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ known: AttributeMeaning.Ranked) {
        switch known.meaning {
        case .agent: if known.rank > agent.rank, text.count > 0 { agent = (text, known.rank) }
        case .title: if known.rank > title.rank, text.count > 0 { title = (text, known.rank) }
        case .operation: if known.rank > operation.rank { operation = (text, known.rank) }
        case .model: if known.rank > model.rank { model = (text, known.rank) }
        case .tool: hasTool = true
        case .traceName: traceName = text
        case .inferred: traits.isInferred = JSONCursor.equal(text, "true")
        case .session: if known.rank > session.rank, text.count > 0 { session = (text, known.rank) }
        case .task, .sequence: break
        case .tokensIn, .tokensOut, .tokensCached, .cost, .reward:
            if let number = JSONText.double(text) { take(number, known) }
        }
    }

    @inline(__always)
    mutating func take(_ number: Double, _ known: AttributeMeaning.Ranked) {
        switch known.meaning {
        case .tokensIn: if known.rank > tokensIn.rank { tokensIn = (Self.whole(number), known.rank) }
        case .tokensOut: if known.rank > tokensOut.rank { tokensOut = (Self.whole(number), known.rank) }
        case .tokensCached: if known.rank > tokensCached.rank { tokensCached = (Self.whole(number), known.rank) }
        case .cost: if known.rank > cost.rank, number.isFinite { cost = (number, known.rank) }
        case .reward: if known.rank > reward.rank, (0...1).contains(number) { reward = (number, known.rank) }
        case .inferred: traits.isInferred = number != 0
        default: break
        }
    }

    private static func whole(_ number: Double) -> Int64 {
        number.isFinite && number > 0 ? Int64(min(number, 4e9)) : 0
    }

    /// Adds the span to the batch. `unescape` turns the format's bytes of a text into a string.
    mutating func finish(
        into batch: inout SpanBatch, traces: inout TraceNumbers, context: UInt32, words: inout OperationWords,
        unescape: (UnsafeBufferPointer<UInt8>) -> String
    ) {
        let row = UInt32(batch.count)
        traits.isRunning = end == 0
        traits.category = category(&words)
        let duration = end > start ? (start < 0 && end > Int64.max + start ? Int64.max : end - start) : 0
        batch.traces.append(traces.number(of: traceID, in: &batch))
        batch.spanIDs.append(spanID)
        batch.parentIDs.append(parentID)
        batch.starts.append(start)
        batch.durations.append(duration)
        batch.names.append(intern(name, &batch, unescape))
        batch.contexts.append(context)
        batch.offsets.append(offset)
        batch.lengths.append(UInt32(clamping: length))
        batch.traits.append(traits)
        if tokensIn.value > 0 || tokensOut.value > 0 || cost.rank > 0 {
            if cost.rank == 0, model.rank > 0, !words.models.isEmpty, let price = words.models.price(of: model.text) {
                let (tokensIn, tokensOut) = (Int(tokensIn.value), Int(tokensOut.value))
                cost = (price.cost(tokensIn: tokensIn, tokensOut: tokensOut, cached: Int(tokensCached.value)), 1)
            }
            let usage = Usage(
                tokensIn: UInt32(clamping: tokensIn.value), tokensOut: UInt32(clamping: tokensOut.value),
                cost: cost.rank > 0 ? Float(cost.value) : nil)
            batch.usage.append((row, usage))
        }
        if reward.rank > 0 { batch.rewards.append((row, Float(reward.value))) }
        if traceName.count > 0 {
            batch.traceNames.append((batch.traces[Int(row)], intern(traceName, &batch, unescape)))
        }
        // Of a trace the first will do.
        let trace = batch.traces[Int(row)]
        if session.rank > 0, batch.sessions.last?.trace != trace {
            batch.sessions.append((trace, intern(session.text, &batch, unescape)))
        }
        if model.rank > 0, batch.models.last?.trace != trace {
            batch.models.append((trace, intern(model.text, &batch, unescape)))
        }
        if agent.rank > 0 { batch.agents.append((row, intern(agent.text, &batch, unescape))) }
        // A piece without a time need not be one of the root.
        if parentID == 0, title.rank > 0, start > 0 || !traits.isPiece {
            // A title is cut short; that much of its bytes is enough, were they all pairs of escapes.
            let head = UnsafeBufferPointer(rebasing: title.text.prefix(1500))
            batch.titles.append((row, batch.strings.intern(Self.oneLine(unescape(head)))))
        }
    }

    @inline(__always)
    private func intern(
        _ text: UnsafeBufferPointer<UInt8>, _ batch: inout SpanBatch, _ unescape: (UnsafeBufferPointer<UInt8>) -> String
    ) -> UInt32 {
        JSONText.hasEscape(text) ? batch.strings.intern(unescape(text)) : batch.strings.intern(text)
    }

    private func category(_ words: inout OperationWords) -> SpanCategory {
        if operation.rank > 0, let category = words.category(of: operation.text) { return category }
        if ("execute_tool" as StaticString).isStart(of: name) { return .tool }
        if ("chat " as StaticString).isStart(of: name) || model.rank > 0 { return .model }
        if ("invoke_agent" as StaticString).isStart(of: name) { return .agent }
        if hasTool { return .tool }
        return agent.rank > 0 ? .agent : .other
    }

    /// At most 120 scalars, with a single blank for each run of blanks and line ends.
    static func oneLine(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            String(unsafeUninitializedCapacity: min(bytes.count, 4 * 120)) { line in
                var count = 0
                var scalars = 0
                var isAfterBlank = true
                for byte in bytes {
                    // All but the first byte of a scalar are 10xxxxxx.
                    let isFirst = byte & 0xC0 != 0x80
                    let isBlank = byte <= 0x20
                    guard !isBlank || !isAfterBlank else { continue }
                    if isFirst {
                        if scalars == 120 { break }
                        scalars += 1
                    }
                    line[count] = isBlank ? 0x20 : byte
                    count += 1
                    isAfterBlank = isBlank
                }
                return isAfterBlank && count > 0 ? count - 1 : count
            }
        }
    }
}

/// The numbers of a batch's traces, by id.
struct TraceNumbers {
    private var last: (id: TraceID, number: UInt32)?
    private var numbers: [TraceID: UInt32] = [:]

    @inline(__always)
    mutating func number(of id: TraceID, in batch: inout SpanBatch) -> UInt32 {
        if let last, last.id == id { return last.number }
        let number: UInt32
        if let known = numbers[id] {
            number = known
        } else {
            number = UInt32(batch.traceIDs.count)
            batch.traceIDs.append(id)
            numbers[id] = number
        }
        last = (id, number)
        return number
    }
}

/// What the words met so far stand for: operations for categories, models for prices. They are few, and they repeat.
struct OperationWords {
    private var known: [(bytes: [UInt8], category: SpanCategory?)] = []
    var models: PricedModels

    init(_ prices: ModelPrices) {
        models = PricedModels(prices)
    }

    mutating func category(of word: UnsafeBufferPointer<UInt8>) -> SpanCategory? {
        // By number: to go through them would be to copy each.
        for number in known.indices where JSONCursor.equal(word, known[number].bytes) {
            return known[number].category
        }
        let category = SpanCategory(operation: String(decoding: word.prefix(64), as: UTF8.self))
        if known.count < 32 { known.append((Array(word), category)) }
        return category
    }
}

/// The contexts of a batch, so that those with the same content stand once.
struct ContextNumbers {
    private var last: (hash: UInt64, number: UInt32)?
    private var numbers: [UInt64: UInt32] = [:]

    /// The number of the context whose content has this hash.
    mutating func number(of hash: UInt64) -> UInt32? {
        if let last, last.hash == hash { return last.number }
        guard let number = numbers[hash] else { return nil }
        last = (hash, number)
        return number
    }

    /// Gives a number to a context that has none.
    mutating func add(_ context: SpanContext, _ hash: UInt64, to batch: inout SpanBatch) -> UInt32 {
        let number = UInt32(batch.contextTable.count)
        batch.contextTable.append(context)
        numbers[hash] = number
        last = (hash, number)
        return number
    }

    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while index + 8 <= bytes.count {
            hash = (hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            index += 8
        }
        while index < bytes.count {
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3
            index += 1
        }
        return hash ^ hash >> 29
    }
}
