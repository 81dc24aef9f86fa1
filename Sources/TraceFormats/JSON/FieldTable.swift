/// The fields of an object that somebody wants: cases numbered from zero, as they come.
protocol RecordField: CaseIterable, RawRepresentable where RawValue == Int {
    /// What the field may be called; of several that an object has, the first that has a value counts. No two fields have
    /// a name in common.
    var names: [StaticString] { get }
}

/// Finds the fields of an object in one pass over it.
struct FieldTable<Field: RecordField>: @unchecked Sendable {
    // Sendable: the slots are written once before anybody has them, and never freed.

    private struct Slot {
        var name: StaticString = ""
        var field = 0
        /// The place among the field's names, from 1; 0 where the slot is free.
        var rank: UInt8 = 0
    }

    private let slots: UnsafePointer<Slot>
    private let mask: Int

    init() {
        let fields = Array(Field.allCases)
        precondition(fields.count <= Picked.most)
        var size = 16
        while size < 4 * fields.reduce(0, { $0 + $1.names.count }) { size *= 2 }
        mask = size - 1
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: size)
        slots.initialize(repeating: Slot(), count: size)
        for field in fields {
            for (rank, name) in field.names.enumerated() {
                var at = Self.hash(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)) & mask
                while slots[at].rank != 0 { at = (at + 1) & mask }
                slots[at] = Slot(name: name, field: field.rawValue, rank: UInt8(rank + 1))
            }
        }
        self.slots = UnsafePointer(slots)
    }

    /// The values of the fields.
    struct Picked {
        /// As many fields as there can be.
        static var most: Int { 20 }

        private let object: JSONView
        fileprivate var tokens = InlineArray<20, UInt32>(repeating: .max)
        fileprivate var ranks = InlineArray<20, UInt8>(repeating: .max)

        fileprivate init(_ object: JSONView) {
            self.object = object
        }

        /// Of what is not there, a view of nothing.
        subscript(field: Field) -> JSONView { object.view(Int(tokens[field.rawValue])) }
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
