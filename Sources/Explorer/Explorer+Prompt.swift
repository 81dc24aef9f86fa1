import Cells
import TraceModel

extension Explorer {
    static func pressInPrompt(_ key: Key, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard let prompt = state.prompt else { return }
        let history: [String] =
            switch prompt.purpose {
            case .search: state.searchHistory
            case .command: state.history
            case .filter: state.filterHistory
            case .weights: []
            }
        switch key {
        case .enter:
            state.prompt = nil
            accept(prompt, &state, &effects)
        case .escape, .control("c"):
            state.prompt = nil
            if prompt.purpose == .search { setNeedle(state.search.previous, &state) }
            state.preview = nil
            if prompt.purpose == .weights { _ = dropWeights(&state) }
        case .backspace where prompt.text.isEmpty:
            pressInPrompt(.escape, &state, &effects)
        case .up, .control("p"): state.prompt?.recall(history, by: -1)
        case .down, .control("n"): state.prompt?.recall(history, by: 1)
        case .tab, .backTab:
            guard prompt.purpose == .command else { break }
            let candidates = Completion.candidates(for: prompt.string, in: state)
            state.prompt?.complete(from: candidates, by: key == .tab ? 1 : -1)
        case .character(let character):
            state.prompt?.insert([character])
            promptChanged(&state)
        default:
            if state.prompt?.edit(key) == true { promptChanged(&state) }
        }
    }

    /// While a search is typed, names that match light up at once.
    static func promptChanged(_ state: inout ExplorerState) {
        guard let prompt = state.prompt else { return }
        switch prompt.purpose {
        case .search: setNeedle(SearchText(prompt.string), &state)
        case .filter: previewFilter(prompt.string, &state)
        case .weights: previewWeights(prompt.string, &state)
        case .command: break
        }
    }

    private static func accept(_ prompt: PromptState, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        switch prompt.purpose {
        case .search:
            if prompt.text.isEmpty {
                setNeedle(state.search.previous, &state)
            } else {
                startSearch(prompt.string, &state, &effects)
            }
        case .filter:
            state.preview = nil
            filter(by: prompt.string, &state)
        case .weights: acceptWeights(prompt.string, &state)
        case .command:
            let line = prompt.string.trimmed
            guard !line.isEmpty else { return }
            state.history.removeAll { $0 == line }
            state.history.append(line)
            run(line, &state, &effects)
        }
    }

    /// Runs a line as typed after `:`.
    private static func run(_ line: String, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        if Int(line) != nil {
            perform(.goto, count: nil, argument: line, &state, &effects)
            return
        }
        let words = line.split(separator: " ", maxSplits: 1)
        let name = String(words[0])
        guard let command = CommandTable.command(named: name, in: state.scope) else {
            let isKnown = CommandTable.all.contains { $0.id.rawValue == name }
            let text = isKnown ? ":\(name) is not for this view" : "no command :\(name); ? shows them"
            state.message = .init(text: text, isError: true)
            return
        }
        let argument = words.count > 1 ? String(words[1]).trimmed : nil
        perform(command.id, count: nil, argument: argument, &state, &effects)
    }
}

extension String {
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
