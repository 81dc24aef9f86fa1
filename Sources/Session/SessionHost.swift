package import Explorer
package import TraceModel
import TraceStore

/// What only the program around a session can do: its terminal and its end. A session without a terminal gets one that
/// does nothing.
@MainActor
package struct SessionHost {
    /// Puts text on the clipboard of the person's own machine; whether that could be tried.
    package var copy: (String) -> Bool = { _ in true }
    /// Changes the colours, or throws what is wrong with the name.
    package var changeTheme: (String) throws -> Void = { _ in }
    /// Keeps judgements of one decision and writes them back, or throws a `StoreError`.
    package var judge: @Sendable ([JudgementRequest]) async throws -> [JudgementOutcome] = { _ in
        throw StoreError("nothing can be judged here")
    }
    /// The judgements of a trace that hold.
    package var standing: @Sendable (TraceID) async -> [RewardRecord] = { _ in [] }
    /// Traces that the person has decided on in the queue of that name.
    package var decided: @Sendable (String) async -> Set<TraceID> = { _ in [] }
    /// Gives a text to the person's own editor, and returns what it made of it; nothing where there is none.
    package var edit: (String) throws -> String? = { _ in nil }
    /// Nanoseconds on a clock that only goes forward; nothing where time is not to be told.
    package var now: () -> Int64? = { nil }
    package var redraw: () -> Void = {}
    package var suspend: () -> Void = {}
    package var quit: () -> Void = {}

    package init() {}
}
