import FileStore
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Bringing a judgement to its source, in the source's own terms.
extension JudgedStore {
    /// Has the source say what the judgements of a record's target come to, and returns where that is. What is tried again
    /// does nothing where it has been done before.
    func deliver(
        _ record: RewardRecord, _ found: FoundSpan, isRetry: Bool
    ) throws(WriteBackError) -> String {
        guard access(found.origin.path, F_OK) == 0 else {
            throw .later("\(found.origin.path) is not there any more")
        }
        return try turn.withLock { _ throws(WriteBackError) in
            if let way = NativeWay(record.target, found) {
                if changesSource(record) {
                    // What somebody else wrote is news to who follows the file; what is written here is none.
                    let isCurrent = files.isCurrent(found.span)
                    files.hold(found.span)
                    try write(record, way, found.origin.path, isRetry: isRetry)
                    if isCurrent { files.adopt(found.span) }
                    return found.origin.path
                }
                // The source speaks for what counts now.
                if isRetry, record.value != nil || record.verdict == .withdrawn { return found.origin.path }
            }
            return try writeBeside(record, found.origin.path, isRetry: isRetry)
        }
    }

    private func write(
        _ record: RewardRecord, _ way: NativeWay, _ path: String, isRetry: Bool
    ) throws(WriteBackError) {
        switch way {
        case .call(let id):
            try NativeRewards.write(toCall: id, in: path) { current throws(WriteBackError) in
                try decide(record, current, path, isRetry: isRetry)
            }
        case .triplet(let id):
            try NativeRewards.write(toTriplet: id, in: path) { current throws(WriteBackError) in
                try decide(record, current, path, isRetry: isRetry)
            }
        case .defect(let id):
            try NativeRewards.mark(defect: id, in: path, patience: options.patience) { current throws(WriteBackError) in
                try decide(record, current, path, isRetry: isRetry)
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
        _ = learn()
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
    private func writeBeside(
        _ record: RewardRecord, _ path: String, isRetry: Bool
    ) throws(WriteBackError) -> String {
        let sidecar = RewardFile(path: path + FileStore.sidecarSuffix)
        if isRetry, sidecar.read().lines.contains(where: { $0.id == record.id }) { return sidecar.path }
        do throws(StoreError) {
            try sidecar.append(record)
        } catch {
            throw .later(error.description)
        }
        return sidecar.path
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
