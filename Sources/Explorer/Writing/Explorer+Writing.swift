import Cells

extension Explorer {
    /// Opens the text area for a comment on, or the corrected output of, what the cursor is on.
    static func write(
        _ purpose: WritingState.Purpose, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]
    ) {
        guard let request = request(.note, &state) else { return }
        state.writing = WritingState(purpose, request)
        effects.append(.readDraft(purpose, request))
    }

    static func pressInWriting(_ key: Key, _ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        let wasLeaving = state.writing?.isLeaving ?? false
        state.writing?.isLeaving = false
        switch key {
        case .control("d"): finishWriting(&state, &effects)
        case .escape:
            if wasLeaving { finishWriting(&state, &effects) } else { state.writing?.isLeaving = true }
        case .control("c"):
            state.writing = nil
            state.say("nothing was kept")
        case .control("e"): if let text = state.writing?.area.text { effects.append(.edit(text)) }
        case .control("z"): effects.append(.suspend)
        case .control("l"): effects.append(.redraw)
        default:
            let width = WritingLayout(state).text.width
            if state.writing?.area.edit(key, width: width) == true { state.writing?.isWaiting = false }
        }
    }

    /// Keeps what was written, where it is another text than there was.
    private static func finishWriting(_ state: inout ExplorerState, _ effects: inout [ExplorerEffect]) {
        guard let writing = state.writing else { return }
        state.writing = nil
        let text = writing.area.text.trimmed
        guard !writing.isWaiting, text != writing.original.trimmed else { return state.say("nothing has changed") }
        var request = writing.request
        switch writing.purpose {
        case .comment: request.comment = text
        case .correction: request.correction = text
        }
        judge(request, &state, &effects)
    }

    /// What there was before comes in, unless somebody types already.
    static func takeDraft(_ text: String, for request: JudgementRequest, _ state: inout ExplorerState) {
        guard state.writing?.request == request, state.writing?.isWaiting == true else { return }
        state.writing?.area = TextArea(text)
        state.writing?.original = text
        state.writing?.isWaiting = false
    }

    /// What the person's own editor made of it.
    static func takeEdited(_ text: String?, _ state: inout ExplorerState) {
        guard let text, state.writing != nil else { return }
        state.writing?.area = TextArea(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        state.writing?.isWaiting = false
    }
}
