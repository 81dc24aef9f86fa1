/// Something that somebody asked to be left out besides: a text wherever it stands, or with `*` (any bytes) and `?` (one)
/// a whole word, which is what stands between blanks, quotes and brackets.
struct ExtraPattern: Sendable {
    private let bytes: [UInt8]
    private let isGlob: Bool

    /// Nothing of an empty text, or of one that every word would match.
    init?(_ text: String) {
        bytes = Array(text.utf8)
        isGlob = bytes.contains(UInt8(ascii: "*")) || bytes.contains(UInt8(ascii: "?"))
        guard bytes.contains(where: { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }) else { return nil }
    }

    /// Where it stands in a text, from front to back.
    func pieces(in text: UnsafeBufferPointer<UInt8>) -> [SensitivePiece] {
        isGlob ? words(in: text) : places(in: text)
    }

    private func places(in text: UnsafeBufferPointer<UInt8>) -> [SensitivePiece] {
        var pieces: [SensitivePiece] = []
        var at = 0
        while at + bytes.count <= text.count {
            if text[at] == bytes[0], text[at..<at + bytes.count].elementsEqual(bytes) {
                pieces.append(SensitivePiece(range: at..<at + bytes.count, kind: .redacted))
                at += bytes.count
            } else {
                at += 1
            }
        }
        return pieces
    }

    private func words(in text: UnsafeBufferPointer<UInt8>) -> [SensitivePiece] {
        var pieces: [SensitivePiece] = []
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, !Self.isEdge(text[end]) { end += 1 }
            var last = end
            // A sentence's own signs are no part of its last word.
            while last > start, Self.isMark(text[last - 1]) { last -= 1 }
            if last > start, isMatch(UnsafeBufferPointer(rebasing: text[start..<last])) {
                pieces.append(SensitivePiece(range: start..<last, kind: .redacted))
            }
            start = end + 1
        }
        return pieces
    }

    /// Goes back to the last star where the rest does not fit.
    private func isMatch(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        var at = 0
        var star: (place: Int, at: Int)?
        while at < word.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place, at)
                place += 1
            } else if place < bytes.count, bytes[place] == UInt8(ascii: "?") || bytes[place] == word[at] {
                place += 1
                at += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                place = last.place + 1
                at = last.at + 1
            } else {
                return false
            }
        }
        return bytes[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    private static func isEdge(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "<"),
            UInt8(ascii: ">"):
            true
        default: false
        }
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"): true
        default: false
        }
    }
}
