import TraceFormats

/// A file that spans were read from, and how to get at its bytes again.
struct StoredFile: Sendable {
    var found: FoundFile
    var format: TraceFormat
    var compression: Compression
    /// What was unpacked or copied, where the file itself cannot be read at any place.
    var spool: OpenFile?
    /// Line ends in what was taken in so far.
    var lines = 0

    /// Bytes of a stretch, all of them.
    func read(_ range: ByteRange) throws(SystemOrChange) -> [UInt8] {
        let file = try source()
        let bytes: [UInt8]
        do {
            bytes = try file.read(Int(range.length), at: range.offset)
        } catch {
            throw .system(error)
        }
        guard bytes.count == Int(range.length) else { throw .changed }
        return bytes
    }

    /// The open file that offsets are of, if it is still what was read.
    func source() throws(SystemOrChange) -> OpenFile {
        if let spool { return spool }
        do {
            let file = try OpenFile.open(found.openPath)
            guard try FileIdentity(file.status()).keeps(found.identity) else { throw SystemOrChange.changed }
            return file
        } catch let error as SystemError {
            throw .system(error)
        } catch {
            throw .changed
        }
    }
}

/// Why bytes that were there once could not be read again.
enum SystemOrChange: Error {
    case system(SystemError)
    case changed
}
