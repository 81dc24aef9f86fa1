/// What records of one group have in common, as far as it is known.
protocol PieceGroup {
    associatedtype Key: Hashable

    var key: Key { get }
    /// The first record's.
    var place: RecordPlace { get }

    /// Adds what later records of the group said.
    mutating func join(_ later: Self)
}

/// Groups of records that each come to a span of their own.
///
/// A file may have very many. So they are put together for one stretch of the file after the other, wherever that was cut
/// for reading, and each stretch comes to a piece of the span.
struct PieceGroups<Group: PieceGroup> {
    /// Those of stretches that are behind, and those of the last, as they were met.
    private var done: [Group] = []
    private var groups: [Group] = []
    private var numbers: [Group.Key: Int] = [:]
    private var stretch: UInt64 = 0

    private static func stretch(of offset: UInt64) -> UInt64 { offset >> 20 }

    /// The group of a number. Numbers are good for as long as `enter` does not say that they are not.
    subscript(number: Int) -> Group {
        get { groups[number] }
        _modify { yield &groups[number] }
    }

    /// Goes on to a record. False where that is in another stretch: there is no group yet.
    mutating func enter(_ place: RecordPlace) -> Bool { enter(Self.stretch(of: place.bytes.offset)) }

    private mutating func enter(_ next: UInt64) -> Bool {
        if next == stretch { return true }
        done += groups
        groups.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        stretch = next
        return false
    }

    mutating func number(of key: Group.Key, _ make: () -> Group) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = groups.count
        groups.append(make())
        return groups.count - 1
    }

    mutating func join(_ later: PieceGroups) {
        for group in later.done + later.groups {
            _ = enter(group.place)
            let known = groups.count
            let number = number(of: group.key) { group }
            if number < known { groups[number].join(group) }
        }
    }

    /// Takes out the groups of the stretches before a byte of the file.
    mutating func take(before offset: UInt64) -> [Group] {
        _ = enter(max(stretch, Self.stretch(of: offset)))
        defer { done = [] }
        return done
    }

    /// Takes out all there are.
    mutating func takeAll() -> [Group] {
        defer {
            done = []
            groups = []
            numbers = [:]
        }
        return done + groups
    }
}
