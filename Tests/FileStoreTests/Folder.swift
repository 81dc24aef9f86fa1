import Foundation
import TraceFormats
import TraceModel
import TraceStore

@testable import FileStore

/// A folder of its own for a test, gone when the test is.
final class Folder {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "spandrel-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) -> String {
        let file = path + "/" + name
        _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
        return file
    }

    func run(_ program: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: path)
        try process.run()
        process.waitUntilExit()
    }
}

/// Reads a store to its end.
func read(_ sources: [String], _ options: FileStoreOptions = FileStoreOptions()) async -> (FileStore, StoreState) {
    let store = FileStore(sources, options: options)
    var last = StoreState()
    for await state in store.read() { last = state }
    return (store, last)
}

extension SpanBody {
    static func made(
        _ trace: UInt64, _ id: UInt64, parent: UInt64 = 0, name: String = "span", start: Int64 = 1_000_000,
        end: Int64 = 2_000_000, _ attributes: [Attribute] = []
    ) -> SpanBody {
        var body = SpanBody(
            traceID: TraceID(high: 7, low: trace), spanID: SpanID(id), parentID: SpanID(parent), name: name,
            start: start,
            end: end)
        body.attributes = attributes
        return body
    }
}
