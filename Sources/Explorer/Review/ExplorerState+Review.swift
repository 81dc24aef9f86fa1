package import TraceModel

extension ExplorerState {
    /// The trace that is to be judged.
    package var reviewTrace: TraceID? { review.place.map { traces.table.ids[Int($0)] } }

    /// What is known of it, once it is read.
    package var reviewItem: ReviewItem? {
        guard let trace = reviewTrace, case .read(let item)? = review.items[trace] else { return nil }
        return item
    }

    package var reviewLayout: ReviewLayout? {
        reviewItem.map { ReviewLayout(layout.list, $0, isUnfolded: review.isUnfolded) }
    }
}
