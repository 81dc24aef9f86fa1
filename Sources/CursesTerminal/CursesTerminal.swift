import CNcurses
import CTerminalGuard
package import Cells
import Dispatch
import Glibc

/// The terminal: the only caller of curses. Draws screens by what differs from the last one, and reads keys.
///
/// A class, and one a program: curses itself is one piece of shared state, kept to the main actor here.
@MainActor
package final class CursesTerminal {
    /// What comes from the terminal, until it is gone or the program is told to end. What came together is handed over
    /// together: one screen after it is enough, and keys that come faster than screens do not pile up.
    package let events: AsyncStream<[InputEvent]>
    package internal(set) var size = Size(columns: 80, rows: 24)
    /// How many colours it has; 0 where none are wanted or known.
    package let colors: Int
    package let isUTF8: Bool
    /// The signal that told the program to end, or that the terminal was lost; nothing after `leave`.
    package private(set) var endedBy: Int32?

    let continuation: AsyncStream<[InputEvent]>.Continuation
    let input: Int32
    let output: Int32
    private(set) var isIn = false

    var shown: Screen?
    var pairs: StylePairs
    /// Room for a cell's scalars and the zero that ends them.
    var scalars = [wchar_t](repeating: 0, count: 6)

    var decoder = InputDecoder()
    /// Of the newest wait for the rest of a sequence; an older one has nothing to say any more.
    var waits = 0
    /// Wakes in a row that brought nothing.
    var emptyWakes = 0
    private var sources: [any DispatchSourceProtocol] = []

    private static let enterModes = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h\u{1B}[?2004h"
    private static let leaveModes = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l\u{1B}[?2004l"

    /// Takes the terminal over. The locale must have been set before.
    package init() throws(TerminalError) {
        guard isatty(STDOUT_FILENO) == 1 else {
            throw TerminalError(description: "standard output is no terminal; ls, show and render work without one")
        }
        output = STDOUT_FILENO
        // Traces may come through standard input; keys then come from the terminal itself.
        input = isatty(STDIN_FILENO) == 1 ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard input >= 0 else { throw TerminalError(description: "there is no terminal to read keys from") }
        isUTF8 = String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"
        cterminal_guard_start(input, output)
        guard let outFile = fdopen(dup(output), "w"), let inFile = fdopen(dup(input), "r"),
            newterm(nil, outFile, inFile) != nil
        else { throw .unknown(getenv("TERM").map { String(cString: $0) } ?? "") }
        guard Self.capability("cup") != nil else {
            endwin()
            throw .unknown(getenv("TERM").map { String(cString: $0) } ?? "")
        }
        (events, continuation) = AsyncStream.makeStream()
        colors = Self.startColors()
        pairs = StylePairs(colors: colors)
        set_escdelay(25)
        // Mouse reports are read as they come, also where the description has a key for how they begin.
        define_key(nil, KEY_MOUSE)
        enter()
        watch()
    }

    private static func startColors() -> Int {
        let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        guard !isPlain, has_colors() else { return 0 }
        start_color()
        use_default_colors()
        return Int(cncurses_colors())
    }

    /// Puts the terminal, which may have been anything in between, into full-screen mode.
    func enter() {
        raw()
        noecho()
        nonl()
        keypad(cncurses_screen(), true)
        nodelay(cncurses_screen(), true)
        curs_set(0)
        write(Self.enterModes)
        cterminal_guard_arm(Self.leaveModes + Self.endSequence)
        isIn = true
        measure()
    }

    /// What curses sends to give the terminal back, for when it cannot any more.
    private static var endSequence: String {
        ["sgr0", "rmkx", "cnorm", "rmcup"].compactMap { capability($0) }.joined() + "\r\n"
    }

    /// A string of the terminal's description, without the pauses that old terminals need in it.
    private static func capability(_ name: String) -> String? {
        guard let text = cncurses_capability(name) else { return nil }
        var isInPause = false
        var plain = ""
        for character in String(cString: text) {
            if character == "<", plain.last == "$" {
                plain.removeLast()
                isInPause = true
            } else if !isInPause {
                plain.append(character)
            } else if character == ">" {
                isInPause = false
            }
        }
        return plain
    }

    /// Back to the shell's screen; `enter` undoes it.
    func stepOut() {
        isIn = false
        write(Self.leaveModes)
        curs_set(1)
        endwin()
        cterminal_guard_disarm()
    }

    /// Gives the terminal back and ends `events`. May be called twice.
    package func leave() {
        guard isIn else { return }
        for source in sources { source.cancel() }
        sources = []
        stepOut()
        continuation.finish()
    }

    func end(by number: Int32) {
        guard isIn else { return }
        endedBy = number
        leave()
    }

    private func watch() {
        let keys = DispatchSource.makeReadSource(fileDescriptor: input, queue: .main)
        keys.setEventHandler { MainActor.assumeIsolated { self.readKeys() } }
        keys.activate()
        sources.append(keys)
        on(SIGWINCH) { $0.resize() }
        // Curses' own handler does in it what no handler may.
        signal(SIGTSTP, SIG_DFL)
        on(SIGCONT) { $0.resume() }
        for number in [SIGTERM, SIGHUP, SIGINT] { on(number) { $0.end(by: number) } }
    }

    private func on(_ number: Int32, _ body: @escaping @MainActor (CursesTerminal) -> Void) {
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
        source.setEventHandler { MainActor.assumeIsolated { body(self) } }
        source.activate()
        sources.append(source)
    }

    /// Sends a control sequence past curses, which holds nothing back between two draws.
    func write(_ sequence: String) {
        var sequence = sequence
        sequence.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Glibc.write(output, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
            }
        }
    }
}
