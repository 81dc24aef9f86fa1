import Cells
import Exports
import Judgements
import TraceModel
import TraceStore

extension RewardCommand {
    /// `spandrel reward import`: what others judged, or people elsewhere. What cannot be taken over is named, the rest is.
    static func take(_ arguments: Arguments) async throws(Failure) -> Int32 {
        guard arguments.operands.count > 1 else {
            throw .usage("name the file of judgements: spandrel reward import FILE SOURCE…")
        }
        let file = arguments.operands[1]
        let found: [JudgementReader.Found]
        var problems = ProblemReport()
        do throws(StoreError) {
            let read = JudgementReader.read(try JudgedStore.bytes(of: file), file: file)
            found = read.found
            for problem in read.problems { problems.add(problem) }
        } catch {
            throw .nothing(error.description)
        }
        let (store, state) = try await open(arguments, from: 2)
        var targets = ImportTargets(store, state)
        var takeovers: [JudgedStore.Takeover] = []
        var known = 0
        var ids: Set<RewardID> = []
        for entry in found {
            do throws(StoreError) {
                let (span, target) = try await targets.find(entry.judgement)
                let takeover = try await store.takeover(at: span) { body, now in
                    entry.judgement.record(of: target(body), at: now)
                }
                if let takeover, ids.insert(takeover.record.id).inserted {
                    takeovers.append(takeover)
                } else {
                    known += 1
                }
            } catch {
                problems.add(Problem(file: file, place: .line(entry.line), what: error.description))
            }
        }
        let receipts: [JudgementReceipt]
        do throws(StoreError) {
            receipts = try store.takeOver(takeovers)
        } catch {
            throw .nothing(error.description)
        }
        for refusal in receipts.compactMap(\.refusal) {
            problems.add(Problem(file: file, place: .whole, what: refusal))
        }
        let taken = receipts.count { $0.refusal == nil }
        let waiting = receipts.count { $0.pending != nil }
        Output.print("\(taken) taken over, \(known) known already, \(problems.count) not taken\n")
        if waiting > 0 { Output.complain("\(waiting) of them kept in the journal; will be retried") }
        Reading.complain(problems)
        return taken + known > 0 || problems.count == 0 ? 0 : 1
    }
}
