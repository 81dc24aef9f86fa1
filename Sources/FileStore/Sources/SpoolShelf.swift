import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// The unpacked content of compressed files and of streams, and what was made of files of other systems: where spans are
/// read from.
///
/// What can be made again is: only the few last used are kept, and of a file whose index was kept on disk it is made when
/// first a span of it is wanted.
final class SpoolShelf: Sendable {
    private struct Key: Hashable {
        var file: UInt32
        var isTranslation: Bool
    }

    private struct Place {
        var spool: OpenFile
        var isOnlyCopy: Bool
        var lastUse: Int
    }

    /// Spools that could be made again.
    private static let most = 16

    private let options: FileStoreOptions
    private let places = Mutex<(places: [Key: Place], uses: Int)>(([:], 0))
    /// Held while a spool is made, so that two who want the same one do not both make it.
    private let making = Mutex(())

    init(_ options: FileStoreOptions) {
        self.options = options
    }

    func put(_ spool: OpenFile, for file: UInt32, isTranslation: Bool = false, isOnlyCopy: Bool) {
        places.withLock { shelf in
            shelf.uses += 1
            shelf.places[Key(file: file, isTranslation: isTranslation)] = Place(
                spool: spool, isOnlyCopy: isOnlyCopy, lastUse: shelf.uses)
            let replaceable = shelf.places.filter { !$0.value.isOnlyCopy }
            guard replaceable.count > Self.most else { return }
            guard let oldest = replaceable.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
            shelf.places[oldest.key] = nil
        }
    }

    /// What the spans of a file are read from: the file itself where it is plain.
    func content(of number: UInt32, _ entry: FileEntry, _ library: Library) throws(StoreError) -> OpenFile {
        guard let format = entry.format, !format.isOTLP else { return try original(of: number, entry) }
        let key = Key(file: number, isTranslation: true)
        if let spool = take(key) { return spool }
        let original = try original(of: number, entry)
        return try making.withLock { _ throws(StoreError) in
            if let spool = take(key) { return spool }
            let spool = try translate(original, format, entry, library)
            put(spool, for: number, isTranslation: true, isOnlyCopy: false)
            return spool
        }
    }

    /// The content of a file as its writer meant it: unpacked where that has to be.
    func original(of number: UInt32, _ entry: FileEntry) throws(StoreError) -> OpenFile {
        let key = Key(file: number, isTranslation: false)
        // Of what others write to there is a copy, and what is about to be replaced is held.
        if let spool = take(key) { return spool }
        if entry.found.kind == .regular, entry.compression == .none { return try SourceAccess.open(entry) }
        guard entry.found.kind == .regular else {
            throw StoreError("\(entry.found.name): what came from it is not there any more")
        }
        return try making.withLock { _ throws(StoreError) in
            if let spool = take(key) { return spool }
            let spool = try unpack(entry)
            put(spool, for: number, isOnlyCopy: false)
            return spool
        }
    }

    private func take(_ key: Key) -> OpenFile? {
        places.withLock { shelf in
            shelf.uses += 1
            shelf.places[key]?.lastUse = shelf.uses
            return shelf.places[key]?.spool
        }
    }

    private func unpack(_ entry: FileEntry) throws(StoreError) -> OpenFile {
        let source = try SourceAccess.open(entry)
        do {
            let spool = try Spool.open(in: options.spoolDirectory)
            let input = FillerInput(source, isStream: false)
            let filler = SpoolFiller(
                input, compression: entry.compression, spool: spool, limits: options.unpacking)
            while !filler.isComplete { filler.fill(64 << 20) }
            return filler.spool
        } catch {
            throw StoreError("\(entry.found.name): cannot be unpacked: \(error)")
        }
    }

    private func translate(
        _ original: OpenFile, _ format: TraceFormat, _ entry: FileEntry, _ library: Library
    ) throws(StoreError) -> OpenFile {
        do {
            let spool = try TranslationSpool(in: options.spoolDirectory)
            let source = library.source(of: entry.found, entry.identity)
            let scan = SequentialScan(format, source, ModelPrices(), into: spool, windowSize: options.chunk)
            guard let scan else { throw SourceAccess.changed(entry) }
            var buffer = ScanBuffer()
            let end = FileIdentity(try original.status()).size
            while try !scan.scan(original, end: end, isWhole: true, buffer: &buffer).isFinished {}
            if let problem = spool.problem { throw StoreError("\(entry.found.name): \(problem)") }
            return spool.file
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError("\(entry.found.name) cannot be read: \(error)")
        }
    }
}
