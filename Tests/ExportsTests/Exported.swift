import Exports
import Foundation
import Testing
import TraceModel

/// What an export of some traces comes to.
struct Exported {
    var text: String
    var tally: String

    init(_ shape: ExportShape, _ examples: [JudgedExample], _ change: (inout ExportOptions) -> Void = { _ in }) async {
        var options = ExportOptions()
        change(&options)
        var export = Export(shape, options)
        var bytes: [UInt8] = []
        for example in examples {
            bytes += await export.take(example.summary, example.spans, example.records) { example.bodies[$0] }
        }
        bytes += export.finish()
        text = String(decoding: bytes, as: UTF8.self)
        tally = "\(export.tally)"
    }

    /// The objects, a line each.
    func lines() throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }
}

/// Reads along a path of keys and numbers.
func dig(_ value: Any?, _ path: String) -> Any? {
    path.split(separator: ".").reduce(value) { value, step in
        if let index = Int(step) { return (value as? [Any]).flatMap { index < $0.count ? $0[index] : nil } }
        return (value as? [String: Any])?[String(step)]
    }
}

func text(_ value: Any?, _ path: String) -> String? { dig(value, path) as? String }
