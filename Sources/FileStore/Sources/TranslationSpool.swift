import TraceFormats

/// Where the spans that were made of a file of another system's are kept.
///
/// Several threads may bring what they made, each with the number of its turn: it is kept in the order of these, whoever
/// is done first.
final class TranslationSpool: Sendable {
    private struct State {
        var length: UInt64 = 0
        /// The turn that is next to be given a place.
        var turn = 0
        var problem: String?
    }

    let file: OpenFile
    private let state = Monitor(State())

    init(in directory: String?) throws(SystemError) {
        file = try Spool.open(in: directory)
    }

    /// Why not all of it could be kept.
    var problem: String? { state.withLock { $0.problem } }

    /// Keeps what was made in a turn, once those before have their places. Where it stands.
    func keep(_ bytes: UnsafeRawBufferPointer, turn: Int) -> UInt64 {
        state.wait { $0.turn == turn ? () : nil }
        let place = state.withLock { state in
            defer {
                state.turn += 1
                state.length += UInt64(bytes.count)
            }
            return state.length
        }
        do {
            try file.write(bytes, at: place)
        } catch {
            state.withLock { $0.problem = "what was made of it cannot be kept on the disk: \(error)" }
        }
        return place
    }
}
