import TraceFormats
import TraceModel

extension ImportedJudgement {
    /// What this program wrote into the metadata of another system's record, and gets back.
    mutating func takeOwn(_ metadata: JSONView) {
        guard let reward = metadata["reward_id"].string.flatMap({ RewardID($0) }) else { return }
        id = reward
        // An id begins with the millisecond that it was made in.
        time = time ?? Int64(reward.high >> 16) * 1_000_000
        author = metadata["author"].filled ?? author
        authorKind = metadata["author_kind"].string.flatMap { .init(rawValue: $0) } ?? authorKind
        verdict = metadata["verdict"].string.flatMap { .init(rawValue: $0) }
        strategy = metadata["strategy"].string.flatMap { .init(rawValue: $0) } ?? strategy
        correction = metadata["correction"].string
        labels = metadata["labels"].string?.split(separator: ", ").map(String.init) ?? []
        if metadata["target"].string == "sequence" { sequence = metadata["target_id"].string }
    }

    /// A name that only says that it is a judgement is no rubric.
    mutating func setName(_ name: String?) {
        if let name, !name.isEmpty, name != "reward" { rubric = name }
    }

    /// What the source calls the record, else all of it.
    static func key(_ system: String, _ id: JSONView, _ view: JSONView) -> String {
        "\(system) \(id.text ?? view.json)"
    }
}
