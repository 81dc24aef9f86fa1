import Synchronization
import TraceFormats
import TraceModel
import TraceStore

/// Reads single spans and logs from their files.
struct SpanReader {
    private let library: Library

    init(_ library: Library) {
        self.library = library
    }

    /// Where a span stands, and what it must say to be the one that was indexed.
    private struct Location {
        var entry: FileEntry
        var context: ContextRow
        var row: SpanRow
        var name: String
        var trace: TraceID
    }

    /// Of a span in pieces, all of them put together.
    func body(of ref: SpanRef, limit: Int?, isOneOfMany: Bool = false) throws(StoreError) -> SpanBody {
        let location = try locate(ref)
        guard location.row.traits.isPiece else { return try body(at: location, limit: limit) }
        var whole: SpanBody?
        let pieces = library.pieces.refs(
            of: SpanID(location.row.spanID), in: location.trace, library, isOneOfMany: isOneOfMany)
        for piece in pieces {
            let body = try self.body(at: locate(piece), limit: limit)
            whole?.add(body)
            whole = whole ?? body
        }
        if let whole { return whole }
        throw StoreError("there is no such span in what was read")
    }

    private func body(at location: Location, limit: Int?) throws(StoreError) -> SpanBody {
        if let limit, Int(location.row.place.length) > limit {
            throw StoreError(
                "\(location.entry.found.name): this span has \(location.row.place.length) bytes, more than the \(limit) "
                    + "that are read without being asked to")
        }
        guard !location.context.isOfRecords else {
            let record = try library.records.record(
                at: location.row.place, of: location.context.file, location.entry, library)
            let row = location.row
            let body = record.body(
                of: SpanID(row.spanID), in: location.trace, parent: SpanID(row.parentID), name: location.name,
                start: row.start, end: row.end)
            guard let body else { throw SourceAccess.changed(location.entry) }
            return body
        }
        let content = try content(of: location.context, location.entry)
        let bytes = try Self.read(location.row.place, content, location.entry)
        let resource = try Self.read(location.context.resource, content, location.entry)
        let scope = try Self.read(location.context.scope, content, location.entry)
        let body: SpanBody
        do {
            let decoder = SpanDecoder(location.entry.format ?? .otlpJSON)
            body = try bytes.withUnsafeBytes { bytes in
                Result { () throws(FormatError) in try decoder.span(bytes, resource: resource, scope: scope) }
            }.get()
        } catch {
            throw StoreError("\(location.entry.found.name)@\(location.row.place.offset): \(error)")
        }
        guard body.spanID.value == location.row.spanID, body.traceID == location.trace else {
            throw SourceAccess.changed(location.entry)
        }
        return body
    }

    func raw(of ref: SpanRef, limit: Int) throws(StoreError) -> RawSpan {
        let location = try locate(ref)
        if location.entry.format?.isOTLP == false { return try records(of: location, limit: limit) }
        var place = location.row.place
        place.length = UInt32(clamping: min(Int(place.length), max(limit, 0)))
        let bytes = try Self.read(place, try content(of: location.context, location.entry), location.entry)
        return RawSpan(
            encoding: location.entry.format?.isJSON != false ? .json : .protobuf, file: location.entry.found.name,
            offset: place.offset, length: Int(location.row.place.length), bytes: bytes)
    }

    /// The records of the file that a translated span was made of.
    private func records(of location: Location, limit: Int) throws(StoreError) -> RawSpan {
        let origins: [ByteRange]
        if location.context.isOfRecords {
            let record = try library.records.record(
                at: location.row.place, of: location.context.file, location.entry, library)
            origins = record.origins(of: location.row.spanID)
        } else {
            let kept = try Self.read(
                location.row.place, try content(of: location.context, location.entry), location.entry)
            origins = kept.withUnsafeBytes { SpanDecoder.origins(ofTranslated: $0) }
        }
        let original = try library.shelf.original(of: location.context.file, location.entry)
        var bytes: [UInt8] = []
        for var origin in origins where bytes.count < limit {
            if !bytes.isEmpty { bytes.append(10) }
            origin.length = UInt32(clamping: min(Int(origin.length), limit - bytes.count))
            bytes += try Self.read(origin, original, location.entry)
        }
        return RawSpan(
            encoding: .json, file: location.entry.found.name, offset: origins.first?.offset ?? 0,
            length: origins.reduce(0) { $0 + Int($1.length) }, bytes: bytes)
    }

    /// In the order of their times; one without a time stands behind the one before it in the file.
    func logs(of span: SpanID, in trace: TraceID) throws(StoreError) -> [LogRecord] {
        let (indexes, files, number) = library.contents.withLock {
            ($0.indexes, $0.files, $0.catalog.number(of: trace))
        }
        guard let number else { return [] }
        var records: [(time: Int64, log: LogRecord)] = []
        for index in indexes {
            var told: Set<ByteRange> = []
            try index.logs.forEach(of: number) { row throws(StoreError) in
                guard row.spanID == span.value else { return }
                let context = index.contexts[Int(row.context)]
                // A record tells all that it has at once.
                if context.isOfRecords, !told.insert(row.place).inserted { return }
                for log in try logs(of: span, in: trace, row, context, files[Int(context.file)]) {
                    records.append((log.time == 0 ? records.last?.time ?? 0 : log.time, log))
                }
            }
        }
        return records.sorted { $0.time < $1.time }.map(\.log)
    }

    private func logs(
        of span: SpanID, in trace: TraceID, _ row: LogRow, _ context: ContextRow, _ entry: FileEntry
    ) throws(StoreError) -> [LogRecord] {
        if context.isOfRecords {
            return try library.records.record(at: row.place, of: context.file, entry, library)
                .logs(of: span, in: trace, at: row.time)
        }
        let bytes = try Self.read(row.place, try content(of: context, entry), entry)
        do {
            let decoder = SpanDecoder(entry.format ?? .otlpJSON)
            let record = bytes.withUnsafeBytes { bytes in
                Result { () throws(FormatError) in try decoder.log(bytes) }
            }
            return [try record.get()]
        } catch {
            throw StoreError("\(entry.found.name)@\(row.offset): \(error)")
        }
    }

    /// What the places of a context are in: the file as its writer meant it, or what was made of it.
    func content(of context: ContextRow, _ entry: FileEntry) throws(StoreError) -> OpenFile {
        if context.isOfRecords { return try library.shelf.original(of: context.file, entry) }
        return try library.shelf.content(of: context.file, entry, library)
    }

    private func locate(_ ref: SpanRef) throws(StoreError) -> Location {
        let location: Location? = library.contents.withLock { contents in
            let unit = Int(ref.unit)
            guard unit < contents.indexes.count, Int(ref.row) < contents.indexes[unit].count else { return nil }
            let row = contents.indexes[unit][Int(ref.row)]
            let context = contents.indexes[unit].contexts[Int(row.context)]
            return Location(
                entry: contents.files[Int(context.file)], context: context, row: row,
                name: contents.indexes[unit].strings[row.name], trace: contents.catalog.table.ids[Int(row.trace)])
        }
        guard let location else { throw StoreError("there is no such span in what was read") }
        return location
    }

    static func read(_ place: ByteRange, _ file: OpenFile, _ entry: FileEntry) throws(StoreError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try file.read(Int(place.length), at: place.offset)
        } catch {
            throw StoreError("\(entry.found.name) cannot be read: \(error)")
        }
        guard bytes.count == Int(place.length) else { throw SourceAccess.changed(entry) }
        return bytes
    }
}
