package import TraceModel

/// The formats that are read, each by its content.
package enum TraceFormat: String, Sendable, CaseIterable {
    case otlpJSON = "otlp-json"
    case otlpJSONLines = "otlp-jsonl"
    case otlpProtobuf = "otlp-protobuf"
    case otlpProtobufDelimited = "otlp-protobuf-delimited"
    case otlpProtobufFramed = "otlp-protobuf-framed"
    case otlpProtobufGRPC = "otlp-protobuf-grpc"

    // Translated from what other systems leave; see `ForeignFormat`.
    case rlTriplets = "rl-triplets"
    case rlTripletsDatabase = "rl-triplets-db"
    case aspTelemetry = "asp-db"
    case aspHooks = "asp-hooks"
    case aspArtifact = "asp-artifact"
    case writehereNodes = "writehere-nodes"
    case writehereEvents = "writehere-events"
    case writehereDatabase = "writehere-db"
    case trajectory
    case trajectoryLines = "trajectory-jsonl"
    case stage7
    case stage7Events = "stage7-events"
    case structuredLog = "log"
    case mhc
    case jaeger
    case jaegerLines = "jaeger-jsonl"
    case zipkin
    case zipkinLines = "zipkin-jsonl"
    case agentLightning = "agent-lightning"
    case agentLightningLines = "agent-lightning-jsonl"
    case langfuse
    case langfuseLines = "langfuse-jsonl"
    case phoenix
    case phoenixLines = "phoenix-jsonl"
    case mlflow
    case mlflowLines = "mlflow-jsonl"
    case langsmith
    case langsmithLines = "langsmith-jsonl"
    case claudeCode = "claude-code"
    case openAIAgents = "openai-agents"
    case openAIAgentsLines = "openai-agents-jsonl"
    case inspect
    case inspectArchive = "inspect-eval"
    case chromeTrace = "chrome-trace"

    /// Lines stand for themselves, so that a file can be scanned from any line on, by several scanners at once.
    package var isLines: Bool { self == .otlpJSONLines }

    /// What becomes of the records of a format that is translated.
    package var records: ForeignFormat.Records { ForeignFormat.of(self)?.records ?? .kept }

    /// Whether spans are kept as JSON; otherwise as protobuf.
    package var isJSON: Bool { self == .otlpJSON || self == .otlpJSONLines }

    /// Those that are read as they stand, and that are written; any other is translated first.
    package static let otlp: [TraceFormat] = [
        .otlpJSON, .otlpJSONLines, .otlpProtobuf, .otlpProtobufDelimited, .otlpProtobufFramed, .otlpProtobufGRPC,
    ]

    package var isOTLP: Bool { Self.otlp.contains(self) }

    /// Kept in a database or an archive of its own system's: not read from front to back, but asked.
    package var isContainer: Bool {
        [.rlTripletsDatabase, .aspTelemetry, .writehereDatabase, .inspectArchive].contains(self)
    }

    /// Messages behind each other: of a file that is still written the last may not be complete yet.
    package var isMessageStream: Bool {
        [.otlpProtobufDelimited, .otlpProtobufFramed, .otlpProtobufGRPC].contains(self)
    }

    /// Judgements are written into files of this format, by us and by others, while they are open.
    package var isRewritten: Bool { self == .rlTriplets }

    /// `prices` give a cost to calls whose source tells none.
    package func makeScanner(_ prices: ModelPrices = ModelPrices()) -> any TraceScanner {
        switch self {
        case .otlpJSON: OTLPJSONDocumentScanner(prices)
        case .otlpJSONLines: OTLPJSONLinesScanner(prices)
        case .otlpProtobuf: OTLPProtobufScanner(.message, prices)
        case .otlpProtobufDelimited: OTLPProtobufScanner(.delimited, prices)
        case .otlpProtobufFramed: OTLPProtobufScanner(.framed, prices)
        case .otlpProtobufGRPC: OTLPProtobufScanner(.grpc, prices)
        // What is translated is kept as delimited messages, and scanned from there.
        default: OTLPProtobufScanner(.delimited, prices)
        }
    }
}
