/// The same thing measured several times.
struct Measurement {
    private let sorted: [Double]

    init(_ values: [Double]) {
        sorted = values.sorted()
    }

    var median: Double {
        guard !sorted.isEmpty else { return .nan }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    var least: Double { sorted.first ?? .nan }
    var most: Double { sorted.last ?? .nan }

    /// Each value made into another: seconds into bytes a second, say.
    func map(_ change: (Double) -> Double) -> Measurement { Measurement(sorted.map(change)) }
}
