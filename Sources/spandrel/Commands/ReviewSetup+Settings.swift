import Configuration
import Explorer
import Judgements
import TraceModel
import TraceQuery

extension ReviewSetup {
    /// As the settings and, of `spandrel review`, the options have it.
    init(_ arguments: Arguments, _ judging: JudgementOptions) throws(Failure) {
        self.init()
        do {
            let settings = try Settings.load().review
            queues = settings.queues
            rubrics = settings.rubrics
        } catch {
            throw .usage(error.description)
        }
        author = judging.author
        isReadOnly = judging.isReadOnly
        isBlind = arguments.has("--blind")
        let isAsked = ["--where", "--order", "--seed", "--queue", "--rubric"].contains { arguments.has($0) }
        if arguments.subcommand == .review || isAsked { queue = try queue(arguments) }
    }

    private func queue(_ arguments: Arguments) throws(Failure) -> ReviewQueue {
        var filter: TraceQuery?
        if let text = arguments["--where"] {
            do throws(QueryError) {
                filter = try TraceQuery(text)
            } catch {
                throw .usage("--where: \(error.description)")
            }
        }
        var order: ReviewQueue.Order?
        if let name = arguments["--order"] {
            order = ReviewQueue.Order(rawValue: name)
            guard order != nil else {
                let known = ReviewQueue.Order.allCases.map(\.rawValue).joined(separator: ", ")
                throw .usage("--order is one of \(known), not '\(name)'")
            }
        }
        var seed: UInt64?
        if let text = arguments["--seed"] {
            seed = UInt64(text)
            guard seed != nil else { throw .usage("--seed is a whole number from 0, not '\(text)'") }
        }
        var queue = ReviewQueue(filter, order: order ?? .oldest, seed: seed ?? 0)
        if let name = arguments["--queue"] {
            // A name that the settings do not know is one for what is asked for here, to come back to it.
            var named = queues[name] ?? ReviewQueue(name: name)
            if let filter { named.filter = filter }
            if let order { named.order = order }
            if let seed { named.seed = seed }
            queue = named
        }
        if let name = arguments["--rubric"] {
            guard rubrics[name] != nil else {
                let known = rubrics.keys.sorted().joined(separator: ", ")
                throw .usage(
                    "there is no rubric \(name) in config.toml; "
                        + (known.isEmpty ? "it has none" : "there are \(known)"))
            }
            queue.rubric = name
        }
        return queue
    }
}
