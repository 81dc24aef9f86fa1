import Glibc
import Synchronization
package import TraceFormats
package import TraceModel

/// The file that a span was read from.
package struct FileOrigin: Sendable, Hashable {
    package var path: String
    package var format: TraceFormat
    /// Packed as gzip or zstd: what was read of it is not what stands in it.
    package var isPacked = false
}

extension FileStore {
    /// What stands behind a file's name in that of the file of judgements beside it.
    package static let sidecarSuffix = ".rewards.jsonl"

    /// Nothing of what came through standard input.
    package func origin(of span: SpanRef) -> FileOrigin? {
        guard let (_, entry) = entry(of: span), entry.found.kind == .regular, let format = entry.format else {
            return nil
        }
        return FileOrigin(path: entry.found.openPath, format: format, isPacked: entry.compression != .none)
    }

    /// A span as it was read, whatever has become of its file.
    package func indexed(_ span: SpanRef) -> IndexedSpan? {
        library.contents.withLock { contents in
            let unit = Int(span.unit)
            guard unit < contents.indexes.count, Int(span.row) < contents.indexes[unit].count else { return nil }
            let row = contents.indexes[unit][Int(span.row)]
            let table = contents.catalog.table
            guard table.ids.indices.contains(Int(row.trace)) else { return nil }
            return IndexedSpan(
                trace: table.ids[Int(row.trace)], traceName: table.strings[table.names[Int(row.trace)]],
                span: SpanID(row.spanID), parent: SpanID(row.parentID),
                reward: contents.indexes[unit].reward(of: span.row))
        }
    }

    /// Keeps a span's file as it was read, or what was made of it, for as long as the store is open: the file is about to
    /// be replaced.
    package func hold(_ span: SpanRef) {
        guard let (number, entry) = entry(of: span), let format = entry.format, !format.isOTLP else { return }
        let isMade = format.records == .kept
        let held =
            isMade
            ? try? library.shelf.content(of: number, entry, library)
            : try? library.shelf.original(of: number, entry)
        if let held { library.shelf.put(held, for: number, isTranslation: isMade, isOnlyCopy: true) }
    }

    /// Whether a span's file is still as it was read.
    package func isCurrent(_ span: SpanRef) -> Bool {
        guard let (_, entry) = entry(of: span) else { return false }
        return (try? SourceAccess.open(entry)) != nil
    }

    /// Takes a span's file for the one that was read, though it has been written to.
    package func adopt(_ span: SpanRef) {
        guard let (number, entry) = entry(of: span), let file = try? OpenFile.open(entry.found.openPath),
            let status = try? file.status()
        else { return }
        library.contents.withLock { $0.files[Int(number)].identity = FileIdentity(status) }
    }

    private func entry(of span: SpanRef) -> (number: UInt32, entry: FileEntry)? {
        library.contents.withLock { contents in
            let unit = Int(span.unit)
            guard unit < contents.indexes.count, Int(span.row) < contents.indexes[unit].count else { return nil }
            let index = contents.indexes[unit]
            let number = index.contexts[Int(index[Int(span.row)].context)].file
            return (number, contents.files[Int(number)])
        }
    }

    /// Files of judgements beside those that were read, or met among them.
    package var sidecars: [String] {
        let found = library.contents.withLock { $0.files.map(\.found) }
        var paths: Set<String> = []
        for file in found where file.kind == .regular {
            if file.path.hasSuffix(Self.sidecarSuffix) {
                paths.insert(file.openPath)
            } else if access(file.openPath + Self.sidecarSuffix, F_OK) == 0 {
                paths.insert(file.openPath + Self.sidecarSuffix)
            }
        }
        return paths.sorted()
    }
}
