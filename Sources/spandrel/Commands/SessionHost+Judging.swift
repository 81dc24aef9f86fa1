import Judgements
import Session

extension SessionHost {
    /// Has what a person judges kept in a store, in the person's name.
    mutating func judge(in store: JudgedStore, by author: String) {
        let judging = Judging(store, by: author)
        judge = { try await judging.judge($0) }
        standing = { store.standing(of: $0) }
        decided = { store.decided(in: $0, by: author) }
    }
}
