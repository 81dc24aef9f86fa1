import Glibc
import TraceFormats

/// Copies a pipe, or unpacks a file, into a spool, a piece at a time.
struct SpoolFilling {
    let spool: OpenFile
    private(set) var compression = Compression.none
    /// Bytes in the spool.
    private(set) var size: UInt64 = 0
    /// Bytes taken from the file.
    private(set) var bytesRead: UInt64 = 0
    private let file: OpenFile
    private let limits: UnpackLimits
    private var decompressor: Decompressor?
    private var isStarted = false

    private static let piece = 256 << 10

    init(_ file: OpenFile, _ options: FileStoreOptions) throws(SystemError) {
        self.file = file
        limits = options.unpacking
        spool = try Spool.open(in: options.spoolDirectory)
    }

    /// Why there is no more, other than that the file ended.
    struct Trouble: Error, CustomStringConvertible {
        var description: String
    }

    /// Adds about `amount` bytes. False once the file has ended.
    mutating func fill(upTo amount: Int) throws(Trouble) -> Bool {
        let goal = size + UInt64(amount)
        var input = [UInt8](repeating: 0, count: Self.piece)
        while size < goal {
            let count = try take(&input)
            if !isStarted {
                isStarted = true
                compression = input[..<count].withUnsafeBytes { Compression.recognise($0) }
                decompressor = Decompressor(compression)
            }
            guard count > 0 else {
                if let decompressor, !decompressor.isBetweenMembers {
                    throw Trouble(description: "cut off: the compressed data ends early; what there was is shown")
                }
                return false
            }
            bytesRead += UInt64(count)
            try input[..<count].withUnsafeBytes { bytes in Result { () throws(Trouble) in try add(bytes) } }.get()
        }
        return true
    }

    /// Bytes that a pipe has now, or the next of a file.
    private func take(_ input: inout [UInt8]) throws(Trouble) -> Int {
        var filled = 0
        // Of a pipe at least as much as tells a compression apart.
        while filled < (isStarted ? 1 : 6) {
            let count = input.withUnsafeMutableBytes {
                Glibc.read(file.descriptor, $0.baseAddress! + filled, $0.count - filled)
            }
            if count > 0 {
                filled += count
            } else if count == 0 {
                break
            } else if errno != EINTR {
                throw Trouble(description: "cannot be read: \(SystemError.last)")
            }
        }
        return filled
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) throws(Trouble) {
        guard let decompressor else {
            try write(bytes)
            return
        }
        var output = [UInt8](repeating: 0, count: Self.piece * 4)
        var rest = bytes
        while true {
            let used: (consumed: Int, produced: Int)
            do {
                used = try output.withUnsafeMutableBytes { buffer in
                    Result { () throws(FormatError) in try decompressor.unpack(rest, into: buffer) }
                }.get()
            } catch {
                throw Trouble(description: error.description)
            }
            try output[..<used.produced].withUnsafeBytes { bytes in Result { () throws(Trouble) in try write(bytes) } }
                .get()
            rest = UnsafeRawBufferPointer(rebasing: rest[used.consumed...])
            if rest.isEmpty && used.produced < output.count || used.consumed == 0 && used.produced == 0 { return }
        }
    }

    private mutating func write(_ bytes: UnsafeRawBufferPointer) throws(Trouble) {
        if size + UInt64(bytes.count) > limits.bytes, size / max(1, bytesRead) > limits.ratio {
            throw Trouble(description: "swells more than \(limits.ratio) times when unpacked; stopped at \(size) bytes")
        }
        if size & 0xFFF_FFFF < UInt64(bytes.count) {
            let free = Double(Spool.freeSpace(beside: spool))
            guard Double(bytes.count) < free * limits.shareOfFreeSpace else {
                throw Trouble(description: "the disk has no room to unpack it; stopped at \(size) bytes")
            }
        }
        do {
            try spool.write(bytes, at: size)
        } catch {
            throw Trouble(description: "cannot be unpacked to the disk: \(error)")
        }
        size += UInt64(bytes.count)
    }
}
