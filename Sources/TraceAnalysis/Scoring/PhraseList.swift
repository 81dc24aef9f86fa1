/// Words and phrases that are looked for in texts: whole words, in any case, whatever stands between them.
struct PhraseList {
    private let phrases: [String]

    init(_ phrases: [String]) {
        self.phrases = Set(phrases.map(Self.plain)).filter { $0.count > 2 }.sorted()
    }

    /// How many of them a text has.
    func count(in text: String) -> Int {
        let plain = Self.plain(text)
        return phrases.count { plain.contains($0) }
    }

    /// Letters and digits in words with a blank around each; apostrophes are left out, so that either way to write them is
    /// the same.
    private static func plain(_ text: String) -> String {
        var plain = " "
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                plain.append(character)
            } else if character != "'", character != "’", plain.last != " " {
                plain.append(" ")
            }
        }
        return plain.last == " " ? plain : plain + " "
    }
}
