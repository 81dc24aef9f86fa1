/// What a model was sent that it had not been sent by an earlier call, and the other way round.
package struct ConversationDifference: Sendable {
    package enum Row: Sendable {
        /// Messages that both calls were sent.
        case kept([Conversation.Message])
        case added(Conversation.Message)
        case removed(Conversation.Message)
        case changed(Conversation.Message, WordDifference)
    }

    package private(set) var rows: [Row] = []

    package init(from old: Conversation, to new: Conversation) {
        let old = old.messages.filter { !$0.isOutput }
        let new = new.messages.filter { !$0.isOutput }
        // Conversations too different for a script are compared by position alone.
        let runs =
            EditScript(from: old, to: new)?.runs
            ?? [EditScript.Run(old: old.indices, new: new.indices, isKept: false)]
        for run in runs {
            if run.isKept {
                rows.append(.kept(Array(new[run.new])))
            } else {
                change(Array(old[run.old]), into: Array(new[run.new]))
            }
        }
    }

    /// Within a run, messages of one role follow each other: the first that was with the first that is.
    private mutating func change(_ old: [Conversation.Message], into new: [Conversation.Message]) {
        var rest = old[...]
        for message in new {
            guard let at = rest.firstIndex(where: { $0.role == message.role }) else {
                rows.append(.added(message))
                continue
            }
            for gone in rest[..<at] { rows.append(.removed(gone)) }
            let before = rest[at].text
            rest = rest[(at + 1)...]
            rows.append(.changed(message, WordDifference(from: before, to: message.text)))
        }
        for gone in rest { rows.append(.removed(gone)) }
    }
}
