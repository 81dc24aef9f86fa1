extension SensitiveScanner {
    // MARK: Keys that are known by how they begin

    /// What keys begin with, and how many bytes follow at least.
    private static let prefixes: [(text: StaticString, rest: Int)] = [
        ("sk-", 16), ("sk_live_", 16), ("sk_test_", 16), ("pk-lf-", 16), ("pk_live_", 16), ("rk_live_", 16),
        ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 30), ("glpat-", 15),
        ("gsk_", 20), ("xoxb-", 10), ("xoxa-", 10), ("xoxp-", 10), ("xoxr-", 10), ("xoxs-", 10), ("hf_", 20),
        ("npm_", 30), ("pypi-", 30), ("lsv2_", 20), ("AIza", 30), ("tvly-", 16), ("dop_v1_", 30), ("ya29.", 20),
    ]

    func key(_ word: Range<Int>) -> SensitivePiece? {
        let start = word.lowerBound
        let next = byte(word.upperBound)
        switch text[start] {
        case UInt8(ascii: "e"):
            return next == UInt8(ascii: ".") || next == UInt8(ascii: "-") ? webToken(at: start) : nil
        case UInt8(ascii: "B"), UInt8(ascii: "b"): return bearer(word)
        default: break
        }
        // Few words are as long as a key, or have a dash or a point behind them.
        let isLong = word.count >= 19 || next == UInt8(ascii: "-") || next == UInt8(ascii: ".") && word.count == 4
        guard isLong, byte(start - 1) != UInt8(ascii: "-") else { return nil }
        if let found = amazonKey(word) { return found }
        for prefix in Self.prefixes where isText(prefix.text, at: start) {
            let from = start + prefix.text.utf8CodeUnitCount
            let end = self.end(ofToken: from)
            // A key has digits; a long name with dashes has none.
            guard end - from >= prefix.rest, (from..<end).contains(where: { Self.isDigit(text[$0]) }) else {
                return nil
            }
            return SensitivePiece(range: start..<end, kind: .key)
        }
        return nil
    }

    private func end(ofToken start: Int) -> Int {
        var end = start
        while Self.isToken(byte(end)) { end += 1 }
        while end > start, text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return end
    }

    /// `AKIA` or `ASIA` and 16 capitals and digits.
    private func amazonKey(_ word: Range<Int>) -> SensitivePiece? {
        guard word.count == 20, isText("AKIA", at: word.lowerBound) || isText("ASIA", at: word.lowerBound),
            word.allSatisfy({ Self.isDigit(text[$0]) || text[$0] < 0x5B })
        else { return nil }
        return SensitivePiece(range: word, kind: .key)
    }

    /// A JWT: two objects and a signature, in base64 with points between.
    private func webToken(at start: Int) -> SensitivePiece? {
        guard isText("eyJ", at: start), byte(start - 1) != UInt8(ascii: "-") else { return nil }
        let header = end(ofToken: start)
        guard byte(header) == UInt8(ascii: "."), isText("eyJ", at: header + 1) else { return nil }
        var end = end(ofToken: header + 1)
        if byte(end) == UInt8(ascii: ".") { end = max(end, self.end(ofToken: end + 1)) }
        return SensitivePiece(range: start..<end, kind: .key)
    }

    /// What follows `Bearer` or `Basic`.
    private func bearer(_ word: Range<Int>) -> SensitivePiece? {
        guard
            word.count == 6 && isText(ofAnyCase: "bearer", at: word.lowerBound)
                || word.count == 5 && isText(ofAnyCase: "basic", at: word.lowerBound), byte(word.upperBound) == 0x20
        else { return nil }
        let value = value(from: word.upperBound + 1)
        guard value.count >= 16, value.contains(where: { Self.isDigit(text[$0]) }) else { return nil }
        return SensitivePiece(range: value, kind: .key)
    }

    /// A block of PEM with a private key, to its end or the text's.
    func privateKey(at place: Int) -> SensitivePiece? {
        guard isText("-----BEGIN ", at: place) else { return nil }
        var name = place + 11
        while byte(name) == 0x20 || Self.isLetter(byte(name)), name - place < 60 { name += 1 }
        guard isText("PRIVATE KEY-----", at: name - 11) else { return nil }
        var at = name + 5
        while at < text.count, !isText("-----END", at: at) { at += 1 }
        guard at < text.count else { return SensitivePiece(range: place..<text.count, kind: .key) }
        at += 8
        while at < text.count, byte(at) != UInt8(ascii: "-"), byte(at) != 10 { at += 1 }
        while byte(at) == UInt8(ascii: "-") { at += 1 }
        return SensitivePiece(range: place..<at, kind: .key)
    }

    // MARK: Secrets that are known by their names

    /// The value that follows a name as `api_key`, `token` or `password`, as code, JSON, headers and forms write it.
    mutating func secret(after word: Range<Int>) -> SensitivePiece? {
        guard
            let strength = Self.strength(
                of: UnsafeBufferPointer(rebasing: text[word]), before: byte(word.lowerBound - 1))
        else {
            return nil
        }
        var at = word.upperBound
        var hasSign = false
        while at - word.upperBound < 12 {
            switch byte(at) {
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\\"), 0x20, 9: break
            case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ">"): hasSign = true
            default:
                guard hasSign, at >= barren else { return nil }
                let value = value(from: at)
                guard isSecret(value, strength) else {
                    if value.count >= 16 { barren = value.upperBound }
                    return nil
                }
                return SensitivePiece(range: value, kind: .secret)
            }
            at += 1
        }
        return nil
    }

    /// Whether all of the text would be a secret where a name of `strength` stands before it.
    func isSecret(_ strength: SecretName) -> Bool { isSecret(0..<text.count, strength) }

    private func isSecret(_ value: Range<Int>, _ strength: SecretName) -> Bool {
        let hasDigit = value.contains { Self.isDigit(text[$0]) }
        let hasLetter = value.contains { Self.isLetter(text[$0]) }
        return switch strength {
        case .password: value.count >= 6 && hasDigit
        // Long numbers alone are counts and times.
        case .token: value.count >= 16 && hasDigit && hasLetter
        }
    }

    /// What a value without blanks and quotes is made of.
    private func value(from start: Int) -> Range<Int> {
        var end = start
        while end < text.count {
            switch text[end] {
            case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "\\"),
                UInt8(ascii: ","),
                UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"),
                UInt8(ascii: "}"), UInt8(ascii: "]"):
                return start..<end
            default: end += 1
            }
        }
        return start..<end
    }

    enum SecretName: Sendable {
        case password, token
    }

    /// Whether a word names a secret: by how it ends. `before` is the byte in front of it.
    static func strength(of word: UnsafeBufferPointer<UInt8>, before: UInt8) -> SecretName? {
        guard let last = word.last else { return nil }
        func ends(_ name: StaticString) -> Bool {
            let count = name.utf8CodeUnitCount
            guard word.count >= count else { return false }
            for index in 0..<count {
                let byte = word[word.count - count + index]
                guard (isLetter(byte) ? byte | 0x20 : byte) == name.utf8Start[index] else { return false }
            }
            return true
        }
        switch last | 0x20 {
        case UInt8(ascii: "d"):
            return ends("password") || ends("passwd") || ends("pwd") ? .password : nil
        case UInt8(ascii: "t"): return ends("secret") ? .password : nil
        case UInt8(ascii: "n"): return ends("token") ? .token : nil
        case UInt8(ascii: "y"):
            guard ends("key") else { return nil }
            // `key` alone names anything; `api-key` is two words.
            let isNamed = ["api", "access", "secret", "private"].contains { (name: StaticString) in
                isKey(word, of: name)
            }
            return isNamed || word.count == 3 && before == UInt8(ascii: "-") ? .token : nil
        default: return nil
        }
    }

    /// Whether a word is `name`, perhaps `_`, and `key`.
    private static func isKey(_ word: UnsafeBufferPointer<UInt8>, of name: StaticString) -> Bool {
        var end = word.count - 3
        if end > 0, word[end - 1] == UInt8(ascii: "_") { end -= 1 }
        let start = end - name.utf8CodeUnitCount
        guard start >= 0 else { return false }
        for index in 0..<name.utf8CodeUnitCount {
            let byte = word[start + index]
            guard (isLetter(byte) ? byte | 0x20 : byte) == name.utf8Start[index] else { return false }
        }
        return true
    }
}
