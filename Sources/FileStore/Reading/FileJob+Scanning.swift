import Synchronization
import TraceFormats
import TraceModel

extension FileJob.Stage {
    /// How a file of a format is scanned: in chunks of lines, or from front to back, translated where it has to be.
    static func scanning(
        _ format: TraceFormat, _ file: UInt32, _ found: FoundFile, _ library: Library
    ) -> (stage: FileJob.Stage, problem: Problem?) {
        let windowSize = library.options.chunk
        if format.isLines { return (.lines, nil) }
        guard !format.isOTLP else {
            return (.sequence(SequentialScan(format, library.options.prices, windowSize: windowSize)), nil)
        }
        do {
            let spool = try TranslationSpool(in: library.options.spoolDirectory)
            let identity = library.contents.withLock { $0.files[Int(file)].identity }
            guard
                let scan = SequentialScan(
                    format, library.source(of: found, identity), library.options.prices, into: spool,
                    windowSize: windowSize)
            else { return (.closed, nil) }
            library.shelf.put(spool.file, for: file, isTranslation: true, isOnlyCopy: true)
            return (.sequence(scan), nil)
        } catch {
            let what = "what is made of it cannot be kept on the disk: \(error)"
            return (.closed, Problem(file: found.name, place: .whole, what: what))
        }
    }
}
