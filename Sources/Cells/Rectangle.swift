/// A cell's place, from 0 at the top left.
package struct Position: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// A part of the screen. Its parts never reach out of it, however much is asked for.
package struct Rectangle: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    package var isEmpty: Bool { width == 0 || height == 0 }

    package func contains(_ position: Position) -> Bool {
        position.x >= x && position.x < x + width && position.y >= y && position.y < y + height
    }

    package func top(_ rows: Int) -> Rectangle {
        Rectangle(x: x, y: y, width: width, height: min(rows, height))
    }

    package func droppingTop(_ rows: Int) -> Rectangle {
        let dropped = max(0, min(rows, height))
        return Rectangle(x: x, y: y + dropped, width: width, height: height - dropped)
    }

    package func bottom(_ rows: Int) -> Rectangle {
        droppingTop(height - max(0, rows))
    }

    package func droppingBottom(_ rows: Int) -> Rectangle {
        top(height - max(0, rows))
    }
}
