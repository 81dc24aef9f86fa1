import Glibc
import TraceModel

extension AttributeMeaning {
    /// Every known key in a hash table. Most keys of a trace are none of them, and are told apart by one look.
    ///
    /// A scanner keeps it at hand, since each use of a static property costs a check of its own.
    struct Lookup: Sendable {
        static let shared = Lookup()

        private let keys: Table
        /// What keys begin with, up to each of their dots, and nothing.
        private let prefixes: Table

        private init() {
            let all = AttributeMeaning.keys
            let ranked = all.enumerated().map { index, entry in
                (entry.key, Ranked(meaning: entry.meaning, rank: UInt8(clamping: all.count - index)))
            }
            keys = Table(ranked)
            var prefixes: Set<String> = []
            for (key, _) in all {
                for dot in key.indices where key[dot] == "." { prefixes.insert(String(key[...dot])) }
            }
            self.prefixes = Table(prefixes.map { ($0, Ranked(meaning: .title, rank: 0)) })
        }

        @inline(__always)
        subscript(key: UnsafeBufferPointer<UInt8>) -> Ranked? { keys[key] }

        /// Whether any known key begins so, and goes on after a dot or at once.
        func knows(prefix: String) -> Bool {
            var prefix = prefix
            return prefix.isEmpty || prefix.withUTF8 { prefixes[$0] != nil }
        }

        /// The same of a key of two parts, the first of which ends with a dot.
        subscript(prefix: String, key: UnsafeRawBufferPointer) -> Ranked? {
            if prefix.isEmpty { return self[key.assumingMemoryBound(to: UInt8.self)] }
            let count = prefix.utf8.count + key.count
            guard count <= Self.longest else { return nil }
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) { whole in
                var prefix = prefix
                prefix.withUTF8 { UnsafeMutableRawBufferPointer(whole).copyMemory(from: UnsafeRawBufferPointer($0)) }
                UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(whole)[prefix.utf8.count...])
                    .copyMemory(from: key)
                return self[UnsafeBufferPointer(rebasing: whole[..<count])]
            }
        }

        /// No known key has more bytes.
        private static let longest = AttributeMeaning.keys.reduce(0) { max($0, $1.key.utf8.count) }
    }

    private struct Table: @unchecked Sendable {
        // Sendable: the slots are written once before anybody has them, and never freed.

        /// A key by its length and both its ends, which for keys of up to 16 bytes is all of it.
        private struct Slot {
            var head: UInt64 = 0
            var tail: UInt64 = 0
            /// 0 where the slot is free.
            var count = 0
            var text: UnsafePointer<UInt8>?
            var known = Ranked(meaning: .agent, rank: 0)
        }

        private static var bits: Int { 10 }

        private let slots: UnsafePointer<Slot>

        init(_ entries: [(key: String, known: Ranked)]) {
            let slots = UnsafeMutablePointer<Slot>.allocate(capacity: 1 << Self.bits)
            slots.initialize(repeating: Slot(), count: 1 << Self.bits)
            self.slots = UnsafePointer(slots)
            for entry in entries {
                let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: entry.key.utf8.count)
                _ = text.initialize(from: entry.key.utf8)
                let key = UnsafeBufferPointer(text)
                let (head, tail) = Self.ends(key)
                var number = Self.number(head, tail, key.count)
                while slots[number].count != 0 { number = (number + 1) & (1 << Self.bits - 1) }
                slots[number] = Slot(
                    head: head, tail: tail, count: key.count, text: key.baseAddress, known: entry.known)
            }
        }

        @inline(__always)
        subscript(key: UnsafeBufferPointer<UInt8>) -> Ranked? {
            guard key.count > 0 else { return nil }
            let (head, tail) = Self.ends(key)
            var number = Self.number(head, tail, key.count)
            while slots[number].count != 0 {
                let slot = slots[number]
                if slot.head == head, slot.tail == tail, slot.count == key.count, Self.equal(key, slot.text) {
                    return slot.known
                }
                number = (number + 1) & (1 << Self.bits - 1)
            }
            return nil
        }

        @inline(__always)
        private static func equal(_ key: UnsafeBufferPointer<UInt8>, _ text: UnsafePointer<UInt8>?) -> Bool {
            guard key.count > 16, let start = key.baseAddress, let text else { return true }
            return memcmp(start, text, key.count) == 0
        }

        /// The first eight and the last eight bytes; of a shorter key all its bytes, and 0.
        @inline(__always)
        private static func ends(_ key: UnsafeBufferPointer<UInt8>) -> (head: UInt64, tail: UInt64) {
            let raw = UnsafeRawBufferPointer(key)
            if raw.count >= 8 {
                return (
                    raw.loadUnaligned(as: UInt64.self),
                    raw.loadUnaligned(fromByteOffset: raw.count - 8, as: UInt64.self)
                )
            }
            return (raw.reduce(0) { $0 << 8 | UInt64($1) }, 0)
        }

        @inline(__always)
        private static func number(_ head: UInt64, _ tail: UInt64, _ count: Int) -> Int {
            let mixed = (head ^ tail &* 0xC2B2_AE3D_27D4_EB4F ^ UInt64(count)) &* 0x9E37_79B9_7F4A_7C15
            return Int(truncatingIfNeeded: mixed >> UInt64(64 - bits))
        }
    }
}
