/// One line of the table.
struct Row {
    var name: String
    var what: String
    var measurement: Measurement
    var unit: (Double) -> String
    /// What the machine does beside it, and anything else worth a word.
    var beside = ""

    static let header =
        pad("CASE", 13) + pad("WHAT", 38) + pad("MEDIAN", 12) + pad("LEAST … MOST", 27) + "BESIDE"

    var description: String {
        let range = "\(unit(measurement.least)) … \(unit(measurement.most))"
        return Self.pad(name, 13) + Self.pad(what, 38) + Self.pad(unit(measurement.median), 12) + Self.pad(range, 27)
            + beside
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    static func rate(_ value: Double) -> String { Figure.bytes(value) + "/s" }
}
