enum RunCommand {
    static func run(_ arguments: [String]) throws(BenchError) {
        throw .usage("nothing")
    }
}
