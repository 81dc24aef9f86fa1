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
                JSONDocument().read(text) { view, outcome -> Double?? in
                    guard outcome == .whole, view["trace_id"].text == id else { return nil }
                    return .some(view["reward"].double)
                }
            }
            guard let current else {
                throw .later("\(path) has changed: the call \(id) is not in it any more, or is cut off")
            }
            let reward = try decide(current)
            guard reward.value != current else { return nil }
            return bytes.withUnsafeBytes { text in
                JSONDocument().read(text) { view, _ in edited(text, view, [("reward", self.text(reward.value))]) }
            }
        }
    }

    /// RL triplets of one file: `reward`, `reward_assigned_at` and `reward_source` of each line that has one of the ids.
    /// Returns why those that could not be written were not.
    static func write(
        toTriplets ids: Set<String>, in path: String,
        _ decide: (_ id: String, _ current: Double?) throws(WriteBackError) -> Reward
    ) throws(WriteBackError) -> [String: WriteBackError] {
        var failures: [String: WriteBackError] = [:]
        try edit(path) { bytes throws(WriteBackError) in
            let places = lines(of: ids, bytes)
            var fields: [String: [(key: String, value: [UInt8])]] = [:]
            for id in ids.subtracting(places.map(\.id)) {
                failures[id] = .later("\(path) has changed: the triplet \(id) is not in it any more")
            }
            for place in places where fields[place.id] == nil && failures[place.id] == nil {
                do throws(WriteBackError) {
                    let reward = try decide(place.id, place.current)
                    fields[place.id] = [
                        ("reward", text(reward.value)),
                        ("reward_assigned_at", text(reward.value.map { _ in utc(reward.time) })),
                        ("reward_source", text(reward.value.map { _ in "hitl:\(reward.author)" })),
                    ]
                } catch {
                    failures[place.id] = error
                }
            }
            return changed(bytes, places, fields)
        }
        return failures
    }

    private struct TripletLine {
        var id: String
        var range: Range<Int>
        var current: Double?
    }

    /// The file with other values in the lines of some triplets; nothing where that changes nothing.
    private static func changed(
        _ bytes: [UInt8], _ places: [TripletLine], _ fields: [String: [(key: String, value: [UInt8])]]
    ) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 128 * places.count)
        var (at, isChanged) = (0, false)
        let document = JSONDocument()
        for place in places {
            guard let fields = fields[place.id] else { continue }
            let line = bytes.withUnsafeBytes { text in
                let line = UnsafeRawBufferPointer(rebasing: text[place.range])
                return document.read(line) { view, _ in edited(line, view, fields) }
            }
            isChanged = isChanged || !line.elementsEqual(bytes[place.range])
            result += bytes[at..<place.range.lowerBound]
            result += line
            at = place.range.upperBound
        }
        result += bytes[at...]
        return isChanged ? result : nil
    }

    /// The lines of some triplets: of one more than one where its writer wrote it twice.
    private static func lines(of ids: Set<String>, _ bytes: [UInt8]) -> [TripletLine] {
        bytes.withUnsafeBytes { text in
            // An id stands in a line as it is, unless the writer escaped it.
            if ids.count == 1, let id = ids.first {
                let probe = TextProbe(Array(id.utf8), ignoresCase: false)
                let near = Lines(text).filter { probe.isFound(in: UnsafeRawBufferPointer(rebasing: text[$0])) }
                let mentioning = lines(of: ids, text, near)
                if !mentioning.isEmpty { return mentioning }
            }
            return lines(of: ids, text, Array(Lines(text)))
        }
    }

    private static func lines(
        of ids: Set<String>, _ text: UnsafeRawBufferPointer, _ ranges: [Range<Int>]
    ) -> [TripletLine] {
        let document = JSONDocument()
        return ranges.compactMap { range in
            let line = UnsafeRawBufferPointer(rebasing: text[range])
            guard !line.isEmpty else { return nil }
            return document.read(line) { view, outcome in
                guard outcome == .whole, let id = view["triplet_id"].text, ids.contains(id) else { return nil }
                return TripletLine(id: id, range: range, current: view["reward"].double)
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
