import Dispatch
import Synchronization
import TraceFormats
import TraceGenerator

/// Generates traces into a file, on every core.
enum TraceWriter {
    /// Batches encoded together before they are written.
    private static let wave = 64

    /// How many bytes there were before any compression.
    static func write(_ shape: TraceShape, as format: TraceFormat, to file: OutputFile) throws(BenchError) -> Int {
        let encoder = TraceEncoder(format)
        var generator = TraceGenerator(shape)
        try file.write(encoder.head)
        var bytes = encoder.head.count + encoder.tail.count
        var isFirst = true
        while true {
            var batches: [GeneratedBatch] = []
            while batches.count < wave, let batch = generator.next() { batches.append(batch) }
            guard !batches.isEmpty else { break }
            for encoded in encode(batches, encoder, isFirst: isFirst) {
                try file.write(encoded)
                bytes += encoded.count
            }
            isFirst = false
        }
        try file.write(encoder.tail)
        try file.close()
        return bytes
    }

    private static func encode(_ batches: [GeneratedBatch], _ encoder: TraceEncoder, isFirst: Bool) -> [[UInt8]] {
        let encoded = Mutex([[UInt8]](repeating: [], count: batches.count))
        DispatchQueue.concurrentPerform(iterations: batches.count) { index in
            let bytes = encoder.encode(batches[index].spans(), isFirst: isFirst && index == 0)
            encoded.withLock { $0[index] = bytes }
        }
        return encoded.withLock { $0 }
    }
}
