/// Something that could not be read, and where. The rest was read all the same.
package struct Problem: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        case whole
        /// Counted from 1.
        case line(Int)
        /// Counted from 0, in the file as stored or, where it is compressed, as unpacked.
        case byte(UInt64)
    }

    package var file: String
    package var place: Place
    /// What is wrong and, where there is something to do, what to do.
    package var what: String

    package init(file: String, place: Place, what: String) {
        self.file = file
        self.place = place
        self.what = what
    }
}

extension Problem: CustomStringConvertible {
    /// `file:line: what`, `file@byte: what` or `file: what`.
    package var description: String {
        switch place {
        case .whole: "\(file): \(what)"
        case .line(let line): "\(file):\(line): \(what)"
        case .byte(let byte): "\(file)@\(byte): \(what)"
        }
    }
}
