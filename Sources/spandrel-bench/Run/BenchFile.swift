/// A file to measure on.
struct BenchFile {
    var path: String
    var bytes: Int
    var spans: Int

    /// The seconds that `cat` takes for it, into nothing.
    func cat() throws(BenchError) -> Double {
        try ChildProcess.run(["sh", "-c", "cat \"$1\" >/dev/null", "sh", path]).seconds
    }
}
