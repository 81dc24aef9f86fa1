import Glibc
import TraceFormats
import TraceModel
import TraceStore

/// Writes judgements into the sources themselves, in their own terms. All other bytes stay as they are.
enum NativeRewards {
    /// What a source is to say of a target.
    struct Reward {
        var value: Double?
        var author: String
        /// Nanoseconds since the epoch.
        var time: Int64
    }

    /// Asked while nobody else can write: what the source is to say, where it says `current` now.
    typealias Decision = (_ current: Double?) throws(WriteBackError) -> Reward

    /// An mhc call: its `reward`.
    static func write(toCall id: String, in path: String, _ decide: Decision) throws(WriteBackError) {
        try edit(path) { bytes throws(WriteBackError) in
            let current = bytes.withUnsafeBytes { text in
                JSONDocument().read(text) { view, outcome -> Current? in
                    guard outcome == .whole, view["trace_id"].text == id else { return nil }
                    return Current(value: view["reward"].double)
                }
            }
            guard let current else {
                throw .later("\(path) has changed: the call \(id) is not in it any more, or is cut off")
            }
            let reward = try decide(current.value)
            guard reward.value != current.value else { return nil }
            return bytes.withUnsafeBytes { text in
                JSONDocument().read(text) { view, _ in edited(text, view, [("reward", self.text(reward.value))]) }
            }
        }
    }

    /// An RL triplet: `reward`, `reward_assigned_at` and `reward_source` of each line that has its id.
    static func write(toTriplet id: String, in path: String, _ decide: Decision) throws(WriteBackError) {
        try edit(path) { bytes throws(WriteBackError) in
            let places = lines(of: id, bytes)
            guard let first = places.first else {
                throw .later("\(path) has changed: the triplet \(id) is not in it any more")
            }
            let reward = try decide(first.value)
            let fields = [
                ("reward", text(reward.value)),
                ("reward_assigned_at", text(reward.value.map { _ in utc(reward.time) })),
                ("reward_source", text(reward.value.map { _ in "hitl:\(reward.author)" })),
            ]
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count + 128 * places.count)
            var at = 0
            let document = JSONDocument()
            for place in places {
                result += bytes[at..<place.range.lowerBound]
                result += bytes.withUnsafeBytes { text in
                    let line = UnsafeRawBufferPointer(rebasing: text[place.range])
                    return document.read(line) { view, _ in edited(line, view, fields) }
                }
                at = place.range.upperBound
            }
            result += bytes[at...]
            return result == bytes ? nil : result
        }
    }

    private struct Current {
        var range = 0..<0
        var value: Double?
    }

    /// The lines of a triplet: more than one where its writer wrote it twice.
    private static func lines(of id: String, _ bytes: [UInt8]) -> [Current] {
        bytes.withUnsafeBytes { text in
            // Its id stands in a line as it is, unless the writer escaped it.
            let needle = SearchText(id)
            let mentioning = lines(of: id, text) { needle?.matches($0.bindMemory(to: UInt8.self)) ?? true }
            return mentioning.isEmpty ? lines(of: id, text) { _ in true } : mentioning
        }
    }

    private static func lines(
        of id: String, _ text: UnsafeRawBufferPointer, where isWanted: (UnsafeRawBufferPointer) -> Bool
    ) -> [Current] {
        let document = JSONDocument()
        return Lines(text).compactMap { range in
            let line = UnsafeRawBufferPointer(rebasing: text[range])
            guard !line.isEmpty, isWanted(line) else { return nil }
            return document.read(line) { view, outcome in
                outcome == .whole && view["triplet_id"].text == id
                    ? Current(range: range, value: view["reward"].double) : nil
            }
        }
    }

    /// Reads a file, and replaces it by what `change` makes of it, all under its lock; nothing leaves it alone.
    private static func edit(
        _ path: String, _ change: (_ bytes: [UInt8]) throws(WriteBackError) -> [UInt8]?
    ) throws(WriteBackError) {
        let changed: [UInt8]?
        do {
            let file = try LockedFile(path)
            let (bytes, info) = try file.contents()
            changed = try change(bytes)
            if let changed { try file.replace(with: changed, read: info) }
        } catch let error as WriteBackError {
            throw error
        } catch {
            throw .later("\(error)")
        }
    }

    /// Replaces the values of fields, or adds the fields at the end of the object.
    private static func edited(
        _ text: UnsafeRawBufferPointer, _ view: JSONView, _ fields: [(key: String, value: [UInt8])]
    ) -> [UInt8] {
        var edits: [(range: Range<Int>, bytes: [UInt8])] = []
        var missing: [UInt8] = []
        for field in fields {
            if let known = view.fields.first(where: { $0.key == field.key }) {
                edits.append((known.value.range, field.value))
            } else {
                missing += Array(", \"\(field.key)\": ".utf8) + field.value
            }
        }
        let end = view.range.upperBound - 1
        edits.append((end..<end, missing))
        var result: [UInt8] = []
        var at = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            result += text[at..<edit.range.lowerBound]
            result += edit.bytes
            at = edit.range.upperBound
        }
        return result + text[at...]
    }

    private static func text(_ value: Double?) -> [UInt8] {
        var writer = JSONWriter()
        if let value { writer.double(value) } else { writer.null() }
        return writer.bytes
    }

    private static func text(_ value: String?) -> [UInt8] {
        var writer = JSONWriter()
        if let value { writer.string(value) } else { writer.null() }
        return writer.bytes
    }

    /// As ASP writes times.
    private static func utc(_ time: Int64) -> String {
        var seconds = time_t(time / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        strftime(&text, text.count, "%Y-%m-%dT%H:%M:%S", &parts)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
