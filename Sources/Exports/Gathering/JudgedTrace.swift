import TraceModel

/// A trace's judgements, as far as a shape needs them.
struct JudgedTrace {
    var summary: TraceSummary
    /// Judgements as they were made, oldest first: with a value, and not taken back.
    var records: [JudgedRecord] = []
    var items: [JudgedItem] = []
    var sequences: [JudgedSequence] = []
    /// Judgements that are in none of these, and why.
    var leftOut: [(reason: String, count: Int)] = []

    mutating func redact(by redactor: Redactor) {
        summary = redactor.trace(summary)
        for index in records.indices {
            records[index].trace = summary
            records[index].record = redactor.record(records[index].record)
            records[index].spanName = records[index].spanName.map { redactor.id($0) }
        }
        for index in items.indices {
            items[index].trace = summary
            items[index].span = redactor.span(items[index].span)
            items[index].record = items[index].record.map { redactor.record($0) }
        }
        for index in sequences.indices {
            sequences[index].trace = summary
            sequences[index].id = redactor.id(sequences[index].id)
            for step in sequences[index].steps.indices {
                sequences[index].steps[step].span = redactor.span(sequences[index].steps[step].span)
            }
        }
    }
}
