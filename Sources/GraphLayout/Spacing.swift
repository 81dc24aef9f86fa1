/// How far things are kept apart, in cells along the layers' axis (depth) and across it.
struct Spacing {
    /// Between two boxes of a layer.
    let betweenBoxes: Int
    /// Between a line that passes a layer and what is beside it.
    let besideLine: Int
    /// From a layer to the first column of bends behind it: the cell where edges leave, which loops turn in.
    let lead = 1
    /// From the last bend to the next layer, with the cell of the arrow head.
    let tail: Int
    /// From one column of bends to the next.
    private let pitch: Int

    init(_ direction: GraphSketch.Direction) {
        // A cell is about twice as high as it is wide.
        switch direction {
        case .leftToRight: (betweenBoxes, besideLine, tail, pitch) = (1, 1, 2, 2)
        case .topDown: (betweenBoxes, besideLine, tail, pitch) = (3, 1, 1, 1)
        }
    }

    /// Where a column of bends is, from the beginning of its gap. Many are set closely.
    func track(_ track: Int, of count: Int) -> Int { lead + track * (count > 12 ? 1 : pitch) }

    /// What the gap between two layers takes that has so many columns of bends.
    func gap(tracks count: Int) -> Int {
        (count == 0 ? lead : track(count - 1, of: count) + 1) + tail
    }

    /// Between two neighbours of a layer.
    func between(_ first: Bool, _ second: Bool) -> Int { first && second ? betweenBoxes : besideLine }
}
