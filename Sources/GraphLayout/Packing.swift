/// Puts parts side by side in rows, as words are put in lines.
enum Packing {
    private static let columnsBetween = 3
    private static let rowsBetween = 1

    /// The top left of each part, in their order. The whole is about as wide as a terminal is for its height.
    static func corners(_ sizes: [(width: Int, height: Int)]) -> [GraphPlan.Point] {
        let area = sizes.reduce(0.0) { $0 + Double($1.width + columnsBetween) * Double($1.height + rowsBetween) }
        let width = max(sizes.map(\.width).max() ?? 0, Int((area * 3).squareRoot()))
        var (x, y, height) = (0, 0, 0)
        return sizes.map { size in
            if x > 0, x + size.width > width {
                y += height + rowsBetween
                (x, height) = (0, 0)
            }
            defer {
                x += size.width + columnsBetween
                height = max(height, size.height)
            }
            return GraphPlan.Point(x: x, y: y)
        }
    }
}
