import Cells
import Configuration
import Explorer
import ExplorerViews
import TraceModel

/// A screen of a common size that nobody looks at.
@MainActor
struct HeadlessScreen {
    static var state: ExplorerState {
        ExplorerState(size: Size(columns: 120, rows: 40), sourceName: "bench")
    }

    private let context: ViewContext

    init() throws(BenchError) {
        do throws(ConfigurationError) {
            let theme = try ThemeCatalog.load(ThemeCatalog.initial)
            // The hour matters to nobody, but has to be told.
            context = ViewContext(theme: theme) { _ in
                CivilTime(year: 2026, month: 11, day: 20, hour: 8, minute: 0, second: 0)
            }
        } catch {
            throw .failure("\(error)")
        }
    }

    func draw(_ state: ExplorerState) {
        withExtendedLifetime(ExplorerScreen.draw(state, context)) {}
    }
}
