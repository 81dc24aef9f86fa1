import FileStore
import TraceStore

/// A file that was read to its end.
struct WholeReading {
    let store: FileStore
    let state: StoreState

    init(_ file: String, workers: Int = 2) async {
        store = FileStore([file], options: FileStoreOptions(workers: workers))
        var last = StoreState()
        for await state in store.read() { last = state }
        state = last
    }
}
