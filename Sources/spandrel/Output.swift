import Glibc

/// Standard output and standard error. A reader that goes away ends the program without a word.
enum Output {
    static func print(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

    static func print(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    static func complain(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        signal(SIGPIPE, SIG_IGN)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, bytes.count - done) }
            if count > 0 {
                done += count
            } else if errno == EPIPE {
                exit(0)
            } else if errno != EINTR && errno != EAGAIN {
                exit(1)
            }
        }
    }
}

/// Output that is gathered, and written out in large pieces.
struct OutputBuffer {
    private var bytes: [UInt8] = []

    mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(10)
        flush(above: 1 << 16)
    }

    mutating func line(_ json: [UInt8]) {
        bytes.append(contentsOf: json)
        bytes.append(10)
        flush(above: 1 << 16)
    }

    mutating func flush(above limit: Int = 0) {
        guard bytes.count > limit else { return }
        Output.print(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
