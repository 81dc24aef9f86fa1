package import TraceModel

/// A filter as a person types it: words that must be there, and terms like `agent=planner duration>2s reward<0.5`, all of
/// which must hold. A `-` before a term turns it round; quotes hold blanks together.
package struct TraceQuery: Sendable, Equatable {
    package enum Comparison: String, Sendable, CaseIterable {
        // The longer ones first, as they are looked for.
        case notMatches = "!~"
        case notEqual = "!="
        case atMost = "<="
        case atLeast = ">="
        case equal = "="
        case matches = "~"
        case less = "<"
        case more = ">"
    }

    package enum Status: String, Sendable, CaseIterable { case ok, error, running }

    package enum Condition: Sendable, Equatable {
        case word(SearchText)
        case text(QueryField, Comparison, String)
        case number(QueryField, Comparison, Double)
        /// Whether nothing is known of a number.
        case isUnknown(QueryField, Bool)
        case status(Status, Bool)
    }

    package struct Term: Sendable, Equatable {
        package var condition: Condition
        package var isNegated: Bool
    }

    /// As it was typed.
    package let text: String
    package let terms: [Term]

    package init(_ text: String) throws(QueryError) {
        self.text = text
        var terms: [Term] = []
        for word in Self.words(of: text) { terms.append(try QueryParser.term(word)) }
        self.terms = terms
    }

    package var isEmpty: Bool { terms.isEmpty }

    package static func == (left: TraceQuery, right: TraceQuery) -> Bool { left.text == right.text }

    /// Split at blanks that are not within double quotes. A word says which of its characters were.
    static func words(of text: String) -> [[QueryCharacter]] {
        var words: [[QueryCharacter]] = []
        var word: [QueryCharacter] = []
        var isQuoted = false
        var hasQuotes = false
        for character in text {
            if character == "\"" {
                isQuoted.toggle()
                hasQuotes = true
            } else if character.isWhitespace, !isQuoted {
                if !word.isEmpty || hasQuotes { words.append(word) }
                (word, hasQuotes) = ([], false)
            } else {
                word.append(QueryCharacter(value: character, isQuoted: isQuoted))
            }
        }
        if !word.isEmpty { words.append(word) }
        return words.filter { !$0.isEmpty }
    }
}

struct QueryCharacter {
    var value: Character
    var isQuoted: Bool
}

/// What is wrong with a query, and what would be right.
package struct QueryError: Error, Sendable, Equatable, CustomStringConvertible {
    package var description: String
}
