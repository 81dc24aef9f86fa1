import Cells

extension Style {
    private static let words: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
        "strikethrough": .strikethrough,
    ]

    /// Reads `#7fb4ca on #23272f bold`. Throws the word that means nothing.
    init(parsing text: String) throws(UnknownWord) {
        self.init()
        var isBackground = false
        for word in text.split(separator: " ") {
            if word == "on" {
                isBackground = true
            } else if let attribute = Self.words[String(word)] {
                attributes.insert(attribute)
            } else if let color = Color(parsing: word) {
                if isBackground { background = color } else { foreground = color }
            } else {
                throw UnknownWord(word: String(word))
            }
        }
    }

    struct UnknownWord: Error {
        var word: String
    }
}

extension Color {
    private static let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

    /// Reads `#rrggbb`, `default`, one of the 16 names, or a number of the 256.
    init?(parsing word: Substring) {
        if word == "default" {
            self = .standard
        } else if let index = Self.names.firstIndex(of: String(word)) {
            self = .palette(UInt8(index))
        } else if word.hasPrefix("bright-"), let index = Self.names.firstIndex(of: String(word.dropFirst(7))) {
            self = .palette(UInt8(index + 8))
        } else if let index = UInt8(word) {
            self = .palette(index)
        } else if word.hasPrefix("#"), word.utf8.count == 7, let value = UInt32(word.dropFirst(), radix: 16) {
            self = .rgb(UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
        } else {
            return nil
        }
    }
}
