/// The line of an edge, from corner to corner.
struct DrawnLine {
    var from: Int
    var to: Int
    var points: [(x: Double, y: Double)]

    var length: Double {
        zip(points, points.dropFirst()).reduce(0) { sum, pair in
            let (x, y) = (pair.1.x - pair.0.x, pair.1.y - pair.0.y)
            return sum + (x * x + y * y).squareRoot()
        }
    }
}
