import TraceModel
import TraceStore

extension Contents {
    /// Takes in a file's index as it was kept.
    mutating func take(_ kept: KeptIndex, of file: UInt32) {
        let entry = Int(file)
        let unit = UInt32(indexes.count)
        files[entry].unit = unit
        files[entry].lines = kept.lines
        files[entry].metrics = kept.metrics
        files[entry].scannedEnd = kept.scannedEnd
        files[entry].isKept = true
        progress.spans += kept.index.count - kept.index.superseded.count
        progress.logs += kept.index.logs.count
        progress.metrics += kept.metrics
        for problem in kept.problems.first {
            add(Problem(file: files[entry].found.name, place: problem.place, what: problem.what), of: file)
        }
        let unnamed = kept.problems.count - kept.problems.first.count
        problems.add(uncounted: unnamed)
        files[entry].problems.add(uncounted: unnamed)
        let numbers = takeTraces(of: kept, file: entry, unit: unit)
        indexes.append(kept.index.renumbered(traces: numbers, file: file))
    }

    /// The catalog's number of each of the traces.
    private mutating func takeTraces(of kept: KeptIndex, file: Int, unit: UInt32) -> [UInt32] {
        var texts = [UInt32](repeating: .max, count: kept.texts.count)
        var numbers: [UInt32] = []
        numbers.reserveCapacity(kept.traces.count)
        let source = files[file].source
        let format = files[file].formatName
        let isFirst = catalog.count == 0
        for trace in kept.traces {
            var number = UInt32(catalog.count)
            if isFirst {
                catalog.append(trace.id, unit: unit, source: source, format: format)
            } else {
                number = catalog.number(adding: trace.id, unit: unit, source: source, format: format)
            }
            numbers.append(number)
            if number == catalog.count - 1, !catalog.working[Int(number)].marks.contains(.hasSpans) {
                show(trace, kept.texts, &texts, as: Int(number))
            } else {
                catalog.working[Int(number)].marks.formUnion(trace.marks.intersection(.hasSpans))
                catalog.touch(Int(number))
                catalog.add(trace.texts, strings: kept.texts, to: Int(number), unit: unit)
            }
        }
        return numbers
    }

    private mutating func show(
        _ trace: KeptTrace, _ strings: StringTable, _ numbers: inout [UInt32], as number: Int
    ) {
        let root = text(trace.root, strings, &numbers)
        let service = text(trace.service, strings, &numbers)
        let title = text(trace.title, strings, &numbers)
        let agent = text(trace.agent, strings, &numbers)
        catalog.table.starts[number] = trace.start
        catalog.table.durations[number] = trace.duration
        catalog.table.spans[number] = trace.spans
        catalog.table.errors[number] = trace.errors
        catalog.table.tokensIn[number] = trace.tokensIn
        catalog.table.tokensOut[number] = trace.tokensOut
        catalog.table.costs[number] = trace.cost
        catalog.table.traits[number] = trace.traits
        catalog.table.roots[number] = root
        catalog.table.services[number] = service
        catalog.table.titles[number] = title
        catalog.table.agents[number] = agent
        catalog.table.names[number] = text(trace.name, strings, &numbers)
        catalog.table.sessions[number] = text(trace.session, strings, &numbers)
        catalog.table.models[number] = text(trace.model, strings, &numbers)
        catalog.working[number].rootStart = trace.rootStart
        catalog.working[number].titleStart = trace.titleStart
        catalog.working[number].agentStart = trace.agentStart
        catalog.working[number].marks = trace.marks
    }

    private mutating func text(_ id: UInt32, _ strings: StringTable, _ numbers: inout [UInt32]) -> UInt32 {
        if numbers[Int(id)] == .max {
            numbers[Int(id)] = strings.withBytes(of: id) { catalog.table.strings.intern($0) }
        }
        return numbers[Int(id)]
    }

    /// The index of a file by itself, as it is kept: its traces numbered from zero, in the order in which they were met.
    func kept(_ file: UInt32) -> KeptIndex? {
        let entry = files[Int(file)]
        guard let unit = entry.unit, Int(unit) != Self.smallFiles, let format = entry.format else { return nil }
        let index = indexes[Int(unit)]
        let (order, numbers) = index.tracesAsMet(of: catalog.count)
        var texts = StringTable()
        let traces = order.map { kept($0, unit: unit, &texts) }
        var own = index.renumbered(traces: numbers, file: 0)
        own.superseded = index.superseded.filter { catalog.working[Int(index[Int($0)].trace)].unit == unit }
        return KeptIndex(
            index: own, traces: traces, texts: texts, format: format, compression: entry.compression,
            sourceSize: entry.identity.size, scannedEnd: entry.scannedEnd, lines: entry.lines, metrics: entry.metrics,
            problems: entry.problems)
    }

    private func kept(_ trace: Int, unit: UInt32, _ strings: inout StringTable) -> KeptTrace {
        let table = catalog.table
        let working = catalog.working[trace]
        let isShared = working.unit != unit
        let own = catalog.shares[TraceCatalog.Share(trace: UInt32(trace), unit: unit)]
        let texts = (isShared ? own : nil) ?? (isShared ? TraceTexts() : catalog.texts(of: trace))
        var marks = working.marks.subtracting([.isDirty, .isAgentOfRoot])
        if isShared { marks.insert(.isDirty) }
        if texts.isAgentOfRoot { marks.insert(.isAgentOfRoot) }
        let intern = { (id: UInt32, strings: inout StringTable) in
            table.strings.withBytes(of: id) { strings.intern($0) }
        }
        return KeptTrace(
            idHigh: table.ids[trace].high, idLow: table.ids[trace].low, start: table.starts[trace],
            duration: table.durations[trace], tokensIn: table.tokensIn[trace], tokensOut: table.tokensOut[trace],
            cost: table.costs[trace], rootStart: working.rootStart, titleStart: texts.titleStart,
            agentStart: texts.agentStart, spans: table.spans[trace], errors: table.errors[trace],
            root: intern(table.roots[trace], &strings), service: intern(table.services[trace], &strings),
            title: intern(texts.title, &strings), agent: intern(texts.agent, &strings),
            name: intern(texts.name, &strings), session: intern(texts.session, &strings),
            model: intern(texts.model, &strings),
            bits: UInt64(table.traits[trace].rawValue) | UInt64(marks.rawValue) << 8)
    }
}
