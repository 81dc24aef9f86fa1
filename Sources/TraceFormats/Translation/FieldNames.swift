/// Names of fields, told by their bytes.
package struct FieldNames: ExpressibleByArrayLiteral, Sendable {
    private var names: [StaticString]

    package init(arrayLiteral names: StaticString...) {
        self.names = names
    }

    package mutating func add(_ names: StaticString...) { self.names += names }

    func contains(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { contains($0) }
    }

    func contains(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        for known in names where JSONCursor.equal(name, known) { return true }
        return false
    }
}
