import Glibc

/// Where the lines of a text stand, each without its end. A text that ends with a line end has no empty line behind it.
struct Lines: Sequence, IteratorProtocol {
    private let text: UnsafeRawBufferPointer
    private var start = 0

    init(_ text: UnsafeRawBufferPointer) {
        self.text = text
    }

    mutating func next() -> Range<Int>? {
        guard let base = text.baseAddress, start < text.count else { return nil }
        let found = memchr(base + start, 10, text.count - start)
        let end = found.map { UnsafeRawPointer($0) - base } ?? text.count
        defer { start = end + 1 }
        return start..<end
    }
}
