/// Numbers, the least of them first.
struct IndexHeap {
    private var numbers: [Int32] = []

    mutating func push(_ number: Int32) {
        numbers.append(number)
        var at = numbers.count - 1
        while at > 0, numbers[(at - 1) / 2] > numbers[at] {
            numbers.swapAt(at, (at - 1) / 2)
            at = (at - 1) / 2
        }
    }

    mutating func pop() -> Int32? {
        guard let least = numbers.first, let last = numbers.popLast() else { return nil }
        guard !numbers.isEmpty else { return least }
        numbers[0] = last
        var at = 0
        while true {
            var child = at * 2 + 1
            guard child < numbers.count else { return least }
            if child + 1 < numbers.count, numbers[child + 1] < numbers[child] { child += 1 }
            guard numbers[child] < numbers[at] else { return least }
            numbers.swapAt(at, child)
            at = child
        }
    }
}
