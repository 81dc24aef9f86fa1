import CNcurses
import CTerminalGuard
package import Cells
import Dispatch
import Glibc

/// The terminal: the only caller of curses. Draws screens by what differs from the last one, and reads keys.
@MainActor
package final class CursesTerminal {
    /// What comes from the terminal, until it is gone or the program is told to end.
    package let events: AsyncStream<InputEvent>
    package private(set) var size = Size(columns: 80, rows: 24)
    /// How many colours it has; 0 where none are wanted or known.
    package private(set) var colors = 0
    package let isUTF8: Bool

    private let continuation: AsyncStream<InputEvent>.Continuation
    private let input: Int32
    private let output: Int32
    private var shown: Screen?
    private var pairs = StylePairs()
    private var decoder = InputDecoder()
    private var sources: [any DispatchSourceProtocol] = []
    private var isIn = false
    /// Of the newest wait after an escape; an older one has nothing to say any more.
    private var pauses = 0

    /// After an escape, so long for the rest of a sequence.
    private static let escapePause = DispatchTimeInterval.milliseconds(25)
    private static let enterModes = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h\u{1B}[?2004h"
    private static let leaveModes = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?2004l"

    package init() throws(TerminalError) {
        (events, continuation) = AsyncStream.makeStream()
        guard isatty(STDOUT_FILENO) == 1 else {
            throw TerminalError(description: "standard output is no terminal; ls, show and render work without one")
        }
        output = STDOUT_FILENO
        // Traces may come through standard input; keys then come from the terminal itself.
        input = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard input >= 0 else { throw TerminalError(description: "there is no terminal to read keys from") }
        isUTF8 = String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
        cterminal_guard_start(input)
        set_escdelay(25)
        guard let outFile = fdopen(dup(output), "w"), let inFile = fdopen(dup(input), "r"),
            newterm(nil, outFile, inFile) != nil
        else {
            cterminal_guard_pause()
            let name = getenv("TERM").map { String(cString: $0) } ?? ""
            throw TerminalError(description: "the terminal \"\(name)\" is not known here; set TERM, as in TERM=xterm")
        }
        startColors()
        enter()
        watch()
    }

    private func startColors() {
        let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        guard !isPlain, has_colors() else { return }
        start_color()
        use_default_colors()
        colors = Int(cncurses_colors())
    }

    private func enter() {
        raw()
        noecho()
        nonl()
        keypad(cncurses_screen(), true)
        nodelay(cncurses_screen(), true)
        curs_set(0)
        send(Self.enterModes)
        isIn = true
        cterminal_guard_resume()
        measure()
    }

    /// Gives the terminal back. May be called twice.
    package func leave() {
        guard isIn else { return }
        isIn = false
        for source in sources { source.cancel() }
        sources = []
        send(Self.leaveModes)
        curs_set(1)
        endwin()
        cterminal_guard_pause()
        continuation.finish()
    }

    // MARK: Drawing

    /// Shows a screen. Only cells that differ from what is shown go to curses, and it sends only what differs there.
    package func draw(_ newScreen: Screen) {
        guard isIn else { return }
        let screen = isUTF8 ? newScreen : newScreen.transliteratedToASCII()
        let last = shown?.size == screen.size ? shown : nil
        if last == nil { erase() }
        let columns = screen.size.columns
        for index in screen.cells.indices {
            let cell = screen.cells[index]
            if cell.text.isEmpty || cell == last?.cells[index] { continue }
            put(cell, x: index % columns, y: index / columns, isWide: isWide(screen, index))
        }
        if let cursor = screen.cursor {
            move(Int32(cursor.y), Int32(cursor.x))
            curs_set(1)
        } else {
            curs_set(0)
        }
        refresh()
        shown = screen
    }

    private func isWide(_ screen: Screen, _ index: Int) -> Bool {
        index + 1 < screen.cells.count && screen.cells[index + 1].text.isEmpty
    }

    private func put(_ cell: Cell, x: Int, y: Int, isWide: Bool) {
        var scalars: [wchar_t] = cell.text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
        // Curses goes by the system's widths; where they are others than ours, a stand-in keeps the columns.
        if let first = cell.text.unicodeScalars.first, first.value >= 128,
            cncurses_width(first.value) != (isWide ? 2 : 1)
        {
            scalars = [isWide ? 0x3013 : 0xFFFD]
        }
        scalars.append(0)
        let pair = colors > 0 ? pairs.pair(for: cell.style) : 0
        _ = cncurses_put(Int32(y), Int32(x), scalars, StylePairs.attributes(of: cell.style), pair)
    }

    /// Draws everything anew at the next `draw`, whatever the terminal shows.
    package func forget() {
        shown = nil
        clearok(cncurses_screen(), true)
    }

    // MARK: Events

    private func watch() {
        let keys = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
        keys.setEventHandler { MainActor.assumeIsolated { self.readKeys() } }
        keys.activate()
        sources.append(keys)
        on(SIGWINCH) { $0.resize() }
        for number in [SIGTERM, SIGHUP, SIGINT] { on(number) { $0.leave() } }
    }

    private func on(_ number: Int32, _ body: @escaping @MainActor (CursesTerminal) -> Void) {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
        source.setEventHandler { MainActor.assumeIsolated { body(self) } }
        source.activate()
        sources.append(source)
    }

    private func readKeys() {
        guard isIn else { return }
        guard isTerminalThere else {
            leave()
            return
        }
        var code = wint_t()
        while true {
            let kind = get_wch(&code)
            guard kind != ERR else { break }
            if kind == KEY_CODE_YES {
                if let key = Self.key(Int32(bitPattern: code)) { send(decoder.take(.key(key))) }
            } else if let scalar = Unicode.Scalar(code) {
                send(decoder.take(.character(scalar)))
            }
        }
        guard decoder.isPending else { return }
        pauses += 1
        let pause = pauses
        DispatchQueue.main.asyncAfter(deadline: .now() + Self.escapePause) {
            MainActor.assumeIsolated { if pause == self.pauses { self.send(self.decoder.flush()) } }
        }
    }

    /// A line that was hung up reads as ended for ever.
    private var isTerminalThere: Bool {
        var check = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        poll(&check, 1, 0)
        return check.revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0
    }

    private func send(_ events: [InputEvent]) {
        for event in events { continuation.yield(event) }
    }

    private func resize() {
        guard isIn else { return }
        measure()
        forget()
        continuation.yield(.resize(size))
    }

    private func measure() {
        var window = winsize()
        if ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            size = Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
            resizeterm(Int32(size.rows), Int32(size.columns))
        }
    }

    private static func key(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_HOME: .home
        case KEY_END: .end
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_IC: .insert
        case KEY_BTAB: .backTab
        case KEY_ENTER: .enter
        case KEY_F0...(KEY_F0 + 24): .function(Int(code - KEY_F0))
        default: nil
        }
    }

    // MARK: Beside drawing

    /// Stops the program as Ctrl-Z does elsewhere; returns when the shell has brought it back.
    package func suspend() {
        guard isIn else { return }
        send(Self.leaveModes)
        curs_set(1)
        endwin()
        cterminal_guard_pause()
        signal(SIGTSTP, SIG_DFL)
        kill(0, SIGTSTP)
        enter()
        forget()
        continuation.yield(.resize(size))
    }

    /// Puts text on the clipboard of the machine that the terminal runs on (OSC 52). False where it is longer than
    /// terminals take.
    package func copy(_ encoded: String) -> Bool {
        guard isIn, encoded.utf8.count <= 100_000 else { return false }
        send("\u{1B}]52;c;\(encoded)\u{07}")
        return true
    }

    private func send(_ sequence: String) {
        var rest = Array(sequence.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR && errno != EAGAIN { return }
        }
    }
}
