package import TraceModel

/// What differs between two values, by the path that leads there.
package struct ValueDifference: Sendable {
    package enum Change: Sendable, Equatable {
        case added(AttributeValue)
        case removed(AttributeValue)
        case changed(from: AttributeValue, to: AttributeValue)
    }

    package struct Entry: Sendable, Equatable {
        /// As `plan.steps[2].status`; of the values themselves it is empty.
        package var path: String
        package var change: Change

        package init(path: String, change: Change) {
            self.path = path
            self.change = change
        }
    }

    /// In the order of the newer value; what is gone comes after what stands beside it.
    package private(set) var entries: [Entry] = []
    /// Values that are the same in both: those that hold no others.
    package private(set) var keptCount = 0

    private static let depth = 64

    package init(from old: AttributeValue, to new: AttributeValue) {
        compare(old, new, path: "", depth: Self.depth)
    }

    private mutating func compare(_ old: AttributeValue, _ new: AttributeValue, path: String, depth: Int) {
        switch (old, new) {
        case (.map(let old), .map(let new)) where depth > 0: compareFields(old, new, path, depth)
        case (.array(let old), .array(let new)) where depth > 0: compareElements(old, new, path, depth)
        default:
            if old == new {
                keptCount += new.leafCount
            } else {
                entries.append(Entry(path: path, change: .changed(from: old, to: new)))
            }
        }
    }

    private mutating func compareFields(_ old: [Attribute], _ new: [Attribute], _ path: String, _ depth: Int) {
        let before = Dictionary(old.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        let after = Dictionary(new.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
        var seen: Set<String> = []
        for field in new where seen.insert(field.key).inserted {
            let inner = path.isEmpty ? field.key : "\(path).\(field.key)"
            let value = after[field.key] ?? field.value
            if let was = before[field.key] {
                compare(was, value, path: inner, depth: depth - 1)
            } else {
                entries.append(Entry(path: inner, change: .added(value)))
            }
        }
        for field in old where seen.insert(field.key).inserted {
            let inner = path.isEmpty ? field.key : "\(path).\(field.key)"
            entries.append(Entry(path: inner, change: .removed(before[field.key] ?? field.value)))
        }
    }

    /// An element that moved because others came or went has not changed.
    private mutating func compareElements(
        _ old: [AttributeValue], _ new: [AttributeValue], _ path: String, _ depth: Int
    ) {
        let runs =
            EditScript(from: old, to: new)?.runs
            ?? [EditScript.Run(old: old.indices, new: new.indices, isKept: false)]
        for run in runs {
            if run.isKept {
                keptCount += new[run.new].reduce(0) { $0 + $1.leafCount }
                continue
            }
            for (was, now) in zip(run.old, run.new) {
                compare(old[was], new[now], path: "\(path)[\(now)]", depth: depth - 1)
            }
            for now in run.new.dropFirst(run.old.count) {
                entries.append(Entry(path: "\(path)[\(now)]", change: .added(new[now])))
            }
            for was in run.old.dropFirst(run.new.count) {
                entries.append(Entry(path: "\(path)[\(was)]", change: .removed(old[was])))
            }
        }
    }
}

extension AttributeValue {
    fileprivate var leafCount: Int {
        switch self {
        case .array(let elements): elements.reduce(0) { $0 + $1.leafCount }
        case .map(let fields): fields.reduce(0) { $0 + $1.value.leafCount }
        default: 1
        }
    }
}
