import TraceModel
import TraceStore

extension Contents {
    /// What is needed to work out the facts of the traces that have changed; nothing where none has.
    func factsPass() -> (pass: FactsPass, spans: [UInt32])? {
        let isDirty = catalog.working.map { $0.marks.contains(.isDirty) }
        guard isDirty.contains(true) else { return nil }
        return (FactsPass(indexes, isDirty: isDirty), catalog.table.spans)
    }

    /// Replaces what was provisional.
    mutating func take(_ facts: [TraceFacts]) {
        var outdone = [[UInt32]](repeating: [], count: indexes.count)
        for (unit, index) in indexes.enumerated() where !index.superseded.isEmpty {
            outdone[unit] = index.superseded.filter {
                index.retired.contains($0) || !catalog.working[Int(index[Int($0)].trace)].marks.contains(.isDirty)
            }
        }
        for facts in facts {
            take(facts)
            for ref in facts.superseded { outdone[Int(ref.unit)].append(ref.row) }
        }
        // Traces whose files were written anew without them.
        for trace in catalog.working.indices where catalog.working[trace].marks.contains(.isDirty) {
            guard catalog.working[trace].marks.contains(.hasSpans) else { continue }
            catalog.working[trace].marks.remove(.isDirty)
            catalog.table.spans[trace] = 0
            catalog.table.errors[trace] = 0
        }
        for (unit, rows) in outdone.enumerated() where rows != indexes[unit].superseded {
            indexes[unit].superseded = rows.sorted()
        }
        progress.spans = catalog.table.spans.reduce(0) { $0 + Int($1) }
    }

    /// Gives each trace the mean of the judgements that came with its spans.
    mutating func takeRewards() { rewardMeans.take(indexes, into: &catalog.table.rewards) }

    private mutating func take(_ facts: TraceFacts) {
        let trace = Int(facts.trace)
        catalog.table.starts[trace] = facts.start
        catalog.table.durations[trace] = facts.duration
        catalog.table.spans[trace] = facts.spans
        catalog.table.errors[trace] = facts.errors
        catalog.table.tokensIn[trace] = facts.tokensIn
        catalog.table.tokensOut[trace] = facts.tokensOut
        catalog.table.costs[trace] = facts.cost
        catalog.table.traits[trace] = facts.traits
        catalog.working[trace].marks.remove(.isDirty)
        let index = indexes[Int(facts.root.unit)]
        let row = index[Int(facts.root.row)]
        catalog.table.roots[trace] = index.strings.withBytes(of: row.name) { catalog.table.strings.intern($0) }
        let service = index.contexts[Int(row.context)].service
        catalog.table.services[trace] = index.strings.withBytes(of: service) { catalog.table.strings.intern($0) }
        catalog.working[trace].rootStart = row.start
    }
}
