import Cells
import Configuration
import CursesTerminal
import Explorer
import ExplorerViews
import FileStore
import Glibc
import Judgements
import Session
import TraceFormats
import TraceModel
import TraceStore

/// `spandrel SOURCE…`: the explorer on the terminal; `spandrel review`, the same at a queue.
@MainActor
enum ExploreCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        let sources = try arguments.sources()
        let name = arguments["--theme"] ?? getenv("SPANDREL_THEME").map { String(cString: $0) }
        let theme = try Themes.load(name)
        var options = JudgementOptions()
        options.isReadOnly = arguments.has("--readonly")
        options.isRetrying = true
        if let author = arguments["--author"] { options.author = author }
        let review = try ReviewSetup(arguments, options)
        let terminal: CursesTerminal
        do {
            terminal = try CursesTerminal()
        } catch {
            throw Failure(message: error.description, status: 2)
        }
        let state = ExplorerState(
            size: terminal.size, sourceName: SourceName.of(sources), themes: ThemeCatalog.names, review: review)
        let store = JudgedStore(FileStore(sources, options: try Reading.options(isFollowing: true)), options)
        let session = Session(store, state)
        session.host.judge(in: store, by: options.author)
        await Exploration(session, terminal, theme).run()
        terminal.leave()
        Reading.complain(session.state.traces.store.problems)
        if let signal = terminal.endedBy { return 128 + signal }
        return session.state.traces.table.count > 0 || !session.state.traces.store.progress.isFinished ? 0 : 1
    }
}

/// A session on a terminal, from the first screen to the last.
@MainActor
private final class Exploration {
    private let session: Session
    private let terminal: CursesTerminal
    private var theme: Theme
    private var isDrawingDue = false

    init(_ session: Session, _ terminal: CursesTerminal, _ theme: Theme) {
        self.session = session
        self.terminal = terminal
        self.theme = theme
    }

    func run() async {
        let terminal = terminal
        setTheme(theme)
        session.changed = { [unowned self] in drawSoon() }
        session.host.copy = { terminal.copy(Base64.text(Array($0.utf8))) }
        session.host.changeTheme = { [unowned self] in setTheme(try ThemeCatalog.load($0)) }
        session.host.redraw = { terminal.forget() }
        session.host.suspend = { terminal.suspend() }
        session.host.edit = { text in
            try ExternalEditor.edit(text) { (work) throws(StoreError) in try terminal.runOutside(work) }
        }
        session.host.now = { MonotonicClock.now }
        session.host.quit = { terminal.leave() }
        session.start()
        drawSoon()
        for await events in terminal.events {
            for event in events { session.handle(.input(event)) }
        }
    }

    private func setTheme(_ theme: Theme) {
        let depth: ColorDepth =
            switch terminal.colors {
            case 0: .none
            case ..<256: .palette16
            case 256: .palette256
            default: .truecolor
            }
        self.theme = theme.reduced(to: depth)
        terminal.forget()
    }

    /// Draws once for all that happens before the next turn: keys that come faster than screens do not pile up.
    private func drawSoon() {
        guard !isDrawingDue else { return }
        isDrawingDue = true
        Task {
            isDrawingDue = false
            terminal.draw(ExplorerScreen.draw(session.state, ViewContext(theme: theme, localTime: LocalTime.civil)))
        }
    }
}
