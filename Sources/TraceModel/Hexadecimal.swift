/// Hex digits to numbers and back, as ids are written.
package enum Hexadecimal {
    /// The value of 1 to 16 hex digits in either case; nothing for anything else.
    package static func value(of digits: UnsafeBufferPointer<UInt8>) -> UInt64? {
        let raw = UnsafeRawBufferPointer(digits)
        if raw.count == 16 {
            guard let high = half(raw.loadUnaligned(as: UInt64.self)),
                let low = half(raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            else { return nil }
            return high << 32 | low
        }
        guard !digits.isEmpty, digits.count < 16 else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard let nibble = nibble(digit) else { return nil }
            value = value << 4 | UInt64(nibble)
        }
        return value
    }

    package static func value(of text: String) -> UInt64? {
        var text = text
        return text.withUTF8 { value(of: $0) }
    }

    /// Eight digits at once: each is worked out beside the others within one word.
    private static func half(_ digits: UInt64) -> UInt64? {
        let digits = UInt64(bigEndian: digits)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high = ones &* 0x80
        // In each byte the top bit says whether it is in a range; letters are taken in lower case.
        let isASCII = ~digits & high
        let low = digits & ~high
        let folded = low | ones &* 0x20
        let isDigit = (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x3A))
        let isLetter = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x67))
        guard isASCII & (isDigit | isLetter) == high else { return nil }
        // A letter is 9 more than its low four bits.
        var value = (digits & (ones &* 0x0F)) &+ ((isLetter & high) >> 7) &* 9
        value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
        value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
        return (value | value >> 16) & 0xFFFF_FFFF
    }

    /// 16 lower-case digits.
    package static func string(of value: UInt64) -> String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            for index in 0..<16 {
                let nibble = UInt8(truncatingIfNeeded: value >> UInt64(60 - index * 4)) & 15
                buffer[index] = nibble < 10 ? 48 + nibble : 87 + nibble
            }
            return 16
        }
    }

    /// The value of one digit.
    package static func nibble(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
}
