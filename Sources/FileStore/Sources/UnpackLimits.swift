/// How far a compressed file may swell before it is taken for a trap.
package struct UnpackLimits: Sendable {
    /// Up to so many bytes unpacked, any ratio will do.
    package var bytes: UInt64 = 1 << 30
    /// Bytes unpacked for each byte packed, past `bytes`.
    package var ratio: UInt64 = 500
    /// The share of the disk's free space that is used at most.
    package var shareOfFreeSpace = 0.5

    package init() {}
}
