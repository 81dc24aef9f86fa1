/// Of each token that opens a container, the token behind the one that closes it, in memory that is kept for the next text.
struct JSONPairs {
    private var ends: [UInt32] = []
    private var open: [UInt32] = []

    /// Makes room for so many tokens.
    mutating func reserve(_ count: Int) {
        if ends.count < count + 1 { ends = Array(repeating: 0, count: count + count / 2 + 64) }
    }

    /// Notes those of a text, from a place on, and says how much of it is JSON. What is never closed ends with the text.
    /// `isFailed` is of a text that could not be indexed.
    mutating func note(_ cursor: JSONCursor, at place: Int, isFailed: Bool = false) -> JSONDocument.Outcome {
        let count = cursor.count
        guard count > 0 else { return isFailed ? .cutOff : .empty }
        // Taken out while it is written to: what is in a structure costs a check each time.
        var open = open
        self.open = []
        defer { self.open = open }
        open.removeAll(keepingCapacity: true)
        ends.withUnsafeMutableBufferPointer { ends in
            for token in 0..<count {
                let byte = cursor.byte(token) | 0x20
                if byte == 0x7B {
                    open.append(UInt32(token))
                } else if byte == 0x7D, let start = open.popLast() {
                    ends[place + Int(start)] = UInt32(token + 1)
                }
            }
            for token in open { ends[place + Int(token)] = UInt32(count) }
        }
        var behind = cursor
        if cursor.byte | 0x20 != 0x7B {
            _ = behind.skip()
        } else if open.first == 0 {
            return .cutOff
        } else {
            behind.at = Int(ends[place])
        }
        return behind.at >= count ? .whole : .malformed(cursor.offset(behind.at))
    }

    /// Lends those that were noted from a place on.
    func withEnds<Result>(at place: Int, _ body: (UnsafePointer<UInt32>) -> Result) -> Result {
        ends.withUnsafeBufferPointer { body($0.baseAddress! + place) }
    }
}
