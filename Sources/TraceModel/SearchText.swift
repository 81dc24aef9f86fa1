/// Text to look for: plain characters, in any case unless it has a capital ("smart case", as in vim and less).
package struct SearchText: Sendable, Hashable {
    package let text: String
    package let isCaseSensitive: Bool
    private let folded: [UInt8]

    /// Nothing for an empty text, which would match everything.
    package init?(_ text: String) {
        guard !text.isEmpty else { return nil }
        self.text = text
        isCaseSensitive = text.contains { $0.isUppercase }
        folded = Array((isCaseSensitive ? text : text.lowercased()).utf8)
    }

    package func matches(_ string: String) -> Bool {
        var string = string
        return string.withUTF8 { matches($0) }
    }

    /// Whether these bytes of UTF-8 have the text in them. Case is folded for ASCII at once, and for the rest only
    /// where there is any.
    package func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= folded.count || !isCaseSensitive else { return false }
        if isCaseSensitive { return find(in: bytes, folding: false) }
        if find(in: bytes, folding: true) { return true }
        guard folded.contains(where: { $0 >= 0x80 }) else { return false }
        return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
            .withUnsafeBufferPointer { find(in: $0, folding: false) }
    }

    private func find(in bytes: UnsafeBufferPointer<UInt8>, folding: Bool) -> Bool {
        let last = bytes.count - folded.count
        guard last >= 0 else { return false }
        return folded.withUnsafeBufferPointer { folded in
            let first = folded[0]
            var start = 0
            while start <= last {
                if Self.fold(bytes[start], folding) == first {
                    var index = 1
                    while index < folded.count, Self.fold(bytes[start + index], folding) == folded[index] { index += 1 }
                    if index == folded.count { return true }
                }
                start += 1
            }
            return false
        }
    }

    @inline(__always)
    private static func fold(_ byte: UInt8, _ folding: Bool) -> UInt8 {
        folding && byte >= 65 && byte <= 90 ? byte | 32 : byte
    }
}
