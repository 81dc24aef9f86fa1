import Foundation

/// The built program, run from outside as a person would run it.
struct Program {
    var output: String
    var complaints: String
    var status: Int32

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Beside the test bundle, where the build puts both.
    static let path = Bundle.main.bundleURL.appending(path: "spandrel").path()

    static func run(_ arguments: String...) throws -> Program {
        try run(executable: path, arguments)
    }

    /// `environment` is added to that of every run, or replaces some of it.
    static func run(
        executable: String, _ arguments: [String], environment: [String: String] = [:]
    ) throws -> Program {
        let process = Process()
        process.executableURL = URL(filePath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = root
        process.environment = [
            "TZ": "UTC", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "SPANDREL": path,
            "SPANDREL_NO_CACHE": "1",
        ].merging(environment) { $1 }
        let (output, complaints) = (Pipe(), Pipe())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaints
        try process.run()
        let written = output.fileHandleForReading.readDataToEndOfFile()
        let complained = complaints.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Program(
            output: String(decoding: written, as: UTF8.self), complaints: String(decoding: complained, as: UTF8.self),
            status: process.terminationStatus)
    }

    /// What was written, a JSON object a line.
    func objects() throws -> [[String: Any]] {
        try output.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }
}

/// A folder that goes when the work with it is done.
func withFile<Result>(_ name: String, _ text: String, _ work: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return try work(file.path())
}
