/// An array in chunks, so that growing it neither copies nor leaves half of it empty, and a snapshot that somebody
/// holds costs the writer one chunk and not the whole.
struct ChunkedArray<Element: Sendable>: Sendable {
    private static var chunk: Int { 4096 }

    private(set) var chunks: [[Element]] = []
    private(set) var count = 0

    subscript(index: Int) -> Element {
        chunks[index / Self.chunk][index % Self.chunk]
    }

    mutating func append(_ element: Element) {
        if count % Self.chunk == 0 { chunks.append([]) }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    mutating func append(contentsOf elements: UnsafeBufferPointer<Element>) {
        for element in elements { append(element) }
    }

    /// The first position of which `isBefore` is false; the elements are sorted by it.
    func firstIndex(where isBefore: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
