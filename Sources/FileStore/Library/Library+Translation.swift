import Glibc
import Synchronization
import TraceFormats

extension Library {
    /// What a translator may know of a file.
    func source(of found: FoundFile, _ identity: FileIdentity) -> TranslationSource {
        guard found.kind == .regular else { return TranslationSource(path: "") }
        let path = found.openPath
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        return TranslationSource(path: path, modified: identity.modified, folder: self.folder(folder))
    }

    /// A record of another system's file; nothing of a file that is not translated.
    func record(
        _ bytes: UnsafeRawBufferPointer, at place: ByteRange, of entry: FileEntry, reading lines: JSONLines
    ) -> TranslatedRecord? {
        guard let format = entry.format else { return nil }
        return TranslatedRecord(
            bytes, at: place.offset, of: format, source(of: entry.found, entry.identity), reading: lines)
    }

    private func folder(_ path: String) -> TranslationFolder {
        folders.withLock { folders in
            if let known = folders[path] { return known }
            let place = path.isEmpty ? "/" : path
            let folder = TranslationFolder({ Self.names(in: place) }) { name, count in
                (try? OpenFile.open("\(place)/\(name)").read(count, at: 0)) ?? []
            }
            folders[path] = folder
            return folder
        }
    }

    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                })
        }
        return names
    }
}
