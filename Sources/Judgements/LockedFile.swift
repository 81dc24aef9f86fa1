import Glibc
import TraceStore

/// A file that nobody else who keeps to locks changes meanwhile.
struct LockedFile: ~Copyable {
    let path: String
    let descriptor: Int32
    /// Behind all links: what is replaced is the file, not a link to it.
    private let target: String
    private let isNew: Bool

    /// Waits for the lock. What is locked is the file that has the name once the lock is there. With `isMade` the file is
    /// made where there is none.
    init(_ path: String, isMade: Bool = false) throws(StoreError) {
        self.path = path
        while true {
            let flags = isMade ? O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC : O_RDONLY | O_CLOEXEC
            let opened = open(path, flags, S_IRUSR | S_IWUSR | S_IRGRP | S_IROTH)
            guard opened >= 0 else { throw StoreError("\(path) cannot be opened: \(String(cString: strerror(errno)))") }
            while flock(opened, LOCK_EX) != 0, errno == EINTR {}
            var own = stat()
            var named = stat()
            if fstat(opened, &own) == 0, stat(path, &named) == 0, own.st_ino == named.st_ino, own.st_dev == named.st_dev
            {
                descriptor = opened
                target = Self.resolved(path)
                isNew = own.st_size == 0
                return
            }
            close(opened)
        }
    }

    deinit { close(descriptor) }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// What stands in it from an offset on, and how it stood then.
    borrowing func contents(from offset: UInt64 = 0) throws(StoreError) -> (bytes: [UInt8], info: stat) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw failure("read") }
        guard info.st_mode & S_IFMT == S_IFREG else { throw StoreError("\(path) is not a file") }
        var bytes = [UInt8](repeating: 0, count: max(0, Int(info.st_size) - Int(offset)))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress! + done, $0.count - done, off_t(offset) + off_t(done))
            }
            if count > 0 { done += count } else if count == 0 { break } else if errno != EINTR { throw failure("read") }
        }
        bytes.removeLast(bytes.count - done)
        return (bytes, info)
    }

    /// Adds lines to the end, and with `isSynced` returns once the disk has them. A line that an earlier writer did not
    /// finish is ended first; what cannot be written whole is taken away again.
    borrowing func append(_ lines: [UInt8], isSynced: Bool = true) throws(StoreError) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw failure("written") }
        var last: UInt8 = 10
        if info.st_size > 0 { _ = pread(descriptor, &last, 1, info.st_size - 1) }
        do throws(StoreError) {
            try write((last == 10 ? [] : [10]) + lines + [10], to: descriptor)
            guard !isSynced || fdatasync(descriptor) == 0 else { throw failure("written") }
        } catch {
            ftruncate(descriptor, info.st_size)
            throw error
        }
        if isNew, isSynced { syncFolder() }
    }

    /// Puts other bytes in the place of what was read: a reader sees the old or the new, never a half. Refused where the file
    /// is not as it was `read` any more.
    borrowing func replace(with bytes: [UInt8], read: stat) throws(StoreError) {
        guard read.st_mode & 0o222 != 0, access(target, W_OK) == 0 else {
            throw StoreError("\(path) is read-only")
        }
        // Hidden, so that nobody who reads the folder takes it for a file of its own. What one who was killed left there is
        // nobody's: who holds the lock is alone.
        let slash = target.lastIndex(of: "/").map { target.index(after: $0) } ?? target.startIndex
        let temporary = "\(target[..<slash]).\(target[slash...]).spandrel-new"
        unlink(temporary)
        let made = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR)
        guard made >= 0 else { throw failure("written beside") }
        do throws(StoreError) {
            defer { close(made) }
            try write(bytes, to: made)
            // In this order: a change of owner takes bits of the mode away.
            _ = fchown(made, read.st_uid, read.st_gid)
            fchmod(made, read.st_mode & 0o7777)
            guard fsync(made) == 0 else { throw failure("written") }
            guard isStill(read) else { throw StoreError("\(path) was changed by somebody else just now") }
            guard rename(temporary, target) == 0 else { throw failure("replaced") }
        } catch {
            unlink(temporary)
            throw error
        }
        syncFolder()
    }

    /// Not everybody keeps to locks.
    private borrowing func isStill(_ read: stat) -> Bool {
        var now = stat()
        return stat(target, &now) == 0 && now.st_ino == read.st_ino && now.st_dev == read.st_dev
            && now.st_size == read.st_size && now.st_mtim.tv_sec == read.st_mtim.tv_sec
            && now.st_mtim.tv_nsec == read.st_mtim.tv_nsec
    }

    /// So that the name itself survives a loss of power.
    private borrowing func syncFolder() {
        let folder = target.lastIndex(of: "/").map { String(target[..<$0]) } ?? "."
        let directory = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return }
        fsync(directory)
        close(directory)
    }

    private borrowing func write(_ bytes: [UInt8], to descriptor: Int32) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + done, $0.count - done) }
            if count > 0 { done += count } else if errno != EINTR { throw failure("written") }
        }
    }

    private borrowing func failure(_ done: String) -> StoreError {
        StoreError("\(path) cannot be \(done): \(String(cString: strerror(errno)))")
    }
}
