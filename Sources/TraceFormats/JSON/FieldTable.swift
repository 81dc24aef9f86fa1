/// The fields of an object that somebody wants, each under one of several names, found in one pass over the object.
struct FieldTable: @unchecked Sendable {
    // Sendable: the slots are written once before anybody has them, and never freed.

    private struct Slot {
        var name: StaticString = ""
        var field = 0
        /// The place among the field's names, from 1; 0 where the slot is free.
        var rank: UInt8 = 0
    }

    /// As many fields as there can be.
    static let most = 20

    private let slots: UnsafePointer<Slot>
    private let mask: Int

    /// The names of each field; of several that an object has, the first that has a value counts.
    init(_ fields: [[StaticString]]) {
        var size = 16
        while size < 4 * fields.reduce(0, { $0 + $1.count }) { size *= 2 }
        mask = size - 1
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: size)
        slots.initialize(repeating: Slot(), count: size)
        for (field, names) in fields.prefix(Self.most).enumerated() {
            for (rank, name) in names.enumerated() {
                var at = Self.hash(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)) & mask
                while slots[at].rank != 0 { at = (at + 1) & mask }
                slots[at] = Slot(name: name, field: field, rank: UInt8(rank + 1))
            }
        }
        self.slots = UnsafePointer(slots)
    }

    /// The values of the fields, by their numbers.
    struct Picked {
        private let object: JSONView
        fileprivate var tokens = InlineArray<20, UInt32>(repeating: .max)
        fileprivate var ranks = InlineArray<20, UInt8>(repeating: .max)

        fileprivate init(_ object: JSONView) {
            self.object = object
        }

        /// Of what is not there, a view of nothing.
        subscript(field: Int) -> JSONView { object.view(Int(tokens[field])) }
    }

    func pick(from object: JSONView) -> Picked {
        var picked = Picked(object)
        object.forEachField { name, value in
            guard let (field, rank) = self[name], rank < picked.ranks[field], value.exists else { return }
            picked.tokens[field] = UInt32(value.cursor.at)
            picked.ranks[field] = rank
        }
        return picked
    }

    @inline(__always)
    private subscript(name: UnsafeBufferPointer<UInt8>) -> (field: Int, rank: UInt8)? {
        var at = Self.hash(name) & mask
        while slots[at].rank != 0 {
            if JSONCursor.equal(name, slots[at].name) { return (slots[at].field, slots[at].rank) }
            at = (at + 1) & mask
        }
        return nil
    }

    /// Of the length, both ends and the middle.
    @inline(__always)
    private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        guard let last = name.last else { return 0 }
        return name.count &* 31 ^ Int(name[0]) &* 7 ^ Int(last) &* 131 ^ Int(name[name.count / 2]) &* 17
    }
}
