import Glibc

/// Where a person keeps what they have set: `$XDG_CONFIG_HOME/spandrel`, or `~/.config/spandrel`.
enum ConfigurationFolder {
    static var path: String {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let home = variable("HOME") ?? ""
        return "\(variable("XDG_CONFIG_HOME") ?? "\(home)/.config")/spandrel"
    }

    /// A file's text, of at most a megabyte; nothing where it cannot be read, with the reason in `errno`.
    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
