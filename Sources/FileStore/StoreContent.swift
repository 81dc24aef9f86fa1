import TraceFormats
import TraceModel
import TraceStore

/// Everything a file store knows. Guarded by the store's monitor.
struct StoreContent {
    var catalog = TraceCatalog()
    /// The first is that of all the small files.
    var indexes = [SpanIndex()]
    var files: [StoredFile] = []
    var progress = ReadProgress()
    var problems = ProblemReport()
    var isCancelled = false

    /// Adds a file of which spans will come. Its number.
    mutating func add(_ file: StoredFile) -> UInt32 {
        files.append(file)
        return UInt32(files.count - 1)
    }

    /// Takes in what was read of a file, into the index `unit`.
    mutating func take(_ delivery: Delivery, file: UInt32, unit: Int) {
        let stored = files[Int(file)]
        let batch = delivery.batch
        progress.bytesRead += delivery.bytes
        progress.metrics += batch.metrics
        for problem in batch.problems {
            var place = problem.place
            if case .line(let line) = place { place = .line(stored.lines + line + 1) }
            problems.add(Problem(file: stored.found.name, place: place, what: problem.what))
        }
        for problem in delivery.problems { problems.add(problem) }
        files[Int(file)].lines += batch.lines
        guard indexes[unit].count + batch.count <= SpanIndex.limit else {
            problems.add(
                Problem(
                    file: stored.found.name, place: .whole, what: "more spans than can be held; the rest is left out"))
            return
        }
        let source = catalog.table.strings.intern(stored.found.name)
        let format = catalog.table.strings.intern(stored.format.rawValue)
        let numbers = batch.traceIDs.map {
            catalog.number(adding: $0, unit: UInt32(unit), source: source, format: format)
        }
        indexes[unit].append(batch, traces: numbers, file: file)
        catalog.add(delivery.notes, of: batch, numbers: numbers)
        progress.spans += batch.count
        progress.logs += batch.logs.count
    }

    /// Makes the numbers of the traces exact: each span once, each token once.
    mutating func settleFacts(workers: Int) {
        let dirty = catalog.working.map { $0.marks.contains(.isDirty) }
        guard dirty.contains(true) else { return }
        let reader = RowReader(indexes)
        var superseded: [SpanRef] = []
        for facts in FactsPass(indexes, isDirty: dirty).run(spans: catalog.table.spans, workers: workers) {
            take(facts, reader)
            superseded += facts.superseded
        }
        for ref in superseded { indexes[Int(ref.unit)].superseded.append(ref.row) }
        for unit in indexes.indices { indexes[unit].superseded.sort() }
        for number in catalog.working.indices { catalog.working[number].marks.remove(.isDirty) }
        progress.spans = catalog.table.spans.reduce(0) { $0 + Int($1) }
    }

    private mutating func take(_ facts: TraceFacts, _ reader: RowReader) {
        let number = Int(facts.trace)
        catalog.table.starts[number] = facts.start
        catalog.table.durations[number] = facts.duration
        catalog.table.spans[number] = facts.spans
        catalog.table.errors[number] = facts.errors
        catalog.table.tokensIn[number] = facts.tokensIn
        catalog.table.tokensOut[number] = facts.tokensOut
        catalog.table.costs[number] = facts.cost
        catalog.table.traits[number] = facts.traits
        let index = reader.indexes[Int(facts.root.unit)]
        let (columns, row) = reader.columns(of: facts.root)
        catalog.table.roots[number] = index.strings.withBytes(of: columns.names[row]) {
            catalog.table.strings.intern($0)
        }
        let service = index.contexts[Int(columns.contexts[row])].service
        catalog.table.services[number] = index.strings.withBytes(of: service) { catalog.table.strings.intern($0) }
    }
}
