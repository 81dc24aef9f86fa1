extension SensitiveScanner {
    // MARK: Mail

    func mail(around sign: Int) -> SensitivePiece? {
        var start = sign
        while start > floor, sign - start < 64 {
            if Self.isLocal(text[start - 1]) {
                start -= 1
            } else if start - 2 >= floor, text[start - 1] & 0xC0 == 0x80, (0xC3...0xC5).contains(text[start - 2]) {
                // Latin letters with accents are two bytes.
                start -= 2
            } else {
                break
            }
        }
        if isEscape(start) || start == sign - 1 && byte(start - 1) == UInt8(ascii: "\\") { start += 1 }
        while start < sign, !Self.isWord(text[start]), text[start] < 0x80 { start += 1 }
        guard start < sign, text[sign - 1] != UInt8(ascii: ".") else { return nil }

        var end = sign + 1
        var labels = 0
        var last = end
        while end - sign < 254 {
            var label = end
            while Self.isWord(byte(label)) || byte(label) == UInt8(ascii: "-"), label - end < 64 { label += 1 }
            guard label > end else { break }
            labels += 1
            last = end
            end = label
            guard byte(end) == UInt8(ascii: "."), Self.isWord(byte(end + 1)) else { break }
            end += 1
        }
        while end > last, byte(end - 1) == UInt8(ascii: "-") || byte(end - 1) == UInt8(ascii: "_") { end -= 1 }
        guard labels > 1, end - last >= 2, (last..<end).allSatisfy({ Self.isLetter(text[$0]) }) else { return nil }
        return SensitivePiece(range: start..<end, kind: .email)
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "%"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: isWord(byte)
        }
    }

    // MARK: Addresses of machines

    /// Four numbers up to 255 with points between; neither three nor five, which are versions.
    func shortAddress(at start: Int) -> SensitivePiece? {
        var at = start
        for part in 0..<4 {
            var value = 0
            let count = digits(from: at, upTo: 4)
            guard (1...3).contains(count) else { return nil }
            for _ in 0..<count {
                value = value * 10 + Int(text[at] - 48)
                at += 1
            }
            guard value <= 255 else { return nil }
            if part < 3 {
                guard byte(at) == UInt8(ascii: ".") else { return nil }
                at += 1
            }
        }
        let isLonger = byte(at) == UInt8(ascii: ".") && Self.isDigit(byte(at + 1))
        guard !Self.isWord(byte(at)), byte(at) != UInt8(ascii: "-"), !isLonger else { return nil }
        return SensitivePiece(range: start..<at, kind: .ip)
    }

    /// IPv6: eight groups, or fewer with one gap. Times, hardware addresses, `a::b` of programs and slices are none.
    func longAddress(around colon: Int) -> SensitivePiece? {
        var start = colon
        while start > floor, colon - start < 5, Self.isHex(text[start - 1]) { start -= 1 }
        guard (3...4).contains(colon - start), !Self.isWord(byte(start - 1)), byte(start - 1) != UInt8(ascii: ":"),
            byte(start - 1) != UInt8(ascii: ".")
        else { return nil }
        var groups = 0
        var hasGap = false
        var hasDigit = false
        var isWide = false
        var at = start
        while at - start <= 45 {
            var length = 0
            while Self.isHex(byte(at + length)), length < 5 {
                if Self.isDigit(text[at + length]) { hasDigit = true }
                length += 1
            }
            guard length < 5 else { return nil }
            if length > 0 { groups += 1 }
            if groups > 1, length > 2 { isWide = true }
            at += length
            guard byte(at) == UInt8(ascii: ":") else { break }
            if byte(at + 1) == UInt8(ascii: ":") {
                guard !hasGap else { return nil }
                hasGap = true
                at += 2
            } else if Self.isHex(byte(at + 1)) {
                at += 1
            } else {
                break
            }
        }
        guard hasDigit, !Self.isWord(byte(at)) else { return nil }
        // What programs write with two colons seldom begins as an address of the internet does.
        let first = text[start] | 0x20
        let isGlobal =
            first == UInt8(ascii: "2") | 0x20 || first == UInt8(ascii: "3") | 0x20 || first == UInt8(ascii: "f")
        let isAddress = hasGap ? groups < 8 && groups > 1 && isGlobal && colon - start == 4 : groups == 8 && isWide
        return isAddress ? SensitivePiece(range: start..<at, kind: .ip) : nil
    }
}
