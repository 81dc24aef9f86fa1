import Glibc
import TraceModel

extension AttributeMeaning {
    /// What a key means, by its bytes. Most keys are none of ours, and are told apart by one look at a table.
    @inline(__always)
    static func of(_ key: UnsafeBufferPointer<UInt8>) -> Ranked? {
        guard key.count >= KeyTable.shortest, key.count <= KeyTable.longest else { return nil }
        return KeyTable.shared.find(key)
    }
}

/// The known keys in a hash table.
private struct KeyTable: Sendable {
    static let shared = KeyTable()
    static let shortest = AttributeMeaning.keys.map(\.key.utf8.count).min() ?? 0
    static let longest = AttributeMeaning.keys.map(\.key.utf8.count).max() ?? 0
    private static let size = 1024

    private var slots: [Int16]
    private var keys: [[UInt8]]
    private var meanings: [AttributeMeaning.Ranked]

    private init() {
        slots = Array(repeating: -1, count: Self.size)
        keys = []
        meanings = []
        for (index, known) in AttributeMeaning.keys.enumerated() {
            let bytes = Array(known.key.utf8)
            keys.append(bytes)
            meanings.append(.init(meaning: known.meaning, rank: UInt8(clamping: AttributeMeaning.keys.count - index)))
            var slot = bytes.withUnsafeBufferPointer { Self.hash($0) }
            while slots[slot] >= 0 { slot = (slot + 1) & (Self.size - 1) }
            slots[slot] = Int16(index)
        }
    }

    @inline(__always)
    func find(_ key: UnsafeBufferPointer<UInt8>) -> AttributeMeaning.Ranked? {
        var slot = Self.hash(key)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if keys[index].count == key.count,
                keys[index].withUnsafeBytes({ memcmp($0.baseAddress!, key.baseAddress!, key.count) }) == 0
            {
                return meanings[index]
            }
            slot = (slot + 1) & (Self.size - 1)
        }
        return nil
    }

    /// From the length and four bytes, which tell the known keys apart well.
    @inline(__always)
    private static func hash(_ key: UnsafeBufferPointer<UInt8>) -> Int {
        let count = key.count
        var hash = UInt32(truncatingIfNeeded: count) &* 0x9E37_79B1
        hash = (hash ^ UInt32(key[0])) &* 0x85EB_CA77
        hash = (hash ^ UInt32(key[count - 1])) &* 0x85EB_CA77
        hash = (hash ^ UInt32(key[count / 2])) &* 0x85EB_CA77
        hash = (hash ^ UInt32(key[count * 3 / 4])) &* 0x85EB_CA77
        return Int(hash >> 22)
    }
}
