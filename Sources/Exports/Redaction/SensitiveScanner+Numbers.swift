extension SensitiveScanner {
    /// A number that begins a word: an address of a machine, a card, a telephone.
    func number(_ word: Range<Int>) -> SensitivePiece? {
        let start = word.lowerBound
        let before = byte(start - 1)
        guard before != UInt8(ascii: "."), before != UInt8(ascii: "-"), before < 0x80 else { return nil }
        let length = digits(from: start)
        guard length == word.count else { return nil }
        if length >= 13 { return card(at: start, end: word.upperBound, digits: length) }
        guard Self.isDigit(byte(word.upperBound + 1)) else { return nil }
        switch byte(word.upperBound) {
        case UInt8(ascii: "."): return shortAddress(at: start) ?? americanPhone(at: start)
        case UInt8(ascii: " "), UInt8(ascii: "-"):
            return groupedCard(at: start) ?? americanPhone(at: start) ?? localPhone(at: start)
        case UInt8(ascii: "/"): return localPhone(at: start)
        default: return nil
        }
    }

    // MARK: Cards

    private func card(at start: Int, end: Int, digits: Int) -> SensitivePiece? {
        guard digits <= 19, isEnd(end), isIssued(at: start, digits), isLuhn(start..<end) else { return nil }
        return SensitivePiece(range: start..<end, kind: .card)
    }

    /// `4111 1111 1111 1111`, `3782-822463-10005`: groups of four, or four, six and the rest. A date may follow.
    private func groupedCard(at start: Int) -> SensitivePiece? {
        guard digits(from: start) == 4 else { return nil }
        let separator = byte(start + 4)
        var at = start + 4
        var total = 4
        var end: Int?
        while byte(at) == separator {
            let length = digits(from: at + 1, upTo: 7)
            guard (3...6).contains(length), total + length <= 19 else { break }
            total += length
            at += 1 + length
            if total >= 13, isEnd(at), isIssued(at: start, total), isLuhn(start..<at) { end = at }
        }
        return end.map { SensitivePiece(range: start..<$0, kind: .card) }
    }

    /// Whether cards of some issuer begin so and are this long: numbers of other kinds seldom are.
    private func isIssued(at start: Int, _ digits: Int) -> Bool {
        let two = Int(text[start] - 48) * 10 + Int(text[start + 1] - 48)
        let four = two * 100 + Int(text[start + 2] - 48) * 10 + Int(text[start + 3] - 48)
        return switch (two, four) {
        case (40...49, _): digits == 13 || digits == 16 || digits == 19
        case (51...55, _), (_, 2221...2720), (_, 6011), (_, 6440...6499), (65, _), (35, _): digits == 16
        case (34, _), (37, _): digits == 15
        case (30, _), (36, _), (38, _): digits == 14
        case (62, _), (50, _), (56...58, _): digits >= 16
        default: false
        }
    }

    /// The check digit that every card has.
    private func isLuhn(_ range: Range<Int>) -> Bool {
        var sum = 0
        var isSecond = false
        for place in range.reversed() where Self.isDigit(text[place]) {
            var digit = Int(text[place] - 48)
            if isSecond {
                digit *= 2
                if digit > 9 { digit -= 9 }
            }
            sum += digit
            isSecond.toggle()
        }
        return sum % 10 == 0
    }

    // MARK: Telephones

    /// `+49 170 1234567`, `+1 (555) 123-4567`, `+15551234567`: as many groups as a number may have.
    func internationalPhone(at plus: Int) -> SensitivePiece? {
        guard !Self.isWord(byte(plus - 1)), byte(plus - 1) != UInt8(ascii: "+"),
            (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte(plus + 1))
        else { return nil }
        var at = plus + 1
        var end = at
        var count = 0
        var groups = 0
        while count < 15 {
            let length = digits(from: at, upTo: 16)
            guard length > 0, count + length <= 15, !Self.isWord(byte(at + length)) else { break }
            count += length
            groups += 1
            end = at + length
            at = end
            while Self.isSeparator(byte(at)), at - end < 2 { at += 1 }
            guard at > end else { break }
        }
        guard count >= (groups > 1 ? 8 : 10) else { return nil }
        return SensitivePiece(range: plus..<end, kind: .phone)
    }

    /// `(555) 123-4567`
    func bracketedPhone(at bracket: Int) -> SensitivePiece? {
        guard digits(from: bracket + 1) == 3, byte(bracket + 4) == UInt8(ascii: ")"), !Self.isWord(byte(bracket - 1))
        else {
            return nil
        }
        let middle = bracket + (byte(bracket + 5) == UInt8(ascii: " ") ? 6 : 5)
        guard digits(from: middle) == 3, byte(middle + 3) == UInt8(ascii: "-") || byte(middle + 3) == UInt8(ascii: " "),
            digits(from: middle + 4) == 4, isEnd(middle + 8)
        else { return nil }
        return SensitivePiece(range: bracket..<middle + 8, kind: .phone)
    }

    /// `555-234-5678`, `555.234.5678`, `1-800-555-0100`: three, three and four, neither of the first two from 0 or 1 on.
    private func americanPhone(at start: Int) -> SensitivePiece? {
        let hasCountry = byte(start) == UInt8(ascii: "1") && digits(from: start) == 1
        let area = start + (hasCountry ? 2 : 0)
        let separator = byte(area + 3)
        guard Self.isSeparator(separator), !hasCountry || byte(start + 1) == separator, digits(from: area) == 3,
            digits(from: area + 4) == 3, byte(area + 7) == separator, digits(from: area + 8) == 4,
            byte(area) >= UInt8(ascii: "2"), byte(area + 4) >= UInt8(ascii: "2"), isEnd(area + 12, joinedBy: separator)
        else { return nil }
        return SensitivePiece(range: start..<area + 12, kind: .phone)
    }

    /// `0170 1234567`, `030/1234567`, `020 7946 0958`, `0049 170 1234567`: from 0 on, in groups.
    private func localPhone(at start: Int) -> SensitivePiece? {
        guard byte(start) == UInt8(ascii: "0"), (2...5).contains(digits(from: start)) else { return nil }
        let isAbroad = byte(start + 1) == UInt8(ascii: "0")
        guard byte(start + (isAbroad ? 2 : 1)) > UInt8(ascii: "0") else { return nil }
        var at = start + digits(from: start)
        var count = at - start
        var separator: UInt8 = 0
        var isPairs = count == 2
        for group in 0..<5 {
            let sign = byte(at)
            guard sign == UInt8(ascii: " ") || sign == UInt8(ascii: "-") || group == 0 && sign == UInt8(ascii: "/")
            else {
                break
            }
            guard separator == 0 || sign == separator else { break }
            let length = digits(from: at + 1, upTo: 10)
            guard length > 1 else { break }
            // The code of a town may stand apart by a sign of its own.
            if sign != UInt8(ascii: "/") { separator = sign }
            if length != 2 { isPairs = false }
            count += length
            at += 1 + length
        }
        // Pairs are French numbers, of which there are five, or a table.
        let isInside = byte(start - 1) == UInt8(ascii: " ") && Self.isDigit(byte(start - 2))
        guard !isPairs || count == 10 && !isInside else { return nil }
        // American postal codes: five and four.
        guard at - start != 10 || byte(start + 5) != UInt8(ascii: "-") else { return nil }
        guard count >= (isAbroad ? 11 : 9), count <= (isAbroad ? 16 : 12), isEnd(at, joinedBy: separator) else {
            return nil
        }
        return SensitivePiece(range: start..<at, kind: .phone)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "("),
            UInt8(ascii: ")"):
            true
        default: false
        }
    }

    /// Nothing behind that the number would go on with.
    private func isEnd(_ place: Int, joinedBy separator: UInt8 = 0) -> Bool {
        let next = byte(place)
        let isJoined = next == UInt8(ascii: "-") || next == UInt8(ascii: ".") || next == separator
        return !Self.isWord(next) && !(isJoined && Self.isDigit(byte(place + 1)))
    }
}
