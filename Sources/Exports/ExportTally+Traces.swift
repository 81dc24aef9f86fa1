extension ExportTally {
    /// Counts what a trace has, and what of it no shape can use.
    mutating func take(_ trace: JudgedTrace) {
        judge(trace.items.count + trace.records.count)
        for (reason, count) in trace.leftOut {
            judge(count)
            leaveOut(reason, count)
        }
    }
}
