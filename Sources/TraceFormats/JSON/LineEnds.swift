import Glibc

extension UnsafeRawBufferPointer {
    /// Where the line that `start` is in ends: at its line end, or at the end of all.
    func lineEnd(from start: Int) -> Int {
        guard let base = baseAddress, let found = memchr(base + start, 10, count - start) else { return count }
        return base.distance(to: UnsafeRawPointer(found))
    }

    /// The place behind the last line end; 0 where there is none.
    var lastLineEnd: Int {
        guard let start = baseAddress else { return 0 }
        var end = count
        while end > 0 {
            // Lines may be long: pages without a line end are passed at once.
            let page = Swift.max(0, end - 4096)
            if memchr(start + page, 10, end - page) != nil {
                while self[end - 1] != 10 { end -= 1 }
                return end
            }
            end = page
        }
        return 0
    }

    /// Without a byte order mark, which is no token.
    package var withoutMark: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[(starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...])
    }
}
