import FileStore
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Where a judgement arrived, or why it did not.
typealias Arrival = Result<String, WriteBackError>

/// Bringing judgements to their sources, in the sources' own terms.
extension JudgedStore {
    /// Has each source say what the judgements of the records' targets come to, each file once. What is tried again does
    /// nothing where it has been done before.
    func deliver(_ drafts: [RewardDraft], isRetry: Bool) -> [Arrival] {
        var arrivals = [Arrival](repeating: .success(""), count: drafts.count)
        for (path, members) in Dictionary(grouping: drafts.indices, by: { drafts[$0].found.origin.path }) {
            let arrived = turn.withLock { _ in deliver(members.map { drafts[$0] }, to: path, isRetry: isRetry) }
            for (member, arrival) in zip(members, arrived) { arrivals[member] = arrival }
        }
        return arrivals
    }

    private func deliver(_ drafts: [RewardDraft], to path: String, isRetry: Bool) -> [Arrival] {
        guard access(path, F_OK) == 0 else {
            return drafts.map { _ in .failure(.later("\(path) is not there any more")) }
        }
        var arrivals = [Arrival](repeating: .success(path), count: drafts.count)
        var native: [(member: Int, way: NativeWay)] = []
        var beside: [Int] = []
        for (member, draft) in drafts.enumerated() {
            let record = draft.record
            guard let way = NativeWay(record.target, draft.found) else {
                beside.append(member)
                continue
            }
            if changesSource(record) {
                native.append((member, way))
            } else if !isRetry || record.value == nil && record.verdict != .withdrawn {
                // Else the source speaks for what counts now.
                beside.append(member)
            }
        }
        if let first = native.first {
            // What somebody else wrote is news to who follows the file; what is written here is none.
            let span = drafts[first.member].found.span
            let isCurrent = files.isCurrent(span)
            files.hold(span)
            for (member, arrival) in write(native, drafts, path, isRetry: isRetry) { arrivals[member] = arrival }
            if isCurrent { files.adopt(span) }
        }
        let records = beside.map { drafts[$0].record }
        for (member, arrival) in zip(beside, writeBeside(records, path, isRetry: isRetry)) {
            arrivals[member] = arrival
        }
        return arrivals
    }

    /// All triplets of a file at once, anything else one after the other.
    private func write(
        _ members: [(member: Int, way: NativeWay)], _ drafts: [RewardDraft], _ path: String, isRetry: Bool
    ) -> [(Int, Arrival)] {
        var arrivals: [(Int, Arrival)] = []
        var triplets: [String: [Int]] = [:]
        for (member, way) in members {
            if case .triplet(let id) = way {
                triplets[id, default: []].append(member)
                continue
            }
            do throws(WriteBackError) {
                try write(drafts[member].record, way, path, isRetry: isRetry)
                arrivals.append((member, .success(path)))
            } catch {
                arrivals.append((member, .failure(error)))
            }
        }
        guard !triplets.isEmpty else { return arrivals }
        var failures: [String: WriteBackError] = [:]
        var hasLearned = false
        do throws(WriteBackError) {
            failures = try NativeRewards.write(toTriplets: Set(triplets.keys), in: path) {
                id, current throws(WriteBackError) in
                if !hasLearned { _ = learn() }
                hasLearned = true
                return try decide(drafts[triplets[id]?.last ?? 0].record, current, path, isRetry: isRetry)
            }
        } catch {
            for id in triplets.keys { failures[id] = error }
        }
        for (id, members) in triplets {
            for member in members { arrivals.append((member, failures[id].map { .failure($0) } ?? .success(path))) }
        }
        return arrivals
    }

    private func write(
        _ record: RewardRecord, _ way: NativeWay, _ path: String, isRetry: Bool
    ) throws(WriteBackError) {
        switch way {
        case .triplet: break
        case .call(let id):
            try NativeRewards.write(toCall: id, in: path) { current throws(WriteBackError) in
                _ = learn()
                return try decide(record, current, path, isRetry: isRetry)
            }
        case .defect(let id):
            try NativeRewards.mark(defect: id, in: path, patience: options.patience) { current throws(WriteBackError) in
                _ = learn()
                return try decide(record, current, path, isRetry: isRetry)
            }
        case .approval(let id):
            let decision = record.verdict == .skip ? "deferred" : (record.value ?? 0) >= 0.5 ? "approved" : "rejected"
            let reason = record.rationale.isEmpty ? "\(decision) in Spandrel" : record.rationale
            try NativeRewards.decide(
                id, decision, by: record.author, because: reason, in: path, patience: options.patience)
        }
    }

    /// What the source is to say: what counts now, also of what another program judged just before. What is tried again does
    /// not go over what somebody else wrote there since.
    private func decide(
        _ record: RewardRecord, _ current: Double?, _ path: String, isRetry: Bool
    ) throws(WriteBackError) -> NativeRewards.Reward {
        let target = record.target
        if isRetry, let current, !book.withLock({ $0.values(of: target).contains(current) }) {
            throw .later("\(path): somebody else gave it the reward \(current) since; judge it again")
        }
        guard let effective = book.withLock({ $0.record(of: target) }) else {
            let former = book.withLock { $0.former(of: target) }
            return NativeRewards.Reward(value: former, author: record.author, time: record.createdAt)
        }
        return NativeRewards.Reward(value: effective.value, author: effective.author, time: effective.createdAt)
    }

    /// A source that has no place for rewards has them beside it.
    private func writeBeside(_ records: [RewardRecord], _ path: String, isRetry: Bool) -> [Arrival] {
        let sidecar = RewardFile(path: path + FileStore.sidecarSuffix)
        var missing = records
        if isRetry, !records.isEmpty {
            let known = Set(sidecar.read().lines.map(\.id))
            missing.removeAll { known.contains($0.id) }
        }
        do throws(StoreError) {
            try sidecar.append(missing)
            return records.map { _ in .success(sidecar.path) }
        } catch {
            let missing = Set(missing.map(\.id))
            return records.map {
                missing.contains($0.id) ? .failure(.later(error.description)) : .success(sidecar.path)
            }
        }
    }

    /// An older judgement that is taken over changes nothing where a later one counts, nor does a word without a value,
    /// but for one that takes back what was written, and for a request that is put off.
    private func changesSource(_ record: RewardRecord) -> Bool {
        book.withLock { book in
            if record.verdict == .withdrawn { return record.supersedes.map { book.contains($0) } ?? false }
            if case .approval = record.target { return record.value != nil || record.verdict == .skip }
            return record.value != nil && book.record(of: record.target)?.id == record.id
        }
    }
}
