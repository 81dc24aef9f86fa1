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
        var taken = 0
        var known = 0
        var waiting = 0
        for entry in found {
            do throws(StoreError) {
                let (span, target) = try await targets.find(entry.judgement)
                let receipt = try await store.takeOver(at: span) { body, now in
                    entry.judgement.record(of: target(body), at: now)
                }
                if receipt == nil { known += 1 } else { taken += 1 }
                if receipt?.pending != nil { waiting += 1 }
            } catch {
                problems.add(Problem(file: file, place: .line(entry.line), what: error.description))
            }
        }
        Output.print("\(taken) taken over, \(known) known already, \(problems.count) not taken\n")
        if waiting > 0 { Output.complain("\(waiting) of them kept in the journal; will be retried") }
        Reading.complain(problems)
        return taken + known > 0 || problems.count == 0 ? 0 : 1
    }
}
