import Glibc
import TraceModel

extension IndexCache {
    /// Keeps an index. Whatever stands in the way, a full disk or a folder that cannot be written, it is then not kept.
    func keep(_ index: KeptIndex, entry: FileEntry) {
        guard
            let place = place(of: entry.found.openPath),
            let source = try? OpenFile.open(entry.found.openPath),
            let info = try? source.status(), FileIdentity(info) == entry.identity,
            let mark = try? SourceMark(source, entry.identity, size: entry.identity.size),
            makeDirectory()
        else { return }
        let temporary = "\(place).new-\(getpid())-\(Clock.now)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { return }
        var writer = KeptIndexWriter(file: OpenFile(owning: descriptor))
        do {
            try writer.write(index, source: mark, prices: prices)
            guard rename(temporary, place) == 0 else { throw SystemError.last }
        } catch {
            unlink(temporary)
            return
        }
        prune()
    }
}
