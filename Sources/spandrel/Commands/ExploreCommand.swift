/// `spandrel SOURCE…`: the explorer itself.
@MainActor
enum ExploreCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        throw .usage("not yet")
    }
}
