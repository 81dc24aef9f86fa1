/// A page of text over the view: help, or a list of problems.
package struct Overlay: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case help(Command.Scope)
        case problems
    }

    package let content: Content
    package internal(set) var top = 0

    package init(_ content: Content) {
        self.content = content
    }
}
