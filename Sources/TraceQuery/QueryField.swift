package import TraceModel

/// What a term of a query can ask for. The raw value is how a person writes it.
package enum QueryField: String, Sendable, CaseIterable {
    case agent, service, name, title, source, format, session, model, id
    case status
    case spans, errors, duration, tokens, cost, reward, start
    case tokensIn = "tokens_in"
    case tokensOut = "tokens_out"

    package enum Kind: Sendable { case text, status, number, duration, time }

    package var kind: Kind {
        switch self {
        case .agent, .service, .name, .title, .source, .format, .session, .model, .id: .text
        case .status: .status
        case .duration: .duration
        case .start: .time
        case .spans, .errors, .tokens, .cost, .reward, .tokensIn, .tokensOut: .number
        }
    }
}

/// What a query is asked about: a trace of the list, a span.
package protocol QuerySubject {
    /// Of fields that are texts; empty where it has none.
    func text(_ field: QueryField) -> String
    /// Of fields that are numbers, durations (nanoseconds) and times (nanoseconds since the epoch); nothing where unknown.
    func number(_ field: QueryField) -> Double?
    var isRunning: Bool { get }
}

extension TraceSummary: QuerySubject {
    package func text(_ field: QueryField) -> String {
        switch field {
        case .agent: agent
        case .service: service
        case .name: root
        case .title: title
        case .source: source
        case .format: format
        case .session: session
        case .model: model
        case .id: givenID
        default: ""
        }
    }

    package func number(_ field: QueryField) -> Double? {
        switch field {
        case .spans: Double(spans)
        case .errors: Double(errors)
        case .duration: Double(duration)
        case .tokens: Double(tokensIn + tokensOut)
        case .tokensIn: Double(tokensIn)
        case .tokensOut: Double(tokensOut)
        case .cost: cost
        case .reward: reward
        case .start: start > 0 ? Double(start) : nil
        default: nil
        }
    }
}
