import Judgements
import TraceAnalysis
import TraceModel

extension RewardCommand {
    /// Takes `--strategy` and `--gamma`: of a sequence how it is handed down, of anything what the judgement is.
    static func takeStrategy(
        _ arguments: Arguments, of kind: String, _ judgement: inout Judgement
    ) throws(Failure) -> Propagation {
        var propagation = Propagation(.uniform)
        if let name = arguments["--strategy"] {
            let handedDown = Propagation.Strategy(named: name)
            let made = RewardRecord.Strategy(rawValue: name)
            guard made != nil || handedDown != nil && kind == "sequence" else {
                let ways = Propagation.Strategy.allCases.map(\.rawValue).joined(separator: ", ")
                let kinds = RewardRecord.Strategy.allCases.map(\.rawValue).joined(separator: ", ")
                throw .usage("--strategy is one of: \(kinds); of a sequence also: \(ways)")
            }
            // What is handed down was said at the end, of the whole.
            judgement.strategy = made ?? .terminal
            if let handedDown { propagation.strategy = handedDown }
        }
        if let text = arguments["--gamma"] {
            guard kind == "sequence", propagation.strategy == .discounted else {
                throw .usage("--gamma goes with --strategy \(Propagation.Strategy.discounted.rawValue)")
            }
            guard let gamma = Double(text), (0...1).contains(gamma) else {
                throw .usage("--gamma is a number from 0 to 1, not '\(text)'")
            }
            propagation.gamma = gamma
        }
        if kind == "sequence", arguments.has("--strategy") { judgement.labels.append(propagation.description) }
        return propagation
    }
}
