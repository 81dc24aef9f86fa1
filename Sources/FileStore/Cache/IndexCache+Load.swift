import Dispatch
import Glibc
import Synchronization
import TraceFormats
import TraceModel
import TraceStore

extension IndexCache {
    /// The kept index of a file, where there is one that fits the file as it is. One that does not is removed.
    func load(path: String, file: OpenFile, identity: FileIdentity, workers: Int) -> KeptIndex? {
        guard
            let place = place(of: path),
            let kept = try? OpenFile.open(place, flags: O_RDONLY | O_NOFOLLOW)
        else { return nil }
        if let index = read(kept, file: file, identity: identity, workers: workers) {
            // So that the least used can be told.
            futimens(kept.descriptor, nil)
            return index
        }
        unlink(place)
        return nil
    }

    private func read(_ kept: OpenFile, file: OpenFile, identity: FileIdentity, workers: Int) -> KeptIndex? {
        guard
            let info = try? kept.status(), info.st_mode & S_IFMT == S_IFREG, info.st_uid == geteuid(),
            let page = bytes(of: kept, at: 0, count: IndexHeader.bytes),
            let header = page.withUnsafeBytes({ IndexHeader($0) }),
            UInt64(max(info.st_size, 0)) == header.fileSize, header.prices == prices,
            let format = TraceFormat.allCases.first(where: { Checksum.of($0.rawValue) == header.format }),
            let compression = Self.compressions.first(where: { Checksum.of("\($0)") == header.compression }),
            fits(header, file, identity, isGrowable: format.isLines && compression == .none)
        else { return nil }
        return KeptIndexReader(file: kept, header: header)?.read(format, compression, workers: workers)
    }

    private static var compressions: [Compression] { [.none, .gzip, .zlib, .zstd] }

    /// Whether the index is of this file: as it is, or as it was before lines were added to it.
    private func fits(_ header: IndexHeader, _ file: OpenFile, _ identity: FileIdentity, isGrowable: Bool) -> Bool {
        let source = header.source
        guard
            identity.size >= source.size, source.size > 0,
            var mark = try? SourceMark(file, identity, size: source.size)
        else { return false }
        if identity.size == source.size { return mark == source }
        mark.modified = source.modified
        guard isGrowable, mark == source, header.scannedEnd == source.size else { return false }
        return bytes(of: file, at: source.size - 1, count: 1) == [UInt8(ascii: "\n")]
    }

    private func bytes(of file: OpenFile, at offset: UInt64, count: Int) -> [UInt8]? {
        guard let bytes = try? file.read(count, at: offset), bytes.count == count else { return nil }
        return bytes
    }
}
