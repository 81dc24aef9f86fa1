extension Int64 {
    /// The sum, or the greatest number where a nonsensical time would pass it.
    @inline(__always)
    func addingCapped(_ other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}
