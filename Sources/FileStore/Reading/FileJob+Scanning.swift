import Synchronization
import TraceFormats
import TraceModel

extension FileJob.Stage {
    /// How a file of a format is scanned: in chunks of lines, by many where there are, or from front to back, translated
    /// where it has to be.
    static func scanning(
        _ format: TraceFormat, _ file: UInt32, _ found: FoundFile, _ library: Library, byMany: Bool = false
    ) -> (stage: FileJob.Stage, problem: Problem?) {
        if format.isLines { return (.lines, nil) }
        let prices = library.options.prices
        let windowSize = library.options.chunk
        guard !format.isOTLP else { return (.sequence(SequentialScan(format, prices, windowSize: windowSize)), nil) }
        do {
            let spool = try TranslationSpool(in: library.options.spoolDirectory)
            let identity = library.contents.withLock { $0.files[Int(file)].identity }
            let source = library.source(of: found, identity)
            let copy = try copy(of: format, file, library)
            if byMany, let scan = RecordScan(format, source, prices, into: spool, copy: copy) {
                return (.records(scan), nil)
            }
            guard
                let scan = SequentialScan(format, source, prices, into: spool, copy: copy, windowSize: windowSize)
            else { return (.closed, nil) }
            library.shelf.put(spool.file, for: file, isTranslation: true, isOnlyCopy: true)
            return (.sequence(scan), nil)
        } catch {
            let what = "what is made of it cannot be kept on the disk: \(error)"
            return (.closed, Problem(file: found.name, place: .whole, what: what))
        }
    }

    /// Where the records of a file that others write to are kept as they were read.
    private static func copy(
        of format: TraceFormat, _ file: UInt32, _ library: Library
    ) throws(SystemError) -> OpenFile? {
        guard format.isRewritten, format.records != .kept else { return nil }
        let copy = try Spool.open(in: library.options.spoolDirectory)
        library.shelf.put(copy, for: file, isOnlyCopy: true)
        return copy
    }
}
