import CNcurses
import Cells
import Dispatch
import Glibc

extension CursesTerminal {
    /// Wakes without a key after which the terminal counts as lost.
    private static let patience = 64

    func readKeys() {
        guard isIn else { return }
        var code = wint_t()
        var events: [InputEvent] = []
        var isEmpty = true
        while true {
            let kind = get_wch(&code)
            guard kind != ERR else { break }
            isEmpty = false
            if kind == KEY_CODE_YES {
                if let key = Key(code: Int32(bitPattern: code)) { events += decoder.take(.key(key)) }
            } else if let scalar = Unicode.Scalar(code) {
                events += decoder.take(.character(scalar))
            }
        }
        send(events)
        emptyWakes = isEmpty ? emptyWakes + 1 : 0
        // A line that was hung up is readable for ever and has nothing to read.
        if isEmpty, isHungUp || emptyWakes > Self.patience { return end(by: SIGHUP) }
        wait()
    }

    private func wait() {
        guard let patience = decoder.patience else { return }
        waits += 1
        let wait = waits
        DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(patience)) {
            MainActor.assumeIsolated { if wait == self.waits { self.send(self.decoder.flush()) } }
        }
    }

    private var isHungUp: Bool {
        var check = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&check, 1, 0) > 0 && check.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    }

    private func send(_ events: [InputEvent]) {
        if !events.isEmpty { continuation.yield(events) }
    }
}
