import Cells
import Judgements
import Session
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceQuery
import TraceStore

/// `spandrel rewards`: the figures of the rewards view, a group a line.
enum RewardsCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let word = arguments["--by"] ?? RewardGrouping.agent.name
        guard let grouping = RewardGrouping(word) else {
            throw .usage(
                "--by is one of: \(RewardGrouping.listed.map(\.name).joined(separator: ", ")), or an attribute")
        }
        let query = try Filter.query(arguments)
        let (store, state) = try await Reading.all(try arguments.sources())
        let table = state.traces
        var rewards = await store.rewards()
        if let text = arguments["--weights"] {
            do throws(RewardWeights.Mistake) {
                rewards = try RewardWeights(of: rewards).changed(by: text).applied(to: rewards)
            } catch {
                throw .usage("--weights: \(error.text)")
            }
        }
        let ledger = RewardLedger(rewards, table)
        var attributes: [UInt32: String] = [:]
        if case .attribute(let key) = grouping {
            let traces = Set(ledger.entries.map(\.trace)).map { (table.ids[Int($0)], $0) }
            attributes = await SequenceReader.attributes(
                key, of: Dictionary(traces, uniquingKeysWith: { first, _ in first }), from: store)
        }
        let series = RewardSeries(
            ledger, table, by: grouping, where: query?.matches(table), attributes: attributes)
        var output = OutputBuffer()
        if !arguments.has("--json"), series.count > 0 { output.line(head(grouping)) }
        for place in 0..<series.count {
            let group = series[place]
            if arguments.has("--json") { output.line(json(group, grouping)) } else { output.line(text(group)) }
        }
        output.flush()
        if series.count == 0 { Output.complain("nothing is judged in what was read") }
        return 0
    }

    private static let nameWidth = 24

    private static func head(_ grouping: RewardGrouping) -> String {
        let recent = "LAST \(RewardGroup.recentCount) SEQUENCES"
        return HelpCommand.pad(TextWidth.clip(grouping.name.uppercased(), to: nameWidth), to: nameWidth)
            + "      N  MEAN  " + HelpCommand.pad(recent, to: RewardGroup.recentCount) + "  SPREAD    TREND"
    }

    private static func text(_ group: RewardGroup) -> String {
        let name = TextWidth.clip(Display.printable(group.name), to: nameWidth)
        let count = Figures.grouped(group.count)
        let mean = Figures.reward(group.mean)
        let bars = Sparkline.rewards(group.recent.map { Double($0) })
        return HelpCommand.pad(name, to: nameWidth) + String(repeating: " ", count: max(1, 7 - count.count)) + count
            + String(repeating: " ", count: max(1, 6 - mean.count)) + mean + "  "
            + HelpCommand.pad(bars, to: RewardGroup.recentCount) + "  " + Sparkline.spread(group.bins) + "  "
            + Figures.change(group.trend)
    }

    private static func json(_ group: RewardGroup, _ grouping: RewardGrouping) -> [UInt8] {
        func rounded(_ number: Double) -> Double { (number * 1e6).rounded() / 1e6 }
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("by", grouping.name)
            writer.field("name", group.name)
            writer.field("count", Int64(group.count))
            writer.key("mean")
            writer.double(rounded(group.mean))
            writer.key("recent")
            writer.array { writer in for value in group.recent { writer.double(rounded(Double(value))) } }
            writer.field("sparkline", Sparkline.rewards(group.recent.map { Double($0) }))
            writer.key("bins")
            writer.array { writer in for count in group.bins { writer.int(count) } }
            writer.key("trend")
            if let trend = group.trend { writer.double(rounded(trend)) } else { writer.null() }
        }
        return writer.bytes
    }
}

/// Which traces a command is about.
enum Filter {
    /// That of `--where`; nothing where all are meant.
    static func query(_ arguments: Arguments) throws(Failure) -> TraceQuery? {
        guard let text = arguments["--where"] else { return nil }
        do throws(QueryError) {
            return try TraceQuery(text)
        } catch {
            throw .usage("--where: \(error.description)")
        }
    }
}
