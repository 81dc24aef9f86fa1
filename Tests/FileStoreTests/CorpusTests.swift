import FileStore
import Foundation
import Testing
import TraceModel
import TraceStore

private enum Corpus {
    static let folder = ProcessInfo.processInfo.environment["SPANDREL_CORPUS"].map { $0 + "/agent-lightning/otlp/" }
}

/// Files that real exporters wrote, where there are some: `SPANDREL_CORPUS` names their folder.
@Suite("What exporters wrote", .enabled(if: Corpus.folder != nil))
struct CorpusTests {
    @Test(
        "means the same however it was packed and sent",
        arguments: [
            ("http_json_small", ".json", 6), ("http_json_medium", ".json", 40), ("http_json_plain", ".json", 1),
            ("http_protobuf_small", ".pb", 6), ("http_protobuf_medium", ".pb", 40), ("http_protobuf_plain", ".pb", 1),
        ])
    func packings(_ name: String, _ ending: String, _ count: Int) async throws {
        let folder = try #require(Corpus.folder)
        let plain = await Opened([folder + name + "_none" + ending])
        #expect(plain.problems.isEmpty)
        let bodies = try await plain.bodies()
        #expect(bodies.count == count)
        #expect(bodies.allSatisfy { !$0.name.isEmpty && $0.end >= $0.start })
        let texts = bodies.map { "\($0)" }
        for twin in ["_gzip\(ending).gz", "_deflate\(ending).zz"] {
            let opened = await Opened([folder + name + twin])
            #expect(opened.problems.isEmpty)
            #expect(try await opened.texts() == texts)
        }
    }

    @Test("is the same in a gRPC frame as without", arguments: [("small", 6), ("medium", 40), ("plain", 1)])
    func frames(_ size: String, _ count: Int) async throws {
        let folder = try #require(Corpus.folder)
        let framed = await Opened([folder + "grpc_\(size).frame"])
        let message = await Opened([folder + "grpc_\(size).pb"])
        #expect(framed.problems.isEmpty)
        #expect(message.problems.isEmpty)
        let texts = try await message.texts()
        #expect(texts.count == count)
        #expect(try await framed.texts() == texts)
    }

    @Test("is the same as JSON and as protobuf", arguments: ["small", "medium", "plain"])
    func encodings(_ size: String) async throws {
        let folder = try #require(Corpus.folder)
        let json = try await Opened([folder + "http_json_\(size)_none.json"]).texts()
        #expect(!json.isEmpty)
        #expect(try await Opened([folder + "http_protobuf_\(size)_none.pb"]).texts() == json)
        #expect(try await Opened([folder + "grpc_\(size).pb"]).texts() == json)
    }
}

extension Opened {
    /// Every span as text, which is the same for values that are no number, and equal to none.
    fileprivate func texts() async throws -> [String] { try await bodies().map { "\($0)" } }
}
