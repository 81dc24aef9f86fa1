import TraceModel

/// A format that is translated: how it is told from the others, and who translates it.
package struct ForeignFormat: Sendable {
    package enum Shape: Sendable {
        /// One JSON value a file.
        case document
        /// One JSON value a line, perhaps with other lines between.
        case lines
    }

    /// What becomes of a record's spans and logs once they are indexed.
    package enum Records: Sendable {
        /// They are kept as OTLP.
        case kept
        /// What they say is in the record: they are made again when they are shown. What depends on records before is
        /// in the index, or kept as a piece beside.
        case inOrder
        /// The same, and records can be read in any order, as far as `TraceTranslator.join` knows how.
        case inAnyOrder
    }

    package var format: TraceFormat
    package var shape: Shape
    /// Whether a value is of this format: a line, or a document as far as its beginning is known.
    package var recognises: @Sendable (JSONView) -> Bool
    /// Whether a line that is no JSON shows this format.
    package var recognisesText: @Sendable (String) -> Bool
    /// A document need not be closed: its writer is stopped rather than that it ends.
    package var mayBeOpen = false
    package var records = Records.kept
    package var makeTranslator: @Sendable (TranslationSource) -> any TraceTranslator

    package init(
        _ format: TraceFormat, _ shape: Shape, mayBeOpen: Bool = false, records: Records = .kept,
        recognises: @escaping @Sendable (JSONView) -> Bool,
        recognisesText: @escaping @Sendable (String) -> Bool = { _ in false },
        translator: @escaping @Sendable (TranslationSource) -> any TraceTranslator
    ) {
        self.format = format
        self.shape = shape
        self.mayBeOpen = mayBeOpen
        self.records = records
        self.recognises = recognises
        self.recognisesText = recognisesText
        makeTranslator = translator
    }

    /// Every format that is translated. The first that recognises a file has it, so the more telling come first.
    package static let all: [ForeignFormat] = [
        MHCTranslator.format, RLTripletsTranslator.format, ASPHooksTranslator.format, ASPArtifactTranslator.format,
        WriteHERENodesTranslator.format, WriteHEREEventsTranslator.format, Stage7EventsTranslator.format,
        Stage7Translator.format, ClaudeCodeTranslator.format, OpenAIAgentsTranslator.format,
        OpenAIAgentsTranslator.lines,
        AgentLightningTranslator.format, AgentLightningTranslator.lines, InspectTranslator.format,
        JaegerTranslator.format, JaegerTranslator.lines, PhoenixTranslator.format, PhoenixTranslator.lines,
        LangfuseTranslator.format, LangfuseTranslator.lines, MLflowTranslator.format, MLflowTranslator.lines,
        LangSmithTranslator.format, LangSmithTranslator.lines, ZipkinTranslator.format, ZipkinTranslator.lines,
        TrajectoryTranslator.format, TrajectoryTranslator.lines, ChromeTraceTranslator.format,
        StructuredLogTranslator.format,
    ]

    package static func of(_ format: TraceFormat) -> ForeignFormat? { all.first { $0.format == format } }
}
