import Explorer
import TraceAnalysis
import TraceModel
import TraceStore

extension Session {
    func readRewards() {
        let store = store
        let table = state.traces.table
        run { session in
            let (rewards, ledger) = await Task.detached {
                let rewards = await store.rewards()
                return (rewards, RewardLedger(rewards, table))
            }.value
            session.handle(.rewardsRead(rewards, ledger))
        }
    }

    /// Only the newest sequence is wanted, however fast the cursor went over others.
    func readSequence(_ key: SequenceKey) {
        let store = store
        let task = run { session in
            let reading = Task.detached { () -> Result<RewardSequence?, StoreError> in
                do throws(StoreError) {
                    let scope = key.agent.isEmpty ? RewardSequence.Scope.pipeline : .agent
                    let sequences = try await SequenceReader.sequences(
                        of: key.trace, named: key.traceName, scope: scope, from: store)
                    return .success(key.choose(from: sequences))
                } catch {
                    return .failure(error)
                }
            }
            let result = await withTaskCancellationHandler {
                await reading.value
            } onCancel: {
                reading.cancel()
            }
            guard !Task.isCancelled else { return }
            switch result {
            case .success(let sequence): session.handle(.sequenceRead(key, sequence))
            case .failure(let error): session.handle(.sequenceFailed(key, error.description))
            }
        }
        replaceSequence(with: task)
    }

    func readAttributes(_ key: String, _ traces: [TraceID: UInt32]) {
        let store = store
        run { session in
            let words = await Task.detached { await SequenceReader.attributes(key, of: traces, from: store) }.value
            session.handle(.attributesRead(key, words))
        }
    }
}
