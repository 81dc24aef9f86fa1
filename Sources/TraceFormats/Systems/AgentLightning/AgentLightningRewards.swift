import TraceModel

/// Rewards are spans of their own; what they judge, another span should show.
enum AgentLightningRewards {
    private struct Reward {
        var number: Int
        var name = "reward"
        var value: Double?
    }

    /// Gives the spans what the annotations among them say. Where no span is meant, the annotation keeps it.
    static func hand(to spans: inout [AgentLightningSpan]) {
        let targets = AgentLightningTargets(spans)
        for place in spans.indices where spans[place].isAnnotation {
            let rewards = rewards(spans[place].attributes)
            guard !rewards.isEmpty else { continue }
            let target = targets.target(of: spans[place]) ?? place
            let annotation = spans[place]
            let time = annotation.span.body.end == 0 ? annotation.span.body.start : annotation.span.body.end
            let author = annotation.attributes.first(of: "hitl.rater", "rater").text
            let comment = annotation.attributes.first(of: "hitl.comment", "comment").text
            for reward in rewards {
                spans[target].span.addScore(
                    reward.name, value: reward.value, explanation: comment, by: author, at: time)
            }
            // The first counts; of several judgements the last.
            if let value = rewards.first(where: { $0.number == 0 })?.value, (0...1).contains(value) {
                spans[target].span.attributes.remove(SpanVocabulary.reward)
                spans[target].span.set(SpanVocabulary.reward, value)
            }
            if target != place {
                let judged = spans[target].span.body
                spans[place].span.body.links.append(SpanLink(traceID: judged.traceID, spanID: judged.spanID))
            }
        }
    }

    /// `agentlightning.reward.N.name` and `.value`, by their numbers.
    private static func rewards(_ attributes: JSONView) -> [Reward] {
        var rewards: [Int: Reward] = [:]
        for (key, value) in attributes.fields where key.hasPrefix("agentlightning.reward.") {
            let parts = key.split(separator: ".")
            guard parts.count == 4, let number = Int(parts[2]) else { continue }
            switch parts[3] {
            case "name": rewards[number, default: Reward(number: number)].name = value.text ?? "reward"
            case "value" where value.kind == .number:
                rewards[number, default: Reward(number: number)].value = value.double
            default: break
            }
        }
        return rewards.values.filter { $0.value != nil }.sorted { $0.number < $1.number }
    }
}
