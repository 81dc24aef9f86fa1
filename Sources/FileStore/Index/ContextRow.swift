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

    init(_ context: SpanContext, service: UInt32, file: UInt32) {
        resourceOffset = context.resource.offset
        resourceLength = context.resource.length
        scopeOffset = context.scope.offset
        scopeLength = context.scope.length
        self.service = service
        self.file = file
    }

    var resource: ByteRange { ByteRange(offset: resourceOffset, length: resourceLength) }
    var scope: ByteRange { ByteRange(offset: scopeOffset, length: scopeLength) }
}
