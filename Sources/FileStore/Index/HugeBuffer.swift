import Glibc

/// Anonymous memory of any size, in huge pages where the system has them: a gigabyte is then 500 page faults.
final class HugeBuffer: @unchecked Sendable {
    // Sendable: filled by threads that write disjoint parts, and only read once they are done.

    let base: UnsafeMutableRawPointer
    let count: Int

    /// Nothing where the system has no memory left.
    init?(count: Int) {
        let length = max(count, 1)
        guard
            let memory = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        else { return nil }
        madvise(memory, length, 14)  // MADV_HUGEPAGE, which the C module hides.
        base = memory
        self.count = count
    }

    deinit {
        munmap(base, max(count, 1))
    }
}
