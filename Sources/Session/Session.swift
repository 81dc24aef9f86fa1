package import Explorer
package import TraceStore

/// Runs the explorer's core on a store: feeds it what happens, and does for real what it asks for.
@MainActor
package final class Session {
    package private(set) var state: ExplorerState
    /// Called after the state may have changed.
    package var changed: () -> Void = {}
    package var host = SessionHost()

    let store: any TraceStore
    /// Work under way that will answer.
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var search: Task<Void, Never>?
    private var document: Task<Void, Never>?
    /// The judgement that was asked for last: each waits for the one before it, so that an undo finds what it undoes.
    var judging: Task<Void, Never>?
    private var sequence: Task<Void, Never>?

    package init(_ store: any TraceStore, _ state: ExplorerState) {
        self.store = store
        self.state = state
    }

    package func handle(_ event: ExplorerEvent) {
        if state.views.contains(.review), let now = host.now() {
            for effect in Explorer.update(&state, .clock(now)) { perform(effect) }
        }
        let effects = Explorer.update(&state, event)
        for effect in effects { perform(effect) }
        changed()
    }

    /// Begins to read the store.
    package func start() {
        let states = store.read()
        run { session in
            for await state in states { session.handle(.storeChanged(state)) }
        }
    }

    /// Waits until nothing is under way: reading is done, and every question is answered.
    package func settle() async {
        guard running > 0 else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    @discardableResult
    func run(_ work: @escaping @MainActor (Session) async -> Void) -> Task<Void, Never> {
        running += 1
        return Task {
            await work(self)
            running -= 1
            guard running == 0 else { return }
            let done = waiting
            waiting = []
            for continuation in done { continuation.resume() }
        }
    }

    func replaceSearch(with task: Task<Void, Never>?) {
        search?.cancel()
        search = task
    }

    func replaceSequence(with task: Task<Void, Never>) {
        sequence?.cancel()
        sequence = task
    }

    /// Only the newest span is wanted, however fast the cursor went over others.
    func replaceDocument(with task: Task<Void, Never>) {
        document?.cancel()
        document = task
    }
}
