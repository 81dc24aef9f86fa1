package import TraceModel

/// How much the named parts of rewards count, relative to one another. Pure, so that it can be tried before it is kept.
package struct RewardWeights: Sendable, Equatable {
    /// What is wrong with weights as they were typed, for the person.
    package struct Mistake: Error {
        package var text: String
    }

    /// In the order in which a person reads them.
    package private(set) var names: [String] = []
    private var weights: [String: Double] = [:]

    /// As the rewards of a table have them now: of parts that were weighed in several ways, as the latest were.
    package init(of table: RewardTable) {
        for (_, parts) in table.parts.sorted(by: { $0.value.record < $1.value.record }) {
            for dimension in parts.dimensions {
                if weights.updateValue(dimension.weight, forKey: dimension.name) == nil { names.append(dimension.name) }
            }
        }
    }

    package var isEmpty: Bool { names.isEmpty }

    /// With the weights of some parts as typed, `safety=0.7 latency=0`.
    package func changed(by text: String) throws(Mistake) -> RewardWeights {
        var changed = self
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) {
            let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(sides[0])
            guard weights[name] != nil else {
                throw Mistake(text: "no reward has a part \(name); there are: \(names.joined(separator: ", "))")
            }
            guard sides.count == 2, let weight = Double(sides[1]), weight.isFinite, weight >= 0 else {
                throw Mistake(text: "\(name)= takes a number from 0 on, as in \(name)=0.5")
            }
            changed.weights[name] = weight
        }
        guard changed.weights.values.contains(where: { $0 > 0 }) else { throw Mistake(text: "all weights are zero") }
        return changed
    }

    /// The parts as they would be kept.
    package func weighed(_ dimensions: [RewardRecord.Dimension]) -> [RewardRecord.Dimension] {
        dimensions.map { dimension in
            var dimension = dimension
            dimension.weight = weights[dimension.name] ?? dimension.weight
            return dimension
        }
    }

    /// What parts come to; nothing where none of them weighs anything.
    package func value(of dimensions: [RewardRecord.Dimension]) -> Double? {
        weighed(dimensions).combined.map { min(1, max(0, ($0 * 1e9).rounded() / 1e9)) }
    }

    /// The table as it would be.
    package func applied(to table: RewardTable) -> RewardTable {
        var table = table
        for (row, parts) in table.parts {
            if let value = value(of: parts.dimensions) { table.values[row] = Float(value) }
        }
        return table
    }

    /// The rewards that would be another, with the rows that they are in.
    package func changes(of table: RewardTable) -> [(row: Int, parts: RewardParts)] {
        table.parts.filter { row, parts in
            value(of: parts.dimensions).map { abs($0 - Double(table.values[row])) > 1e-6 } ?? false
        }.sorted { $0.key < $1.key }.map { (row: $0.key, parts: $0.value) }
    }
}

extension RewardWeights: CustomStringConvertible {
    /// As it is typed.
    package var description: String {
        names.map { name in "\(name)=\(Self.short(weights[name] ?? 0))" }.joined(separator: " ")
    }

    private static func short(_ number: Double) -> String {
        number == number.rounded() && number < 1e9 ? "\(Int(number))" : "\(number)"
    }
}
