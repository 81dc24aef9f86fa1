/// What traces to make. The same shape gives the same traces, byte for byte.
package struct TraceShape: Sendable, Hashable {
    /// Of all traces together, exactly.
    package var spans: Int
    /// On average; a trace has from half of this to half as much again.
    package var spansPerTrace = 40
    /// Levels of a trace, the root among them, at most.
    package var depth = 7
    /// How many agents an agent calls, where there are spans and levels left for them. With 1, a trace is a chain.
    package var width = 3
    /// Bytes of text (prompts, answers, what tools give) in a span, on average; half have a quarter of it, some
    /// three and a half times as much. With 0, spans have no text.
    package var bodyBytes = 600
    /// The part of tool and model calls that fail. What fails is tried again, up to three times.
    package var errorRate = 0.03
    /// The part of traces that were cut off, and whose last spans have no end.
    package var unfinishedRate = 0.005
    /// How many spans are written together, as an exporter's batch is.
    package var batchSpans = 64
    package var seed: UInt64 = 1

    package init(spans: Int) {
        self.spans = spans
    }
}
