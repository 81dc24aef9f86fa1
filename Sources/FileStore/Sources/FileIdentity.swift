import Glibc

/// What tells one file from another, and from itself at another time.
struct FileIdentity: Hashable, Sendable {
    var device: UInt64
    var inode: UInt64
    var size: UInt64
    /// Nanoseconds since the epoch.
    var modified: Int64

    init(_ info: stat) {
        device = UInt64(info.st_dev)
        inode = UInt64(info.st_ino)
        size = UInt64(max(info.st_size, 0))
        modified = Int64(info.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_mtim.tv_nsec)
    }

    /// The file itself, whatever has become of its content.
    struct Node: Hashable, Sendable {
        var device: UInt64
        var inode: UInt64
    }

    var node: Node { Node(device: device, inode: inode) }

    /// Whether what was read at `earlier` is still there: the file is the same, or only became longer.
    func keeps(_ earlier: FileIdentity) -> Bool {
        node == earlier.node && (size > earlier.size || (size == earlier.size && modified == earlier.modified))
    }
}
