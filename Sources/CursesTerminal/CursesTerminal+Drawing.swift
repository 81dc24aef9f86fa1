import CNcurses
package import Cells
import Glibc

extension CursesTerminal {
    /// Shows a screen. Only cells that differ from what is shown go to curses, and it sends only what differs there.
    package func draw(_ newScreen: Screen) {
        guard isIn else { return }
        let screen = isUTF8 ? newScreen : newScreen.transliteratedToASCII()
        let last = shown?.size == screen.size ? shown : nil
        if last == nil { erase() }
        let cells = screen.cells
        var index = 0
        for y in 0..<screen.size.rows {
            for x in 0..<screen.size.columns {
                defer { index += 1 }
                let cell = cells[index]
                if cell.text.isEmpty || cell == last?.cells[index] { continue }
                let isWide = x + 1 < screen.size.columns && cells[index + 1].text.isEmpty
                put(cell, x: Int32(x), y: Int32(y), width: isWide ? 2 : 1)
            }
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

    private func put(_ cell: Cell, x: Int32, y: Int32, width: Int32) {
        let look = pairs.look(of: cell.style)
        var count = 0
        for scalar in cell.text.unicodeScalars where count < scalars.count - 1 {
            scalars[count] = wchar_t(bitPattern: scalar.value)
            count += 1
        }
        scalars[count] = 0
        let first = UInt32(bitPattern: scalars[0])
        // Curses goes by the system's widths; where they are others than ours, a stand-in keeps the columns.
        if first < 0x80 || cncurses_width(first) == width,
            cncurses_put(y, x, scalars, look.attributes, look.pair) != ERR
        {
            return
        }
        scalars[0] = width == 2 ? 0x3013 : isUTF8 ? 0xFFFD : 0x3F
        scalars[1] = 0
        _ = cncurses_put(y, x, scalars, look.attributes, look.pair)
    }

    /// Draws everything anew at the next `draw`, whatever the terminal shows.
    package func forget() {
        shown = nil
        clearok(cncurses_screen(), true)
    }

    func resize() {
        guard isIn else { return }
        measure()
        forget()
        continuation.yield([.resize(size)])
    }

    /// Asks the terminal for its size, or, where it does not say, takes what curses has from its description.
    func measure() {
        var window = winsize()
        if ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            resizeterm(Int32(window.ws_row), Int32(window.ws_col))
        }
        size = Size(
            columns: max(1, Int(getmaxx(cncurses_screen()))), rows: max(1, Int(getmaxy(cncurses_screen()))))
    }
}
