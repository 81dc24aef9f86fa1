/// A style for each role.
package struct Theme: Sendable {
    package let name: String
    private let styles: [Style]

    /// A role that is not given takes the style of the role before its last dot, and at last that of `text`.
    package init(name: String, styles: [Role: Style]) {
        self.name = name
        self.styles = Role.allCases.map { role in
            var key = role.rawValue[...]
            while true {
                if let known = Role(rawValue: String(key)), let style = styles[known] { return style }
                guard let dot = key.lastIndex(of: ".") else { return styles[.text] ?? .plain }
                key = key[..<dot]
            }
        }
    }

    package subscript(role: Role) -> Style {
        styles[Self.positions[role] ?? 0]
    }

    /// The same theme with every style changed.
    package func mapping(_ change: (Role, Style) -> Style) -> Theme {
        var changed: [Role: Style] = [:]
        for role in Role.allCases { changed[role] = change(role, self[role]) }
        return Theme(name: name, styles: changed)
    }

    private static let positions = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })
}
