import Testing
import TraceFixtures
import TraceFormats
import TraceModel

@Suite("Every OTLP encoding")
struct OTLPConformanceTests {
    @Test("gives back what was written", arguments: OTLPEncoding.allCases)
    func roundTrip(_ encoding: OTLPEncoding) throws {
        let spans = SampleSpans.rich
        let feed = try Feed(whole: encoding.file([spans, spans]), encoding.format)
        #expect(try feed.bodies() == spans + spans)
        #expect(feed.problems.isEmpty)
    }

    @Test("means the same in windows of any size", .timeLimit(.minutes(1)), arguments: OTLPEncoding.allCases)
    func windows(_ encoding: OTLPEncoding) throws {
        let spans = SampleSpans.rich
        let file = encoding.file([spans, Array(spans.reversed())])
        for size in [1, 2, 3, 5, 7, 16, 63, 64, 65, 100, 1000, 4096] {
            let feed = try Feed(file, encoding.format) { size }
            #expect(try feed.bodies() == spans + spans.reversed(), "windows of \(size)")
            #expect(feed.problems.isEmpty, "windows of \(size)")
        }
    }

    @Test("is recognised by its content", arguments: OTLPEncoding.allCases)
    func recognised(_ encoding: OTLPEncoding) {
        let file = encoding.file([SampleSpans.rich])
        let answer = file.withUnsafeBytes { FormatRecogniser.recognise($0, isWhole: true) }
        // A document on one line is a file of lines with one line.
        let expected = encoding == .document ? TraceFormat.otlpJSONLines : encoding.format
        #expect(answer == .format(expected))
    }

    @Test("is indexed with the columns that its spans have", arguments: OTLPEncoding.allCases)
    func columns(_ encoding: OTLPEncoding) throws {
        let spans = SampleSpans.rich
        let feed = try Feed(whole: encoding.file([spans]), encoding.format)
        let batch = try #require(feed.batches.first)
        #expect(batch.spanIDs == spans.map(\.spanID.value))
        #expect(batch.parentIDs == spans.map(\.parentID.value))
        #expect(batch.starts == spans.map(\.start))
        #expect(batch.durations == spans.map { $0.end == 0 ? 0 : $0.end - $0.start })
        #expect(batch.names.map { batch.strings[$0] } == spans.map(\.name))
        #expect(batch.traces.map { batch.traceIDs[Int($0)] } == spans.map(\.traceID))
        #expect(batch.traits.map(\.kind) == spans.map(\.kind))
        #expect(batch.traits.map(\.status) == spans.map(\.status))
        #expect(batch.traits.map(\.isRunning) == spans.map { $0.end == 0 })
        #expect(batch.traits.map(\.hasEvents) == spans.map { !$0.events.isEmpty })
        #expect(batch.traits.map(\.hasLinks) == spans.map { !$0.links.isEmpty })
        #expect(batch.contexts.map { batch.strings[batch.contextTable[Int($0)].service] }.allSatisfy { $0 == "sample" })
    }
}
