import CToml

/// The values of a TOML text, in the order of their keys.
struct TOMLDocument {
    struct Value {
        var path: [String]
        var text: String
        var line: Int
    }

    private(set) var values: [Value] = []

    init(_ text: String, file: String) throws(ConfigurationError) {
        let collector = Collector()
        var reason = [CChar](repeating: 0, count: 400)
        let length = UInt(text.utf8.count)
        let line = text.withCString { text in
            reason.withUnsafeMutableBufferPointer { reason in
                ctoml_read(
                    text, length, Unmanaged.passUnretained(collector).toOpaque(),
                    { context, path, text, _, line in
                        guard let context, let path, let text else { return }
                        Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue()
                            .add(String(cString: path), String(cString: text), Int(line))
                    }, reason.baseAddress, UInt(reason.count))
            }
        }
        guard line == 0 else {
            let end = reason.firstIndex(of: 0) ?? reason.count
            let text = String(decoding: reason[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            throw ConfigurationError(description: "\(file):\(line): \(text)")
        }
        values = collector.values
    }

    private final class Collector {
        var values: [Value] = []

        func add(_ path: String, _ text: String, _ line: Int) {
            values.append(Value(path: path.split(separator: "\u{1}").map(String.init), text: text, line: line))
        }
    }
}

/// A setting that cannot be used: which, where, and what would do.
package struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    package var description: String

    package init(description: String) {
        self.description = description
    }
}
