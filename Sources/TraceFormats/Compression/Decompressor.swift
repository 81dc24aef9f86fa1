import CZlib
import CZstd

/// Unpacks a stream piece by piece, in memory that does not grow with it.
package final class Decompressor {
    private enum Engine {
        case zlib(UnsafeMutablePointer<z_stream>)
        case zstd(OpaquePointer)
    }

    private let engine: Engine
    /// A member or frame has ended, and what follows is the next one or nothing.
    package private(set) var isBetweenMembers = true

    /// Nothing where memory is out, or nothing is packed.
    package init?(_ compression: Compression) {
        switch compression {
        case .none: return nil
        case .gzip, .zlib:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            guard czlib_inflate_start(stream) == Z_OK else {
                stream.deallocate()
                return nil
            }
            engine = .zlib(stream)
        case .zstd:
            guard let stream = ZSTD_createDStream() else { return nil }
            ZSTD_initDStream(stream)
            engine = .zstd(stream)
        }
    }

    deinit {
        switch engine {
        case .zlib(let stream):
            inflateEnd(stream)
            stream.deallocate()
        case .zstd(let stream): ZSTD_freeDStream(stream)
        }
    }

    /// Unpacks from `input` into `output` until one of them is used up: how much of each was used.
    package func unpack(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(FormatError) -> (consumed: Int, produced: Int) {
        switch engine {
        case .zlib(let stream): try inflate(stream, input, output)
        case .zstd(let stream): try unpack(stream, input, output)
        }
    }

    private func inflate(
        _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer
    ) throws(FormatError) -> (Int, Int) {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(clamping: input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(clamping: output.count)
        var result = Z_OK
        while stream.pointee.avail_in > 0, stream.pointee.avail_out > 0 {
            result = CZlib.inflate(stream, Z_NO_FLUSH)
            isBetweenMembers = result == Z_STREAM_END
            guard result == Z_STREAM_END else { break }
            // Another member may follow; padding with zeros is none.
            inflateReset(stream)
            while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
                stream.pointee.next_in += 1
                stream.pointee.avail_in -= 1
            }
        }
        guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? "error \(result)"
            throw FormatError(description: "corrupt compressed data: \(reason)")
        }
        return (input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out))
    }

    private func unpack(
        _ stream: OpaquePointer, _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) throws(FormatError) -> (Int, Int) {
        var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        // Once without input too: the end of a block may have been read before there was room for all of it.
        repeat {
            let done = from.pos + to.pos
            let result = ZSTD_decompressStream(stream, &to, &from)
            guard ZSTD_isError(result) == 0 else {
                throw FormatError(description: "corrupt compressed data: \(String(cString: ZSTD_getErrorName(result)))")
            }
            if from.pos + to.pos > done { isBetweenMembers = result == 0 }
        } while from.pos < from.size && to.pos < to.size
        return (from.pos, to.pos)
    }
}
