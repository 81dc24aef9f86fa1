import TraceModel

/// The events of one file as they are gathered. Microseconds there are from whatever moment its writer counts.
struct ChromeTrace {
    private let trace: TraceID
    private let name: String
    private let place: RecordPlace
    private var threads: [ChromeLane: ChromeThread] = [:]
    private var order: [ChromeLane] = []
    /// What lasts beside the threads: begun and not ended, by its id; and all of it.
    private var open: [String: [Int]] = [:]
    private var beside: [(lane: ChromeLane, slice: ChromeSlice)] = []
    /// Where arrows leave and land.
    private var arrows: [(point: ChromePoint, span: SpanID)] = []
    private var links: [SpanID: [SpanLink]] = [:]
    private var number = 0
    private var counters: Int64 = 0
    private var passed: Int64 = 0

    /// So many events tell one recording from every other.
    private static let telling = 256

    /// The file says no id of its own: its first events are one, so that it is the same trace wherever it lies.
    init(_ source: TranslationSource, _ events: JSONView, at place: RecordPlace) {
        name = source.names.last.map { String($0) } ?? "chrome trace"
        trace = DerivedID.trace(events.elements.prefix(Self.telling).map(\.json).joined(separator: "\n"), in: "chrome")
        self.place = place
    }

    mutating func take(_ event: JSONView, _ phase: String, into output: inout TranslationOutput) {
        let lane = ChromeLane(process: event["pid"].text ?? "0", thread: event["tid"].text ?? "0")
        // Zero would be "not given".
        let time = Self.nanoseconds(event["ts"].double) + 1
        switch phase {
        case "X":
            var slice = slice(event, time)
            slice.end = time + Self.nanoseconds(event["dur"].double)
            add(slice, to: lane, isOpen: false)
        case "B": add(slice(event, time), to: lane, isOpen: true)
        case "E":
            thread(lane)
            if threads[lane]?.endLast(event, at: time) != true {
                output.report("an end without its beginning", at: place.place(of: event))
            }
        case "b", "S": begin(event, time, lane)
        case "e", "F":
            if !end(event, time) { output.report("an end without its beginning", at: place.place(of: event)) }
        case "n", "T", "p":
            if let last = open[Self.key(event)]?.last {
                beside[last].slice.events.append(Self.moment(event, time))
            } else {
                add(ChromePoint(kind: .instant, time: time, event: event), to: lane.whole)
            }
        case "i", "I", "R":
            let isNarrow = event["s"].string == nil || event["s"].string == "t"
            add(ChromePoint(kind: .instant, time: time, event: event), to: isNarrow ? lane : lane.whole)
        case "s": add(ChromePoint(kind: .flowOut, time: time, event: event), to: lane)
        case "t", "f": add(ChromePoint(kind: .flowIn, time: time, event: event), to: lane)
        case "M": takeMetadata(event, lane)
        case "C": counters += 1
        // Samples, objects, dumps of memory, clocks: what has no place in a tree.
        case "P", "N", "O", "D", "V", "v", "c", "(", ")", "a", "=": passed += 1
        default: output.report("an event of the phase \(phase), which nobody knows", at: place.place(of: event))
        }
    }

    private static func nanoseconds(_ microseconds: Double?) -> Int64 {
        guard let microseconds, microseconds.isFinite else { return 0 }
        return Int64((max(0, min(microseconds, 4e15)) * 1000).rounded())
    }

    private mutating func slice(_ event: JSONView, _ time: Int64) -> ChromeSlice {
        number += 1
        return ChromeSlice(event, number: number, start: time)
    }

    // MARK: Threads

    private mutating func thread(_ lane: ChromeLane) {
        guard threads[lane] == nil else { return }
        for lane in [lane.whole, lane] where threads[lane] == nil {
            threads[lane] = ChromeThread()
            order.append(lane)
        }
    }

    private mutating func add(_ slice: ChromeSlice, to lane: ChromeLane, isOpen: Bool) {
        thread(lane)
        threads[lane]?.add(slice, isOpen: isOpen)
    }

    private mutating func add(_ point: ChromePoint, to lane: ChromeLane) {
        thread(lane)
        threads[lane]?.add(point)
    }

    private mutating func takeMetadata(_ event: JSONView, _ lane: ChromeLane) {
        let what = event["name"].string ?? ""
        let lane = what.hasPrefix("process_") ? lane.whole : lane
        thread(lane)
        if what == "process_name" || what == "thread_name", let name = event["args"]["name"].filled {
            threads[lane]?.name = name
        } else {
            for (key, value) in event["args"].fields { threads[lane]?.facts.append((key, value)) }
        }
    }

    // MARK: Beside threads

    private static func key(_ event: JSONView) -> String {
        let local = event["id2"]["local"]
        let id = event["id"].text ?? event["id2"]["global"].text ?? local.text ?? ""
        let process = local.exists ? event["pid"].text ?? "" : ""
        // Older asynchronous events are told by their names too, newer ones nest.
        let isOld = ["S", "T", "p", "F"].contains(event["ph"].string)
        return "\(event["cat"].text ?? "") \(event["scope"].text ?? "") \(id) \(process)"
            + (isOld ? " \(event["name"].text ?? "")" : "")
    }

    private mutating func begin(_ event: JSONView, _ time: Int64, _ lane: ChromeLane) {
        let key = Self.key(event)
        var slice = slice(event, time)
        slice.parent = open[key]?.last.map { beside[$0].slice.span }
        open[key, default: []].append(beside.count)
        beside.append((lane.whole, slice))
        thread(lane.whole)
        threads[lane.whole]?.note(time, time)
    }

    /// Whether there was one to end: of several the innermost of its name, else the innermost.
    private mutating func end(_ event: JSONView, _ time: Int64) -> Bool {
        let key = Self.key(event)
        guard let begun = open[key], !begun.isEmpty else { return false }
        let name = event["name"].string
        let index = begun.lastIndex { beside[$0].slice.event["name"].string == name } ?? begun.count - 1
        let place = begun[index]
        open[key]?.remove(at: index)
        beside[place].slice.end = max(time, beside[place].slice.start)
        beside[place].slice.ending = event
        threads[beside[place].lane]?.note(time, time)
        return true
    }

    // MARK: Spans

    mutating func finish(_ record: JSONView, into output: inout TranslationOutput) {
        var start = Int64.max
        var end: Int64 = 0
        for lane in order {
            guard var thread = threads[lane] else { continue }
            threads[lane] = nil
            thread.nest { meet($0, in: $1) }
            if lane.thread != nil, thread.start <= thread.end { threads[lane.whole]?.note(thread.start, thread.end) }
            threads[lane] = thread
        }
        linkArrows()
        for lane in order { for slice in threads[lane]?.slices ?? [] { output.add(span(of: slice, lane)) } }
        for (lane, slice) in beside { output.add(span(of: slice, lane)) }
        for lane in order {
            guard let thread = threads[lane], thread.start <= thread.end else { continue }
            start = min(start, thread.start)
            end = max(end, thread.end)
            output.add(span(of: thread, lane))
        }
        guard start <= end else { return }
        var root = TranslatedSpan(
            SpanBody(traceID: trace, spanID: rootID, name: name, start: start, end: end), from: place)
        root.body.kind = .internal
        root.markInferred()
        root.setService(name)
        root.set("gen_ai.operation.name", "invoke_workflow")
        if counters > 0 { root.set("chrome.counters", counters) }
        if passed > 0 { root.set("chrome.passed_over", passed) }
        root.setRest(of: record, prefix: "chrome.", except: ["traceEvents"])
        output.add(root)
    }

    private static func moment(_ event: JSONView, _ time: Int64) -> SpanEvent {
        SpanEvent(
            name: event["name"].text ?? "", time: time,
            attributes: event["args"].fields.filter { $0.value.exists }.map { Attribute($0.key, $0.value.attribute) })
    }

    private mutating func meet(_ point: ChromePoint, in slice: ChromeSlice?) -> SpanEvent? {
        if point.kind == .instant { return Self.moment(point.event, point.time) }
        if let slice { arrows.append((point, slice.span)) }
        return nil
    }

    /// Arrows go from the slice that they begin in to the one that they end in: from there a link leads back.
    private mutating func linkArrows() {
        var latest: [String: SpanID] = [:]
        for (point, span) in arrows.sorted(by: { $0.point.time < $1.point.time }) {
            let key = Self.flow(point.event)
            if point.kind == .flowIn, let from = latest[key], from != span {
                var link = SpanLink(traceID: trace, spanID: from)
                link.attributes = [
                    Attribute(SpanVocabulary.linkKind, .string(SpanVocabulary.LinkKind.data.rawValue))
                ]
                if let name = point.event["name"].filled {
                    link.attributes.append(Attribute(SpanVocabulary.linkLabel, .string(name)))
                }
                links[span, default: []].append(link)
            }
            latest[key] = span
        }
    }

    private static func flow(_ event: JSONView) -> String {
        "\(event["cat"].text ?? "") \(event["id"].text ?? "") \(event["name"].text ?? "")"
    }

    private var rootID: SpanID { DerivedID.span("chrome file \(trace)") }

    private func id(_ lane: ChromeLane) -> SpanID {
        DerivedID.span("chrome \(trace) process \(lane.process)\(lane.thread.map { " thread \($0)" } ?? "")")
    }

    private func service(_ lane: ChromeLane) -> String { threads[lane.whole]?.name ?? lane.whole.label }

    private func span(of slice: ChromeSlice, _ lane: ChromeLane) -> TranslatedSpan {
        var body = SpanBody(
            traceID: trace, spanID: slice.span, parentID: slice.parent ?? id(lane),
            name: slice.event["name"].text ?? slice.ending?["name"].text ?? "", start: slice.start, end: slice.end)
        body.kind = .internal
        body.events = slice.events
        body.links = links[slice.span] ?? []
        var span = TranslatedSpan(body, from: place.place(of: slice.event))
        if let ending = slice.ending { span.origins.append(place.place(of: ending).bytes) }
        span.setService(service(lane))
        span.setRest(
            of: slice.event, prefix: "chrome.", except: ["name", "ph", "ts", "dur", "pid", "tid", "args"])
        var known: Set<String> = []
        if let ending = slice.ending {
            for (key, value) in ending["args"].fields {
                span.set("args.\(key)", value)
                known.insert(key)
            }
        }
        for (key, value) in slice.event["args"].fields where !known.contains(key) { span.set("args.\(key)", value) }
        return span
    }

    private func span(of thread: ChromeThread, _ lane: ChromeLane) -> TranslatedSpan {
        var body = SpanBody(
            traceID: trace, spanID: id(lane), parentID: lane.thread == nil ? rootID : id(lane.whole),
            name: thread.name.map { "\($0) (\(lane.label))" } ?? lane.label, start: thread.start, end: thread.end)
        body.kind = .internal
        body.events = thread.events
        var span = TranslatedSpan(body, from: place)
        span.markInferred()
        span.setService(service(lane))
        for (key, value) in thread.facts { span.set("chrome.\(key)", value) }
        return span
    }
}
