/// A piece of a text that is not to be told on.
struct SensitivePiece: Equatable {
    var range: Range<Int>
    var kind: SensitiveKind
}
