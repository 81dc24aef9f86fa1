/// What an export comes to.
struct ExportOutput {
    var bytes: [UInt8] = []
    var tally: ExportTally

    mutating func line(_ line: [UInt8]) {
        bytes += line
        bytes.append(10)
        tally.write()
    }
}
