/// Counts how many of the places it was given are beyond another: a Fenwick tree.
struct PlaceCounter {
    private var sums: [Int32] = []
    private var total = 0

    /// Forgets all; places are from 0 up to `count`.
    mutating func clear(_ count: Int) {
        sums.removeAll(keepingCapacity: true)
        sums.append(contentsOf: repeatElement(0, count: count + 1))
        total = 0
    }

    mutating func add(_ place: Int32, _ change: Int32 = 1) {
        total += Int(change)
        var at = Int(place) + 1
        while at < sums.count {
            sums[at] += change
            at += at & -at
        }
    }

    /// Those above `place`.
    func countBeyond(_ place: Int32) -> Int { total - countBelow(place + 1) }

    /// Those under `place`.
    func countBelow(_ place: Int32) -> Int {
        var at = Int(place)
        var sum = 0
        while at > 0 {
            sum += Int(sums[at])
            at -= at & -at
        }
        return sum
    }
}
