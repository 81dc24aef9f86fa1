import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Makes records of other systems' files into their spans and logs again. All who ask a store share one.
final class RecordReader: Sendable {
    private struct Last {
        var file: UInt32
        var identity: FileIdentity
        var place: ByteRange
        var record: TranslatedRecord
    }

    /// The next that is asked for is often of the same record.
    private let last = Mutex<Last?>(nil)
    /// Memory to read records in, kept for the next.
    private let memory = Monitor<[JSONLines]>([])

    func record(
        at place: ByteRange, of file: UInt32, _ entry: FileEntry, _ library: Library
    ) throws(StoreError) -> TranslatedRecord {
        let last = last.withLock { $0 }
        if let last, last.file == file, last.place == place, last.identity == entry.identity { return last.record }
        let bytes = try SpanReader.read(place, try library.shelf.original(of: file, entry), entry)
        let lines = memory.withLock { $0.popLast() } ?? JSONLines()
        defer { memory.withLock { $0.append(lines) } }
        guard let record = bytes.withUnsafeBytes({ library.record($0, at: place, of: entry, reading: lines) }) else {
            throw SourceAccess.changed(entry)
        }
        self.last.withLock { $0 = Last(file: file, identity: entry.identity, place: place, record: record) }
        return record
    }
}
