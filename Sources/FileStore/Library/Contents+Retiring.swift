import TraceModel

extension Contents {
    /// Forgets the rows of a file that was written anew: they are of no trace any more, until the file is read again.
    mutating func retire(_ file: UInt32) {
        guard let unit = files[Int(file)].unit.map({ Int($0) }) else { return }
        var traces: Set<UInt32> = []
        var rows: [UInt32] = []
        let index = indexes[unit]
        for row in 0..<index.count where !index.retired.contains(UInt32(row)) {
            let span = index[row]
            guard index.contexts[Int(span.context)].file == file else { continue }
            rows.append(UInt32(row))
            traces.insert(span.trace)
        }
        indexes[unit].retire(rows)
        for trace in traces { catalog.touch(Int(trace)) }
        files[Int(file)].scannedEnd = 0
        files[Int(file)].lines = 0
    }
}
