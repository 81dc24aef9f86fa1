import Glibc
import Synchronization
import TraceFormats
import TraceModel

extension Follower {
    /// Whole lines only: what is not yet ended waits.
    func scanLines(of number: UInt32, _ file: OpenFile, _ size: UInt64) -> Bool {
        let read = library.contents.withLock { $0.files[Int(number)].scannedEnd }
        guard let start = lineStart(before: positions[number] ?? read, file), let end = lineStart(before: size, file),
            end > start
        else { return false }
        positions[number] = end
        let chunk = LineChunk(range: start..<end, end: end, isEndOfFile: true)
        guard let (batch, _) = try? chunk.scan(file, with: &lineScanner, buffer: &buffer) else { return false }
        deliver(Delivery(batch: batch, bytes: end - start, scannedEnd: end), of: number)
        return true
    }

    /// A file that means something only from its beginning: with the scan that read it so far.
    func goOnScanning(
        _ number: UInt32, _ entry: FileEntry, _ format: TraceFormat, _ file: OpenFile, to end: UInt64
    ) -> Bool {
        let isWhole = !format.isMessageStream
        if let scan = scans[number] { return scanOn(scan, file, number, to: end, isWhole: isWhole) }
        // The first time from the beginning, with a scan that stays.
        retire(number)
        let (stage, _) = FileJob.Stage.scanning(format, number, entry.found, library)
        guard case .sequence(let scan) = stage else { return false }
        scans[number] = scan
        return scanOn(scan, file, number, to: end, isWhole: isWhole)
    }

    /// With `isWhole`, what stands at the end is all there is of it; else what is not complete waits for more.
    func scanOn(
        _ scan: SequentialScan, _ file: OpenFile, _ number: UInt32, to end: UInt64, isWhole: Bool
    ) -> Bool {
        guard end > scan.position else { return false }
        while let step = try? scan.scan(file, end: end, isWhole: isWhole, buffer: &buffer) {
            deliver(Delivery(batch: step.batch, bytes: step.bytes, scannedEnd: scan.position), of: number)
            if step.isFinished || step.bytes == 0 && scan.lastEnd >= end { break }
        }
        positions[number] = scan.position
        return true
    }

    /// Where the last line that begins before a place begins, at the latest at that place.
    func lineStart(before end: UInt64, _ file: OpenFile) -> UInt64? {
        var at = end
        while at > 0 {
            let start = at > 64 << 10 ? at - 64 << 10 : 0
            guard let bytes = try? file.read(Int(at - start), at: start) else { return nil }
            if let last = bytes.lastIndex(of: 10) { return start + UInt64(last) + 1 }
            at = start
        }
        return 0
    }

    func deliver(_ delivery: Delivery, of number: UInt32) {
        library.contents.withLock { contents in
            if let identity = delivery.identity { contents.identify(number, as: identity.format, identity.compression) }
            contents.take(delivery, of: number)
        }
    }

    /// What was read of a file so far is not there any more.
    func retire(_ number: UInt32) {
        scans[number] = nil
        positions[number] = 0
        library.contents.withLock { $0.retire(number) }
    }
}
