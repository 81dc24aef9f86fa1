/// Where the columns of a block of spans lie in memory. The widest come first, so that each is aligned.
///
/// An address and a length, and nothing that owns them: a `SpanBlock` keeps the memory alive.
struct SpanColumns: @unchecked Sendable {
    // Sendable: rows are written before the count that covers them is published under the store's lock, never after.

    /// 56: what an indexed span costs.
    static let bytesPerRow = 56

    let base: UnsafeMutableRawPointer
    /// Rows; a multiple of 8.
    let capacity: Int

    @inline(__always) var spanIDs: UnsafeMutablePointer<UInt64> { column(0) }
    @inline(__always) var parentIDs: UnsafeMutablePointer<UInt64> { column(8) }
    @inline(__always) var starts: UnsafeMutablePointer<Int64> { column(16) }
    @inline(__always) var durations: UnsafeMutablePointer<Int64> { column(24) }
    @inline(__always) var traces: UnsafeMutablePointer<UInt32> { column(32) }
    @inline(__always) var names: UnsafeMutablePointer<UInt32> { column(36) }
    @inline(__always) var contexts: UnsafeMutablePointer<UInt32> { column(40) }
    @inline(__always) var lengths: UnsafeMutablePointer<UInt32> { column(44) }
    @inline(__always) var offsetsLow: UnsafeMutablePointer<UInt32> { column(48) }
    @inline(__always) var offsetsHigh: UnsafeMutablePointer<UInt16> { column(52) }
    /// `SpanTraits` with the bit `hasUsage` besides.
    @inline(__always) var traits: UnsafeMutablePointer<UInt16> { column(54) }

    /// Of the bits that `SpanTraits` leaves: the span has a row in the index's usage.
    static let hasUsage: UInt16 = 1 << 15

    @inline(__always) func offset(at row: Int) -> UInt64 {
        UInt64(offsetsLow[row]) | UInt64(offsetsHigh[row]) << 32
    }

    @inline(__always) private func column<Element>(_ bytesBefore: Int) -> UnsafeMutablePointer<Element> {
        (base + bytesBefore * capacity).assumingMemoryBound(to: Element.self)
    }
}
