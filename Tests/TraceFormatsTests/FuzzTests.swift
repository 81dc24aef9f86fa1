import Testing
import TraceFixtures
import TraceFormats
import TraceModel

@Suite("Bytes that went wrong")
struct FuzzTests {
    @Test(
        "neither crash nor hang a scanner, a decoder or a search", .timeLimit(.minutes(1)),
        arguments: OTLPEncoding.allCases)
    func mutations(_ encoding: OTLPEncoding) throws {
        let valid = encoding.file([SampleSpans.rich, [SampleSpans.span(9), SampleSpans.span(10, parent: 9)]])
        var random = SeededGenerator(seed: 20_261_121)
        let needle = try #require(SearchText("nothing has this"))
        let search = SpanSearch(needle)
        let decoder = SpanDecoder(encoding.format)
        for round in 0..<200 {
            let bytes = mutated(valid, using: &random)
            let largest = [3, 50, 700, 10_000, 1_000_000][round % 5]
            let feed = try Feed(bytes, encoding.format) { Int.random(in: 1...largest, using: &random) }
            for record in feed.records {
                record.withUnsafeBytes {
                    _ = try? decoder.span($0, resource: Array(record), scope: Array(record))
                    _ = try? decoder.log($0)
                    _ = search.matches($0, encoding.format)
                }
            }
            _ = bytes.withUnsafeBytes { FormatRecogniser.recognise($0, isWhole: round % 2 == 0) }
        }
    }

    /// One to eight accidents: a cut, flipped bits, a stretch doubled, moved or overwritten.
    private func mutated(_ valid: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
        var bytes = valid
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            let stretch = at..<min(bytes.count, at + Int.random(in: 1...300, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes.removeSubrange(at...)
            case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 2: bytes.insert(contentsOf: bytes[stretch], at: Int.random(in: 0...bytes.count, using: &random))
            case 3: bytes.removeSubrange(stretch)
            case 4: bytes[at] = UInt8.random(in: 0...255, using: &random)
            default: bytes[at] = Array("\"\\{}[],:\n0".utf8).randomElement(using: &random) ?? 0
            }
        }
        return bytes
    }
}
