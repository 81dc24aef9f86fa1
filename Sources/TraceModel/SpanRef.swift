/// Where a store keeps a span. Means something only to the store that gave it, for as long as that store is open.
package struct SpanRef: Hashable, Sendable {
    package var unit: UInt32
    package var row: UInt32

    package init(unit: UInt32, row: UInt32) {
        self.unit = unit
        self.row = row
    }
}
