import Cells
import Configuration
import Explorer
import ExplorerViews
import FileStore
import Judgements
import Session
import TraceModel

/// `spandrel render`: a screen as text, for tests and for reports of what went wrong.
@MainActor
enum RenderCommand {
    static func run(_ arguments: Arguments) async throws(Failure) -> Int32 {
        guard let size = arguments["--size"].flatMap({ Size($0) }) else {
            throw .usage("render wants --size COLSxROWS, as in --size 80x24")
        }
        let keys: [Key]
        do {
            keys = try Key.parse(arguments["--keys"] ?? "")
        } catch {
            throw .usage(error.description)
        }
        let sources = try arguments.sources()
        var theme = try Themes.load(arguments["--theme"])
        var options = JudgementOptions()
        // A picture changes nothing.
        options.isReadOnly = true
        if let author = arguments["--author"] { options.author = author }
        let state = ExplorerState(
            size: size, sourceName: SourceName.of(sources), themes: ThemeCatalog.names,
            review: try ReviewSetup(arguments, options))
        let store = JudgedStore(FileStore(sources, options: try Reading.options()), options)
        let session = Session(store, state)
        session.host.judge(in: store, by: options.author)
        session.host.changeTheme = { theme = try ThemeCatalog.load($0) }
        session.start()
        await session.settle()
        for key in keys {
            session.handle(.input(.key(key)))
            await session.settle()
        }
        let context = ViewContext(theme: theme, localTime: LocalTime.civil)
        print(ExplorerScreen.draw(session.state, context), withStyle: arguments.has("--style"))
        return session.state.traces.table.count == 0 ? 1 : 0
    }

    private static func print(_ screen: Screen, withStyle: Bool) {
        var lines = screen.lines
        if withStyle {
            let plane = screen.stylePlane
            lines += ["--- style"] + plane.rows + ["--- legend"] + plane.legend
        }
        Output.print(lines.joined(separator: "\n") + "\n")
    }
}

/// What a person would call what was opened.
enum SourceName {
    static func of(_ sources: [String]) -> String {
        guard sources.count == 1 else { return "\(sources.count) sources" }
        let source = sources[0]
        if source == "-" { return "standard input" }
        let trimmed = source.count > 1 && source.hasSuffix("/") ? String(source.dropLast()) : source
        return trimmed.split(separator: "/").last.map(String.init) ?? source
    }
}

enum Themes {
    static func load(_ name: String?) throws(Failure) -> Theme {
        do {
            return try ThemeCatalog.load(name ?? ThemeCatalog.initial)
        } catch {
            throw .usage(error.description)
        }
    }
}
