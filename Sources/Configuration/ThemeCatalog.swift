package import Cells
import Glibc

/// Themes by name or by path. Those of the `Themes` folder are in the program itself.
package enum ThemeCatalog {
    package static let initial = "dark"

    private static let bundled: [(name: String, bytes: [UInt8])] = [
        ("dark", PackageResources.dark_toml), ("light", PackageResources.light_toml),
        ("terminal", PackageResources.terminal_toml),
    ]

    /// Names that come with the program.
    package static var names: [String] { bundled.map(\.name) }

    /// A path where there is a slash in it; else a name, of the person's own themes first.
    package static func load(_ nameOrPath: String) throws(ConfigurationError) -> Theme {
        if nameOrPath.contains("/") {
            guard let text = ConfigurationFolder.read(nameOrPath) else {
                throw ConfigurationError(
                    description: "\(nameOrPath): cannot be read: \(String(cString: strerror(errno)))")
            }
            return try ThemeFile.theme(text, file: nameOrPath)
        }
        let path = "\(folder)/\(nameOrPath).toml"
        if let text = ConfigurationFolder.read(path) { return try ThemeFile.theme(text, file: path) }
        guard let known = bundled.first(where: { $0.name == nameOrPath }) else {
            throw ConfigurationError(
                description:
                    "no theme \(nameOrPath); there are \(names.joined(separator: ", ")), and those in \(folder)")
        }
        return try ThemeFile.theme(String(decoding: known.bytes, as: UTF8.self), file: "\(known.name).toml")
    }

    private static var folder: String { "\(ConfigurationFolder.path)/themes" }
}
