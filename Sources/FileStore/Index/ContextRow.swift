import TraceFormats

/// The resource and scope that spans share, where they stand, and in which file.
struct ContextRow: Sendable {
    var resourceOffset: UInt64
    var scopeOffset: UInt64
    var resourceLength: UInt32
    var scopeLength: UInt32
    /// A string of the index.
    var service: UInt32
    /// The store's number of the file.
    var file: UInt32
    /// 1 where the places of the spans are those of records that they are made of again. As wide as it is so that rows
    /// have no gaps.
    private var ofRecords: UInt64

    init(_ context: SpanContext, service: UInt32, file: UInt32) {
        resourceOffset = context.resource.offset
        resourceLength = context.resource.length
        scopeOffset = context.scope.offset
        scopeLength = context.scope.length
        self.service = service
        self.file = file
        ofRecords = context.isOfRecords ? 1 : 0
    }

    var isOfRecords: Bool { ofRecords != 0 }

    /// Whether the places of its spans are in the same bytes as those of another's.
    func hasContent(of other: ContextRow) -> Bool { file == other.file && ofRecords == other.ofRecords }

    var resource: ByteRange { ByteRange(offset: resourceOffset, length: resourceLength) }
    var scope: ByteRange { ByteRange(offset: scopeOffset, length: scopeLength) }
}
