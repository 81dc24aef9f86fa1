/// Taking back, and having again. What was handed down goes with the judgement that it came of.
extension RewardBook {
    /// The last record that still holds and was made by an author.
    package func last(by author: String) -> RewardRecord? {
        records.filter {
            $0.author == author && $0.verdict != .withdrawn && $0.propagatedFrom == nil && holds($0)
        }.max { Self.isNewer($1, than: $0) }
    }

    /// All that holds and was made at the same stroke as a judgement, and what was handed down from it; the judgement first.
    package func stroke(of record: RewardRecord) -> [RewardRecord] {
        let own = records.filter { $0.author == record.author && holds($0) }
        let roots = own.filter { $0.createdAt == record.createdAt && $0.propagatedFrom == nil }
        let ids = Set(roots.map(\.id))
        let handedDown = own.filter { $0.propagatedFrom.map { ids.contains($0) } ?? false }
        return [record] + roots.filter { $0.id != record.id } + handedDown
    }

    /// What had been handed down to a step before another handing down took its place, or took it away.
    package func outdone(by record: RewardRecord) -> RewardRecord? {
        guard record.propagatedFrom != nil, let former = record.supersedes.flatMap({ self.record(with: $0) }),
            former.verdict != .withdrawn, let root = former.propagatedFrom.flatMap({ self.record(with: $0) }),
            holds(root)
        else { return nil }
        return former
    }

    /// The author's withdrawal that a redo undoes: the newest that stands, unless something else was judged since.
    package func lastUndone(by author: String) -> RewardRecord? {
        let own = records.filter { $0.author == author && $0.propagatedFrom == nil }
        for record in own.sorted(by: { Self.isNewer($0, than: $1) }) {
            if record.verdict == .withdrawn {
                if holds(record) { return record }
            } else if let former = record.supersedes.flatMap({ self.record(with: $0) }), former.verdict == .withdrawn {
                // Made by a redo, which leaves the ones before it to be done again.
                continue
            } else if self.withdrawal(of: record.id) == nil {
                return nil
            }
        }
        return nil
    }

    /// All that was taken back at the same stroke, and what each is to take the place of; what others came of first.
    package func undone(with withdrawal: RewardRecord) -> [(former: RewardRecord, standing: RewardID?)] {
        let own = records.compactMap { record -> (former: RewardRecord, standing: RewardID?)? in
            guard let undoing = self.withdrawal(of: record.id), undoing.createdAt == withdrawal.createdAt,
                undoing.author == withdrawal.author, record.propagatedFrom == nil
            else { return nil }
            return (record, undoing.id)
        }
        // Of what was handed down more than once, by having it back, the last.
        let roots = Set(own.map(\.former.id))
        var last: [RewardTarget: RewardRecord] = [:]
        for record in records {
            if let root = record.propagatedFrom, roots.contains(root) { last[record.target] = record }
        }
        let handedDown = last.values.sorted { $0.id < $1.id }.compactMap { record in
            let standing = record.target.span.flatMap { self.handedDown(to: $0, in: record.target.trace)?.id }
            let isNothing = record.verdict == .withdrawn && standing == nil
            return isNothing ? nil : (former: record, standing: standing ?? self.withdrawal(of: record.id)?.id)
        }
        return own + handedDown
    }
}
