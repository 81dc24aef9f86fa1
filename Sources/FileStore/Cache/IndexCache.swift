import Glibc

/// The folder of indexes that were kept, each in a file named by the path of what it indexes.
///
/// Nothing in it is needed, and nothing in it is believed without its checksum: a file that does not hold what it should
/// is removed, and made again. So it need not be forced to the disk either.
struct IndexCache: Sendable {
    let directory: String
    /// Bytes of all kept indexes.
    let limit: UInt64
    /// What the prices come to that costs are worked out by.
    let prices: UInt64

    /// Where the index of a file is kept. Nothing where the path cannot be resolved.
    func place(of path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        let text = String(cString: resolved)
        return "\(directory)/\(hex(Checksum.of(text)))\(hex(Checksum.of(text, seed: 1))).index"
    }

    /// Makes the folder, for its owner alone. Whether it is there.
    func makeDirectory() -> Bool {
        var path = ""
        for part in directory.split(separator: "/", omittingEmptySubsequences: true) {
            path += "/" + part
            if mkdir(path, S_IRWXU) != 0, errno != EEXIST, errno != EROFS, errno != EACCES { return false }
        }
        return access(directory, W_OK | X_OK) == 0
    }

    /// Removes the indexes that were not used for the longest time until the rest is small enough, and what an
    /// interrupted writer left.
    func prune() {
        guard let folder = opendir(directory) else { return }
        defer { closedir(folder) }
        var kept: [(path: String, size: UInt64, used: Int)] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasSuffix(".index") || name.contains(".index.new-") else { continue }
            let path = "\(directory)/\(name)"
            var info = stat()
            guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { continue }
            if !name.hasSuffix(".index") {
                if info.st_mtim.tv_sec < time(nil) - 86_400 { unlink(path) }
                continue
            }
            kept.append((path, UInt64(max(info.st_size, 0)), info.st_mtim.tv_sec))
        }
        kept.sort { $0.used > $1.used }
        var total: UInt64 = 0
        for index in kept {
            total += index.size
            if total > limit { unlink(index.path) }
        }
    }

    private func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
