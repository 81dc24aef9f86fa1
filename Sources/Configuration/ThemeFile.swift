package import Cells

/// Reads a theme: a name, and under `styles` a style for each role.
package enum ThemeFile {
    package static func theme(_ text: String, file: String) throws(ConfigurationError) -> Theme {
        var name = file
        var styles: [Role: Style] = [:]
        for value in try TOMLDocument(text, file: file).values {
            func mistake(_ what: String) -> ConfigurationError {
                ConfigurationError(description: "\(file):\(value.line): \(what)")
            }
            if value.path == ["name"] {
                name = value.text
                continue
            }
            guard value.path.count == 2, value.path[0] == "styles" else {
                throw mistake("no setting \(value.path.joined(separator: ".")); a theme has name and [styles]")
            }
            guard let role = Role(rawValue: value.path[1]) else {
                throw mistake("nothing is called \(value.path[1]); Themes/README.md has the list")
            }
            do {
                styles[role] = try Style(parsing: value.text)
            } catch {
                throw mistake("\(error.word) is no colour and no attribute; as in \"#7fb4ca on black bold\"")
            }
        }
        return Theme(name: name, styles: styles)
    }
}
