/// What comes from the terminal.
package enum InputEvent: Sendable, Equatable {
    case key(Key)
    case paste(String)
    case mouse(Mouse)
    case resize(Size)
}

/// A press, a turn of the wheel, or a release.
package struct Mouse: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        case press, release, drag, scrollUp, scrollDown
    }

    package var action: Action
    package var position: Position

    package init(_ action: Action, at position: Position) {
        self.action = action
        self.position = position
    }
}
