/// The command line, taken apart.
struct Arguments {
    let subcommand: Subcommand
    private(set) var operands: [String] = []
    private var values: [String: String] = [:]

    init(_ words: [String]) throws(Failure) {
        var words = words[...]
        switch words.first {
        case "--help", "-h": words = ["help"]
        case "--version", "-V": words = ["version"]
        default: break
        }
        // A source that is called like a command is given as ./ls.
        if let first = words.first, let named = Subcommand(rawValue: first), named != .explore {
            subcommand = named
            words.removeFirst()
        } else {
            subcommand = .explore
        }
        var takesOptions = true
        while let word = words.popFirst() {
            if takesOptions, word == "--" {
                takesOptions = false
            } else if takesOptions, word.hasPrefix("--") {
                try take(word, &words)
            } else if takesOptions, word.hasPrefix("-"), word != "-" {
                throw .usage("there is no option \(word)")
            } else {
                operands.append(word)
            }
        }
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws(Failure) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let takesValue = subcommand.options[parts[0]] else {
            throw .usage("\(subcommand == .explore ? "spandrel" : subcommand.rawValue) has no option \(parts[0])")
        }
        guard takesValue else {
            guard parts.count == 1 else { throw .usage("\(parts[0]) takes no value") }
            values[parts[0]] = ""
            return
        }
        guard let value = parts.count > 1 ? parts[1] : rest.popFirst() else {
            throw .usage("\(parts[0]) wants a value")
        }
        values[parts[0]] = value
    }

    func has(_ option: String) -> Bool { values[option] != nil }

    subscript(option: String) -> String? { values[option] }

    /// The sources, of which there must be one.
    func sources(from first: Int = 0) throws(Failure) -> [String] {
        guard operands.count > first else {
            throw .usage("name a file or a folder to read, or - for standard input: spandrel \(subcommand.synopsis)")
        }
        return Array(operands[first...])
    }
}
