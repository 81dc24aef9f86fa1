/// Numbers that do not descend, as near as can be to what each of them would like to be: the sum of weighted distances
/// is the least there is. Whole numbers stay whole, so lines that can be straight are.
///
/// Keeps, for the best sum as a function of the last number, the places where its slope changes (as long as it falls); a
/// heap gives the last of them. Needs O(n log n) for n wishes.
struct MonotoneFit {
    private var heap: [(value: Int, weight: Int)] = []
    private var added = 0
    private var best: [Int] = []

    /// Forgets all numbers.
    mutating func clear() {
        heap.removeAll(keepingCapacity: true)
        best.removeAll(keepingCapacity: true)
        added = 0
    }

    /// The number that comes next would like to be `value`. It may have several wishes.
    mutating func wish(_ value: Int, weight: Int) {
        push((value, weight * 2))
        added += weight
    }

    /// All wishes of a number were told; there was one at least.
    mutating func endNumber() {
        // What lies right of the least sum is of no use to the numbers that follow.
        while added > 0, let top = heap.first {
            if top.weight > added {
                heap[0].weight -= added
                added = 0
            } else {
                added -= top.weight
                popTop()
            }
        }
        best.append(heap.first?.value ?? 0)
    }

    /// The numbers, which replace `numbers`.
    func solve(into numbers: inout [Int]) {
        numbers.removeAll(keepingCapacity: true)
        var most = Int.max
        for value in best.reversed() {
            most = min(most, value)
            numbers.append(most)
        }
        numbers.reverse()
    }

    private mutating func push(_ entry: (value: Int, weight: Int)) {
        heap.append(entry)
        var at = heap.count - 1
        while at > 0, heap[(at - 1) / 2].value < entry.value {
            heap[at] = heap[(at - 1) / 2]
            at = (at - 1) / 2
        }
        heap[at] = entry
    }

    private mutating func popTop() {
        guard let entry = heap.popLast(), !heap.isEmpty else { return }
        var at = 0
        while true {
            var child = at * 2 + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].value > heap[child].value { child += 1 }
            guard heap[child].value > entry.value else { break }
            heap[at] = heap[child]
            at = child
        }
        heap[at] = entry
    }
}
