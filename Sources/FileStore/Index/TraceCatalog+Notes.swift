import TraceFormats
import TraceModel

extension TraceCatalog {
    /// Takes in what a batch tells of its traces. `numbers` has this catalog's number of each.
    mutating func add(_ notes: [TraceNote], of batch: SpanBatch, numbers: [UInt32]) {
        for (note, number) in zip(notes, numbers) where note.spans > 0 {
            add(note, strings: batch.strings, to: Int(number))
        }
    }

    /// Numbers are provisional from here on: what was read twice is counted twice.
    private mutating func add(_ note: TraceNote, strings: StringTable, to number: Int) {
        let isNew = !working[number].marks.contains(.hasSpans)
        working[number].marks.formUnion([.isDirty, .hasSpans])
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
        addTexts(of: note, strings: strings, to: number)
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

    private mutating func addTexts(of note: TraceNote, strings: StringTable, to number: Int) {
        if note.title != 0, table.titles[number] == 0 || note.titleStart < working[number].titleStart {
            working[number].titleStart = note.titleStart
            table.titles[number] = strings.withBytes(of: note.title) { table.strings.intern($0) }
        }
        guard note.agent != 0 else { return }
        let isOfRoot = working[number].marks.contains(.isAgentOfRoot)
        let isBetter =
            note.isAgentOfRoot == isOfRoot ? note.agentStart < working[number].agentStart : note.isAgentOfRoot
        guard table.agents[number] == 0 || isBetter else { return }
        working[number].agentStart = note.agentStart
        if note.isAgentOfRoot { working[number].marks.insert(.isAgentOfRoot) }
        table.agents[number] = strings.withBytes(of: note.agent) { table.strings.intern($0) }
    }
}
