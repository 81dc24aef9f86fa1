/// What judgements are written as: for those who keep them, and for those who train on them.
package enum ExportShape: String, Sendable, CaseIterable {
    case rewards, triplets, kto, dpo, prm, sft, verl
    case openAIPreference = "openai-preference"
    case topTraces = "top-traces"
    case openInference = "openinference"
    case langfuse, phoenix, mlflow

    /// What has to be read of a trace for it.
    var needs: JudgedTraceBuilder.Needs {
        switch self {
        case .rewards, .openInference, .langfuse, .phoenix, .mlflow: .records
        case .prm: .sequences
        case .triplets, .kto, .dpo, .sft, .verl, .openAIPreference, .topTraces: .items
        }
    }

    /// Writes in this shape.
    func makeExporter(_ options: ExportOptions) -> any TraceExporter {
        switch self {
        case .rewards: RecordExporter(RewardLines.line)
        case .openInference: RecordExporter(OpenInferenceSpans.line)
        case .langfuse: RecordExporter(LangfuseScores.line)
        case .phoenix: RecordExporter(PhoenixAnnotations.line)
        case .mlflow: RecordExporter(MLflowAssessments.line)
        case .triplets: ItemExporter(options, TripletLines.line)
        case .kto: ItemExporter(options, KTOLines.line)
        case .sft: ItemExporter(options, SFTLines.line)
        case .verl: ItemExporter(options, VerlLines.line)
        case .dpo: PairExporter(options, PreferenceLines.trl)
        case .openAIPreference: PairExporter(options, PreferenceLines.openAI)
        case .prm: SequenceExporter(options)
        case .topTraces: TopTracesExporter()
        }
    }
}
