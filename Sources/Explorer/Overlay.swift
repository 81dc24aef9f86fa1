/// A page of text over the view: help, or a list of problems or of what is pending.
package struct Overlay: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case help(Command.Scope)
        case problems
        case pending
    }

    package let content: Content
    package internal(set) var top = 0

    package init(_ content: Content) {
        self.content = content
    }
}
