/// By what rewards are put together.
package enum RewardGrouping: Sendable, Hashable {
    case agent, pipeline, session, model, day, service, source
    /// Any attribute of the trace's root.
    case attribute(String)

    /// Those that need nothing but the list of traces, in the order in which a key goes through them.
    package static let listed: [RewardGrouping] = [.agent, .pipeline, .session, .model, .day, .service, .source]

    /// From the word that a person writes after `by`; a word that is none of ours is the key of an attribute.
    package init?(_ word: String) {
        guard !word.isEmpty, !word.contains(where: \.isWhitespace) else { return nil }
        self = Self.listed.first { $0.name == word } ?? .attribute(word)
    }

    package var name: String {
        switch self {
        case .agent: "agent"
        case .pipeline: "pipeline"
        case .session: "session"
        case .model: "model"
        case .day: "day"
        case .service: "service"
        case .source: "source"
        case .attribute(let key): key
        }
    }

    /// The next of those that are listed, or the one before.
    package func moved(by step: Int) -> RewardGrouping {
        let count = Self.listed.count
        guard let place = Self.listed.firstIndex(of: self) else { return .agent }
        return Self.listed[((place + step) % count + count) % count]
    }
}
