import Dispatch
import TraceFormats
package import TraceModel
package import TraceStore

extension FileStore {
    package func spans(of trace: TraceID) async throws(StoreError) -> SpanTable {
        let (indexes, number) = content.withLock { ($0.indexes, $0.catalog.number(of: trace)) }
        guard let number else { throw StoreError("no trace \(trace) has been read") }
        return SpanGathering(indexes, number).table(trace)
    }

    package func body(of span: SpanRef, limit: Int?) async throws(StoreError) -> SpanBody {
        let place = try place(of: span)
        if let limit, Int(place.range.length) > limit {
            throw StoreError("the span has \(place.range.length) bytes, which is too much to show in passing")
        }
        let bytes = try read(place.range, place.file)
        let resource = try read(place.context.resource, place.file)
        let scope = try read(place.context.scope, place.file)
        do {
            return try bytes.withUnsafeBytes { bytes in
                Result { () throws(FormatError) in
                    try SpanDecoder(place.file.format).span(bytes, resource: resource, scope: scope)
                }
            }.get()
        } catch {
            throw StoreError("\(place.file.found.name)@\(place.range.offset): \(error)")
        }
    }

    package func raw(of span: SpanRef, limit: Int) async throws(StoreError) -> RawSpan {
        let place = try place(of: span)
        var range = place.range
        range.length = min(range.length, UInt32(clamping: limit))
        return RawSpan(
            encoding: place.file.format.isJSON ? .json : .protobuf, file: place.file.found.name,
            offset: place.range.offset, length: Int(place.range.length), bytes: try read(range, place.file))
    }

    package func logs(of span: SpanID, in trace: TraceID) async throws(StoreError) -> [LogRecord] {
        let (indexes, files, number) = content.withLock { ($0.indexes, $0.files, $0.catalog.number(of: trace)) }
        guard let number else { return [] }
        var records: [LogRecord] = []
        for index in indexes {
            for position in 0..<index.logs.count {
                let row = index.logs[position]
                guard row.trace == number, row.spanID == span.value else { continue }
                let file = files[Int(index.contexts[Int(row.context)].file)]
                let bytes = try read(row.place, file)
                do {
                    let record = try bytes.withUnsafeBytes { bytes in
                        Result { () throws(FormatError) in try SpanDecoder(file.format).log(bytes) }
                    }.get()
                    records.append(record)
                } catch {
                    throw StoreError("\(file.found.name)@\(row.offset): \(error)")
                }
            }
        }
        return records.sorted { $0.time < $1.time }
    }

    /// Where a span stands: its bytes, its file, and the resource and scope it shares.
    private func place(of span: SpanRef) throws(StoreError) -> (range: ByteRange, file: StoredFile, context: ContextRow)
    {
        let place = content.withLock { content -> (ByteRange, StoredFile, ContextRow)? in
            guard Int(span.unit) < content.indexes.count else { return nil }
            let index = content.indexes[Int(span.unit)]
            guard Int(span.row) < index.count else { return nil }
            let row = index[Int(span.row)]
            let context = index.contexts[Int(row.context)]
            return (row.place, content.files[Int(context.file)], context)
        }
        guard let place else { throw StoreError("the span is not in this store") }
        return place
    }

    private func read(_ range: ByteRange, _ file: StoredFile) throws(StoreError) -> [UInt8] {
        do {
            return try file.read(range)
        } catch {
            switch error {
            case .system(let error): throw StoreError("\(file.found.name) cannot be read: \(error)")
            case .changed: throw StoreError("\(file.found.name) has changed since it was read; open it again")
            }
        }
    }
}
