/// Memory that a window of a file is read into, again and again, with room behind it that may be read past the end.
struct ScanBuffer: ~Copyable {
    /// What a reader that takes 64 bytes a step may touch past the end.
    private static let padding = 128

    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: padding, alignment: 64)

    var capacity: Int { memory.count - Self.padding }

    /// Makes room for so many bytes, keeping the first `kept`.
    mutating func reserve(_ count: Int, keeping kept: Int = 0) {
        guard count > capacity else { return }
        let size = max(count, min(capacity * 2, count + count / 2))
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: size + Self.padding, alignment: 64)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<kept]))
        memory.deallocate()
        memory = larger
    }

    /// Gives back what a single huge span needed.
    mutating func shrink(to count: Int) {
        guard capacity > count * 4 else { return }
        memory.deallocate()
        memory = .allocate(byteCount: count + Self.padding, alignment: 64)
    }

    /// Room for `count` bytes from `start` on; to be reserved before.
    subscript(start: Int, count count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: memory[start..<start + count])
    }

    /// The first `count` bytes, with blanks behind them.
    func window(_ count: Int) -> UnsafeRawBufferPointer {
        (memory.baseAddress! + count).initializeMemory(as: UInt8.self, repeating: 0x20, count: Self.padding)
        return UnsafeRawBufferPointer(rebasing: memory[..<count])
    }

    deinit {
        memory.deallocate()
    }
}
