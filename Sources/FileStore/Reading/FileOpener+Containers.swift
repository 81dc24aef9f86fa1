import TraceArchives
import TraceDatabases
import TraceFormats
import TraceModel

/// Files that are not read from front to back but asked: databases and archives.
extension FileOpener {
    /// What a file with this beginning is asked by; nothing of any other.
    static func container(_ head: UnsafeRawBufferPointer) -> Container? {
        if head.starts(with: TraceDatabase.magic) { return .database }
        return head.starts(with: TraceArchive.magic) ? .archive : nil
    }

    enum Container {
        case database, archive

        var unknown: String {
            switch self {
            case .database: "an SQLite database of no kind that is known here"
            case .archive: "a zip archive of no kind that is known here"
            }
        }
    }

    /// Reads it as it is now. What is made of it stays while the store is open, since it may change.
    func read(_ container: Container, _ identity: FileIdentity) throws(SystemError) -> Delivery {
        let spool = try TranslationSpool(in: library.options.spoolDirectory)
        var delivery = Delivery(bytes: identity.size)
        let path = found.openPath
        do {
            let format = container == .database ? try TraceDatabase.recognise(path) : try TraceArchive.recognise(path)
            guard let format else { return refusal(container.unknown, isText: false, bytes: identity.size) }
            delivery.identity = (format, .none)
            library.shelf.put(spool.file, for: number, isTranslation: true, isOnlyCopy: true)
            var scanner = format.makeScanner(library.options.prices)
            var turn = 0
            var batch = SpanBatch()
            defer { delivery.take(batch) }
            func take(_ output: TranslationOutput) {
                output.take(with: &scanner, into: &batch) { spool.keep($0, turn: turn) }
                turn += 1
            }
            switch container {
            case .database: try TraceDatabase.translate(path, format, library.source(of: found, identity), into: take)
            case .archive: try TraceArchive.translate(path, format, into: take)
            }
        } catch {
            delivery.fail(problem(error.description))
        }
        if let what = spool.problem { delivery.fail(problem(what)) }
        return delivery
    }
}
