import Foundation
import Testing
import TraceArchives
import TraceFixtures
import TraceFormats
import TraceModel

/// Archives as Inspect writes them, made by Python's zip.
struct TraceArchiveTests {
    private func archive(_ entries: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "spandrel-zip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: "log.eval").path()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let data = try JSONSerialization.data(withJSONObject: entries)
        process.arguments = [
            "python3", "-c",
            "import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\nfor n,t in json.loads(sys.argv[2]).items(): z.writestr(n,t)\nz.close()",
            path, String(decoding: data, as: UTF8.self),
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return path
    }

    private let header =
        #"{"version": 2, "eval": {"task": "arith", "model": "gpt-4o", "run_id": "r", "created": "2026-01-01T10:00:00+00:00"}}"#

    @Test("every sample is a trace with its score; a broken one costs itself")
    func samples() throws {
        let path = try archive([
            "header.json": header, "summaries.json": "[]",
            "samples/1_epoch_1.json":
                #"{"id": 1, "epoch": 1, "input": "2+2", "scores": {"match": {"value": "C"}}, "events": []}"#,
            "samples/2_epoch_1.json":
                #"{"id": 2, "epoch": 1, "input": "2+3", "scores": {"match": {"value": "I"}}, "events": []}"#,
            "samples/3_epoch_1.json": #"{"id": 3, "#,
        ])
        #expect(try TraceArchive.recognise(path) == .inspectArchive)
        var spans: [TranslatedSpan] = []
        var problems: [String] = []
        try TraceArchive.translate(path, .inspectArchive) { output in
            spans += output.spans.map(\.whole)
            problems += output.problems.map(\.what)
        }
        let rewards = spans.compactMap { span in span.body.attributes.first { $0.key == SpanVocabulary.reward }?.value }
        #expect(Set(rewards) == [.double(1), .double(0)])
        #expect(Set(spans.map(\.body.traceID)).count == 2)
        #expect(problems == ["samples/3_epoch_1.json: the sample is no JSON, or cut off"])
    }

    @Test("other archives, and what is none, are told")
    func others() throws {
        #expect(try TraceArchive.recognise(try archive(["a.txt": "b"])) == nil)
        #expect(throws: FormatError.self) { try TraceArchive.recognise("/nonexistent") }
    }
}
