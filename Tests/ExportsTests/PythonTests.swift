import Exports
import Foundation
import Testing
import TraceFormats
import TraceModel

/// The exports as Python reads them, which is what trains. `SPANDREL_PYTHON` names one that has `datasets` and
/// `opentelemetry-proto`.
struct PythonTests {
    @Test("has the columns that trainers document, and spans that OpenTelemetry parses")
    func columns() async throws {
        var examples: [JudgedExample] = []
        for number in 1...6 {
            var example = JudgedExample(UInt64(number))
            let agent = example.add(.agent, "seller")
            let call = example.addCall(
                "Question \(number % 3)", "Answer \(number) ☃\u{0}\n\"x\"", under: agent,
                [
                    (
                        "gen_ai.tool.definitions",
                        .string(#"[{"type":"function","name":"price","parameters":{"type":"object"}}]"#)
                    )
                ])
            example.bodies[call].attributes.append(
                Attribute(
                    "gen_ai.output.messages",
                    .array([
                        MessageParts.message(
                            "assistant",
                            [
                                MessageParts.text("Answer \(number)"),
                                MessageParts.toolCall(
                                    id: "c", name: "price",
                                    arguments: .map([Attribute("n", number % 2 == 0 ? .int(1) : .string("x"))])),
                            ])
                    ])))
            example.judge(call, Double(number) / 6, number == 1 ? .reject : nil) {
                if number == 2 { $0.correction = "Better" }
            }
            let tool = example.add(
                .tool, "price", under: agent, [("input.value", .string("x")), ("output.value", .string("12"))])
            example.judge(tool, 1, .approve)
            example.judge(nil, 0.9)
            examples.append(example)
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-exports-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for shape in ExportShape.allCases {
            let exported = await Exported(shape, examples)
            #expect(!exported.text.isEmpty, "\(shape)")
            try Data(exported.text.utf8).write(to: folder.appending(path: shape.rawValue))
        }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let python = ProcessInfo.processInfo.environment["SPANDREL_PYTHON"] ?? "python3"
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "check_exports.py").path()
        process.arguments = [python, script, folder.path(), folder.appending(path: "cache").path()]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0 && said.contains("checked with json"), "\(said)")
    }
}
