import TraceFormats
import TraceModel

extension TraceCatalog {
    /// Takes in what a batch tells of its traces. `numbers` has this catalog's number of each.
    mutating func add(_ notes: [TraceNote], of batch: SpanBatch, numbers: [UInt32], unit: UInt32) {
        for (note, number) in zip(notes, numbers) where note.spans > 0 {
            add(note, strings: batch.strings, to: Int(number), unit: unit)
        }
    }

    /// Numbers are provisional from here on: what was read twice is counted twice.
    private mutating func add(_ note: TraceNote, strings: StringTable, to number: Int, unit: UInt32) {
        let isNew = !working[number].marks.contains(.hasSpans)
        working[number].marks.insert(.hasSpans)
        touch(number)
        if note.start <= note.end {
            let isTimed = table.starts[number] > 0
            let start = isTimed ? min(table.starts[number], note.start) : note.start
            let end = isTimed ? max(table.starts[number].addingCapped(table.durations[number]), note.end) : note.end
            table.starts[number] = start
            table.durations[number] = end - start
        }
        table.spans[number] &+= note.spans
        table.errors[number] &+= note.errors
        table.tokensIn[number] += note.tokensIn
        table.tokensOut[number] += note.tokensOut
        if !note.cost.isNaN {
            table.costs[number] = table.costs[number].isNaN ? note.cost : table.costs[number] + note.cost
        }
        if note.isRunning { table.traits[number].insert(.running) }
        if note.isInferred { table.traits[number].insert(.inferred) }
        addRoot(of: note, strings: strings, to: number, isFirst: isNew)
        add(note.texts, strings: strings, to: number, unit: unit)
    }

    private mutating func addRoot(of note: TraceNote, strings: StringTable, to number: Int, isFirst: Bool) {
        let hasRoot = working[number].marks.contains(.hasRoot)
        guard isFirst || (note.hasRoot == hasRoot ? note.rootStart < working[number].rootStart : note.hasRoot)
        else { return }
        working[number].rootStart = note.rootStart
        table.roots[number] = strings.withBytes(of: note.rootName) { table.strings.intern($0) }
        table.services[number] = strings.withBytes(of: note.service) { table.strings.intern($0) }
        guard note.hasRoot else { return }
        working[number].marks.insert(.hasRoot)
        table.traits[number].remove(.rootless)
    }

    /// Takes in a better title or agent, and remembers whose it is where several indexes have the trace.
    mutating func add(_ texts: TraceTexts, strings: StringTable, to number: Int, unit: UInt32) {
        guard !texts.isEmpty else { return }
        let intern = { (id: UInt32, table: inout TraceTable) in strings.withBytes(of: id) { table.strings.intern($0) } }
        if working[number].unit == Self.several {
            let share = Share(trace: UInt32(number), unit: unit)
            var own = shares[share] ?? TraceTexts()
            own.add(texts) { intern($0, &table) }
            shares[share] = own
        }
        var shown = self.texts(of: number)
        shown.add(texts) { intern($0, &table) }
        table.titles[number] = shown.title
        table.agents[number] = shown.agent
        table.names[number] = shown.name
        table.sessions[number] = shown.session
        table.models[number] = shown.model
        working[number].titleStart = shown.titleStart
        working[number].agentStart = shown.agentStart
        if shown.isAgentOfRoot { working[number].marks.insert(.isAgentOfRoot) }
    }
}
