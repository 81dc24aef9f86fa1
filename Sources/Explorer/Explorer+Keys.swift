import Cells

extension Explorer {
    /// A count no larger than any list.
    private static let largestCount = 9

    static func press(_ key: Key, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        if state.prompt != nil {
            pressInPrompt(key, &state, &effects)
            return
        }
        state.message = nil
        if answerBulk(key, &state, &effects) { return }
        if state.writing != nil {
            pressInWriting(key, &state, &effects)
            return
        }
        if state.overlay != nil {
            pressInOverlay(key, &state, &effects)
            return
        }
        if state.view == .review, answerQuestion(key, &state, &effects) { return }
        if let waiting = state.pending.command {
            state.pending = PendingKeys()
            if case .character(let letter) = key {
                perform(waiting, count: nil, argument: String(letter), &state, &effects)
            }
            return
        }
        if case .character(let digit) = key, takes(digit, state) {
            state.pending.digits.append(digit)
            return
        }
        let count = state.pending.digits.isEmpty ? nil : Int(state.pending.digits)
        state.pending = PendingKeys()
        guard let command = CommandTable.command(for: key, in: state.scope) else {
            if key != .escape {
                state.message = .init(text: "\(key.label) does nothing here; ? shows the keys", isError: false)
            }
            return
        }
        if key == .backTab, command.id == .nextPane {
            perform(command.id, count: -1, argument: nil, &state, &effects)
        } else if command.id == .grade, case .character(let digit) = key {
            perform(.grade, count: nil, argument: String(digit), &state, &effects)
        } else {
            perform(command.id, count: count, argument: nil, &state, &effects)
        }
    }

    /// Whether a digit belongs to a count. A digit that names another view goes there, unless a count has begun; a count
    /// that starts with such a digit is begun with 0.
    private static func takes(_ digit: Character, _ state: ExplorerState) -> Bool {
        guard digit.isASCII, digit.isNumber, state.pending.digits.count < largestCount else { return false }
        guard state.pending.digits.isEmpty else { return true }
        guard let command = CommandTable.command(for: .character(digit), in: state.scope) else { return true }
        return command.id == state.view.command
    }

    private static func pressInOverlay(_ key: Key, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let command = CommandTable.command(for: key, in: .traces)
        let page = max(1, state.size.rows - 4)
        switch command?.id {
        case .down: state.overlay?.top += 1
        case .up: state.overlay?.top -= 1
        case .halfPageDown: state.overlay?.top += page / 2
        case .halfPageUp: state.overlay?.top -= page / 2
        case .pageDown: state.overlay?.top += page
        case .pageUp: state.overlay?.top -= page
        case .top: state.overlay?.top = 0
        case .bottom: state.overlay?.top = .max / 2
        case .quit?, .suspend?, .redraw?:
            if let id = command?.id { perform(id, count: nil, argument: nil, &state, &effects) }
        default: state.overlay = nil
        }
        guard let overlay = state.overlay else { return }
        let lines = OverlayText.lines(overlay.content, state).count
        state.overlay?.top = max(0, min(overlay.top, lines - (state.size.rows - 2)))
    }

    static func point(_ mouse: Mouse, _ state: inout ExplorerState) {
        let layout = state.layout
        let list = layout.list
        switch mouse.action {
        case .scrollUp, .scrollDown:
            let rows = mouse.action == .scrollUp ? -3 : 3
            if state.view == .live { return state.live.move(toRow: state.live.cursor + rows) }
            if state.view == .review { return scrollReview(by: rows, &state) }
            if state.view == .rewards { return state.rewards.move(toRow: state.rewards.cursorRow + rows) }
            if let top = state.trees.indices.last, state.isTreeInFront {
                if layout.pane.contains(mouse.position) {
                    state.trees[top].pane.outline.scroll(by: rows, height: layout.pane.height)
                } else {
                    state.trees[top].outline.scroll(by: rows, height: list.height)
                }
            } else {
                state.traces.move(toRow: state.traces.cursor + rows)
            }
        case .press:
            if state.view == .review { return pointInReview(mouse.position, &state) }
            if let top = state.trees.indices.last, state.isTreeInFront {
                if list.contains(mouse.position) {
                    state.trees[top].focus = .tree
                    state.trees[top].outline.move(toRow: state.trees[top].outline.top + mouse.position.y - list.y)
                } else if layout.pane.contains(mouse.position) {
                    state.trees[top].focus = .span
                    let row = state.trees[top].pane.outline.top + mouse.position.y - layout.pane.y
                    state.trees[top].pane.outline.move(toRow: row)
                }
            } else if list.contains(mouse.position), state.view == .rewards {
                let top = state.rewards.opened?.top ?? state.rewards.top
                state.rewards.move(toRow: top + mouse.position.y - list.y)
            } else if list.contains(mouse.position) {
                state.traces.move(toRow: state.traces.top + mouse.position.y - list.y)
            }
        default:
            break
        }
    }
}
