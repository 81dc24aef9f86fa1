/// Looks for a few bytes in many, eight places at once, with or without regard to the case of ASCII letters.
package struct TextProbe {
    private let needle: [UInt8]
    /// What is added to a byte before it is compared: 0x20, which makes letters small, or nothing.
    private let folds: [UInt8]

    /// `needle` is not empty, and in small letters if it `ignoresCase`.
    package init(_ needle: [UInt8], ignoresCase: Bool) {
        self.needle = needle
        folds = needle.map { ignoresCase && (97...122).contains($0) ? 0x20 : 0 }
    }

    package func isFound(in text: UnsafeRawBufferPointer) -> Bool {
        guard let base = text.baseAddress, text.count >= needle.count else { return false }
        return needle.withUnsafeBufferPointer { needle in
            folds.withUnsafeBufferPointer { folds in find(needle, folds, base, places: text.count - needle.count + 1) }
        }
    }

    private func find(
        _ needle: UnsafeBufferPointer<UInt8>, _ folds: UnsafeBufferPointer<UInt8>, _ base: UnsafeRawPointer, places: Int
    ) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let end = needle.count - 1
        let first = UInt64(needle[0]) &* ones
        let last = UInt64(needle[end]) &* ones
        let firstFold = UInt64(folds[0]) &* ones
        let lastFold = UInt64(folds[end]) &* ones
        var place = 0
        while place + 8 <= places {
            let head = base.loadUnaligned(fromByteOffset: place, as: UInt64.self) | firstFold
            let tail = base.loadUnaligned(fromByteOffset: place + end, as: UInt64.self) | lastFold
            // A byte of zeros is a place where the first and the last byte of the needle stand as they should.
            let difference = (head ^ first) | (tail ^ last)
            if (difference &- ones) & ~difference & (ones &* 0x80) != 0 {
                for candidate in place..<place + 8 where matches(needle, folds, base + candidate) { return true }
            }
            place += 8
        }
        while place < places {
            if matches(needle, folds, base + place) { return true }
            place += 1
        }
        return false
    }

    @inline(__always)
    private func matches(
        _ needle: UnsafeBufferPointer<UInt8>, _ folds: UnsafeBufferPointer<UInt8>, _ text: UnsafeRawPointer
    ) -> Bool {
        for index in 0..<needle.count
        where text.load(fromByteOffset: index, as: UInt8.self) | folds[index] != needle[index] {
            return false
        }
        return true
    }
}
