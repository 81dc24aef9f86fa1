/// Finds what is not to be told on in a text, from front to back, in one pass: each byte is looked at a few times at most,
/// and whatever is looked for around a place has a bounded length.
struct SensitiveScanner {
    let text: UnsafeBufferPointer<UInt8>
    private var at = 0
    /// Behind the last piece: nothing before it is part of another.
    private(set) var floor = 0
    /// Up to where a long value that is no secret goes: no end of it is one.
    var barren = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    mutating func next() -> SensitivePiece? {
        while at < text.count {
            if isEscape(at) { at += 1 }
            let start = at
            let found: SensitivePiece?
            if Self.isWord(text[at]) {
                at += 1
                while at < text.count, Self.isWord(text[at]) { at += 1 }
                found = piece(ofWord: start..<at)
            } else {
                at += 1
                found = piece(ofSign: start)
            }
            if let found {
                at = found.range.upperBound
                floor = at
                return found
            }
        }
        return nil
    }

    private mutating func piece(ofWord word: Range<Int>) -> SensitivePiece? {
        if Self.isDigit(text[word.lowerBound]) { return number(word) }
        return key(word) ?? secret(after: word)
    }

    private func piece(ofSign place: Int) -> SensitivePiece? {
        switch text[place] {
        case UInt8(ascii: "@"): mail(around: place)
        case UInt8(ascii: ":"): longAddress(around: place)
        case UInt8(ascii: "+"): internationalPhone(at: place)
        case UInt8(ascii: "("): bracketedPhone(at: place)
        case UInt8(ascii: "-"): privateKey(at: place)
        default: nil
        }
    }

    /// The letter of an escape as `\n` in JSON or code within the text, with a word behind it that it is no part of.
    func isEscape(_ place: Int) -> Bool {
        guard place > 0, text[place - 1] == UInt8(ascii: "\\"), Self.isWord(byte(place + 1)) else { return false }
        return [UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t")].contains(text[place])
    }

    // MARK: Bytes

    /// The byte at a place; zero outside of the text.
    @inline(__always)
    func byte(_ place: Int) -> UInt8 { place >= 0 && place < text.count ? text[place] : 0 }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

    /// A letter, a digit or `_`: asked of every byte, so a bit of two words answers.
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 64 ? 0x03FF_0000_0000_0000 : 0x07FF_FFFE_87FF_FFFE
        return byte < 128 && bits &>> UInt64(byte) & 1 != 0
    }

    @inline(__always)
    static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 97 < 6 }

    /// What keys and tokens are made of.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool { isWord(byte) || byte == UInt8(ascii: "-") }

    /// How many digits stand from a place on, counted up to `limit`.
    func digits(from place: Int, upTo limit: Int = 20) -> Int {
        var count = 0
        while count < limit, Self.isDigit(byte(place + count)) { count += 1 }
        return count
    }

    func isText(_ word: StaticString, at place: Int) -> Bool {
        guard place >= 0, place + word.utf8CodeUnitCount <= text.count else { return false }
        for index in 0..<word.utf8CodeUnitCount where text[place + index] != word.utf8Start[index] { return false }
        return true
    }

    /// The same, whatever the case of the text; `word` is in lower case.
    func isText(ofAnyCase word: StaticString, at place: Int) -> Bool {
        guard place >= 0, place + word.utf8CodeUnitCount <= text.count else { return false }
        for index in 0..<word.utf8CodeUnitCount {
            let byte = text[place + index]
            guard (Self.isLetter(byte) ? byte | 0x20 : byte) == word.utf8Start[index] else { return false }
        }
        return true
    }
}
