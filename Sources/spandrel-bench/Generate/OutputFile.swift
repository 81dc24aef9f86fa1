import Glibc

/// A file that is written from front to back, if need be through a compressor of the system.
final class OutputFile {
    enum Compressor: String {
        case gzip, zstd

        /// Quick rather than small: these files are made to be read.
        var arguments: [String] {
            switch self {
            case .gzip: ["gzip", "-1", "-c"]
            case .zstd: ["zstd", "-1", "-q", "-c"]
            }
        }
    }

    private let path: String
    private var descriptor: Int32
    private var compressor: (process: pid_t, name: String)?

    init(_ path: String, _ compressor: Compressor? = nil) throws(BenchError) {
        self.path = path == "-" ? "standard output" : path
        descriptor = path == "-" ? dup(STDOUT_FILENO) : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .failure("\(path): \(String(cString: strerror(errno)))") }
        // A reader that has gone away is an error to be told of, not a signal to die by.
        signal(SIGPIPE, SIG_IGN)
        if let compressor { try start(compressor) }
    }

    private func start(_ compressor: Compressor) throws(BenchError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw .failure("no pipe could be made: \(String(cString: strerror(errno)))")
        }
        // Were the compressor to inherit the writing end, it would wait for itself.
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        let process = try ChildProcess.start(compressor.arguments, input: ends[0], output: descriptor)
        self.compressor = (process, compressor.rawValue)
        Glibc.close(ends[0])
        Glibc.close(descriptor)
        descriptor = ends[1]
    }

    func write(_ bytes: [UInt8]) throws(BenchError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw .failure("\(path): \(String(cString: strerror(errno)))")
            }
            done += count
        }
    }

    /// After this everything is in the file, or an error says why not.
    func close() throws(BenchError) {
        guard Glibc.close(descriptor) == 0 else { throw .failure("\(path): \(String(cString: strerror(errno)))") }
        guard let compressor else { return }
        let status = ChildProcess.wait(compressor.process)
        guard status == 0 else { throw .failure("\(path): \(compressor.name) ended with status \(status)") }
    }
}
