/// A comment or a corrected output while it is written.
package struct WritingState: Sendable, Equatable {
    package enum Purpose: Sendable { case comment, correction }

    package let purpose: Purpose
    /// What it is of; the words are put in when it is done.
    package let request: JudgementRequest
    package internal(set) var area = TextArea()
    /// As it was before anybody typed.
    package internal(set) var original = ""
    /// What there was has not come yet, and nothing was typed.
    package internal(set) var isWaiting = true
    /// Esc was pressed once.
    package internal(set) var isLeaving = false

    init(_ purpose: Purpose, _ request: JudgementRequest) {
        self.purpose = purpose
        self.request = request
    }
}
