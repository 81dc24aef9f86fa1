import TraceModel
import TraceQuery

/// Takes the values of `[rubrics.NAME]` and `[queues.NAME]` one by one, and says where one contradicts another.
struct ReviewSettingsReader {
    private let file: String
    private var rubrics: [String: Rubric] = [:]
    private var weights: [String: [Double]] = [:]
    private var queues: [String: ReviewQueue] = [:]
    /// Where a setting first stands: by rubric or queue, then by its name.
    private var lines: [String: [String: Int]] = [:]

    init(file: String) {
        self.file = file
    }

    /// Whether the value is one of these.
    mutating func take(_ value: TOMLDocument.Value) throws(ConfigurationError) -> Bool {
        guard let section = value.path.first, ["rubrics", "queues"].contains(section), value.path.count >= 3 else {
            return false
        }
        let place = "\(section).\(value.path[1])"
        if lines[place]?[value.path[2]] == nil { lines[place, default: [:]][value.path[2]] = value.line }
        if section == "rubrics" { try takeRubric(value) } else { try takeQueue(value) }
        return true
    }

    private func mistake(_ line: Int, _ what: String) -> ConfigurationError {
        ConfigurationError(description: "\(file):\(line): \(what)")
    }

    private mutating func takeRubric(_ value: TOMLDocument.Value) throws(ConfigurationError) {
        let name = value.path[1]
        var rubric = rubrics[name] ?? Rubric(name: name)
        switch (value.path[2], value.path.count) {
        case ("version", 3): rubric.version = value.text
        case ("approve", 3): rubric.approve = try number(value)
        case ("reject", 3): rubric.reject = try number(value)
        case ("criteria", 4): rubric.criteria.append(.init(name: value.text, weight: 1))
        case ("weights", 4): weights[name, default: []].append(try number(value))
        case ("labels", 4): rubric.labels.append(value.text)
        case ("reasons", 4): rubric.reasons.append(value.text)
        case ("criteria", _), ("weights", _), ("labels", _), ("reasons", _):
            throw mistake(value.line, "\(value.path[2]) is a list: \(value.path[2]) = [ … ]")
        default:
            throw mistake(
                value.line,
                "a rubric has criteria, weights, labels, reasons, approve, reject and version, and no \(value.path[2])")
        }
        rubrics[name] = rubric
    }

    private mutating func takeQueue(_ value: TOMLDocument.Value) throws(ConfigurationError) {
        let name = value.path[1]
        var queue = queues[name] ?? ReviewQueue(name: name)
        guard value.path.count == 3 else { throw mistake(value.line, "\(value.path[2]) is one word, not a list") }
        switch value.path[2] {
        case "where":
            do throws(QueryError) {
                queue.filter = try TraceQuery(value.text)
            } catch {
                throw mistake(value.line, error.description)
            }
        case "order":
            guard let order = ReviewQueue.Order(rawValue: value.text) else {
                let known = ReviewQueue.Order.allCases.map(\.rawValue).joined(separator: " ")
                throw mistake(value.line, "there is no order \(value.text); there are \(known)")
            }
            queue.order = order
        case "seed":
            guard let seed = UInt64(value.text) else { throw mistake(value.line, "a seed is a number from 0") }
            queue.seed = seed
        case "rubric": queue.rubric = value.text
        default: throw mistake(value.line, "a queue has where, order, seed and rubric, and no \(value.path[2])")
        }
        queues[name] = queue
    }

    private func number(_ value: TOMLDocument.Value) throws(ConfigurationError) -> Double {
        guard let number = Double(value.text), number.isFinite else {
            throw mistake(value.line, "\(value.text) is no number")
        }
        return number
    }

    /// All of it, once each fits together.
    func finish() throws(ConfigurationError) -> ReviewSettings {
        var settings = ReviewSettings()
        settings.queues = queues
        for (name, rubric) in rubrics.sorted(by: { $0.key < $1.key }) {
            settings.rubrics[name] = try weighed(rubric, lines["rubrics.\(name)"] ?? [:])
        }
        for (name, queue) in queues.sorted(by: { $0.key < $1.key }) {
            guard let rubric = queue.rubric, rubrics[rubric] == nil else { continue }
            throw mistake(lines["queues.\(name)"]?["rubric"] ?? 1, "there is no [rubrics.\(rubric)]")
        }
        return settings
    }

    private func weighed(_ rubric: Rubric, _ lines: [String: Int]) throws(ConfigurationError) -> Rubric {
        var rubric = rubric
        if let weights = weights[rubric.name] {
            guard weights.count == rubric.criteria.count else {
                throw mistake(
                    lines["weights"] ?? 1,
                    "the rubric \(rubric.name) has \(rubric.criteria.count) criteria and \(weights.count) weights")
            }
            for (index, weight) in weights.enumerated() { rubric.criteria[index].weight = weight }
        }
        if let (setting, what) = rubric.contradiction {
            throw mistake(lines[setting] ?? lines.values.min() ?? 1, "the rubric \(rubric.name): \(what)")
        }
        return rubric
    }
}
