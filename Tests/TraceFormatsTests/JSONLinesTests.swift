import Testing
import TraceFixtures

@testable import TraceFormats

@Suite("Lines that are indexed all at once")
struct JSONLinesTests {
    private static let lines: [[UInt8]] =
        [
            #"{"a":{"b":[1,2,{"c":null}]},"d":"x\"}y"}"#, #"[{"a":1},{"a":2}]"#, #"{}"#, "", "   ", "\r",
            #"Event logged: {"a":1}"#, "it says \"half a quote", "{\"a\":\"tab\there\"}", #"{"a":1}}"#, #"{"a":[1}"#,
            #"{"a":"#, #"{"a":"cut"#, #"{}{"#, #"{"é":"物語"}"#, "7", "\"text\"", "]", #"{"a":1} x"#, #"\"#,
        ].map { Array($0.utf8) } + [[0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], [0x7B, 0x22, 0xE7]]

    /// A line, what stands at its start, and how much of it is JSON.
    private struct Read: Equatable {
        var place: Range<Int>
        var json: String
        var texts: [String]
        var outcome: JSONDocument.Outcome

        init(_ place: Range<Int>, _ value: JSONView, _ outcome: JSONDocument.Outcome) {
            self.place = place
            json = value.json
            texts = value.fields.map { "\($0.key) \($0.value.json)" }
            self.outcome = outcome
        }
    }

    private func together(_ text: [UInt8]) -> [Read] {
        var read: [Read] = []
        text.withUnsafeBytes { bytes in
            let lines = JSONLines()
            #expect(lines.index(bytes, at: 1000, isLast: true) == bytes.count)
            lines.forEach { line in
                let start = Int(line.place.offset) - 1000
                #expect(line.isUnended == (start + line.bytes.count == bytes.count))
                read.append(Read(start..<start + line.bytes.count, line.value, line.outcome))
            }
        }
        return read
    }

    private func oneByOne(_ text: [UInt8]) -> [Read] {
        var read: [Read] = []
        var start = 0
        for line in text.split(separator: 10, omittingEmptySubsequences: false) {
            defer { start += line.count + 1 }
            if start == text.count { continue }
            Array(line).withUnsafeBytes { bytes in
                JSONDocument().read(bytes) { read.append(Read(start..<start + line.count, $0, $1)) }
            }
        }
        return read
    }

    @Test("say what each says by itself, whatever stands around them")
    func sameAsAlone() {
        var random = SeededGenerator(seed: 7)
        for round in 0..<400 {
            // Now and then all of them can be indexed at once.
            let choice = round % 2 == 0 ? Self.lines : Array(Self.lines[..<7])
            let count = Int.random(in: 1...12, using: &random)
            var text = Array((0..<count).map { _ in choice.randomElement(using: &random)! }.joined(separator: [10]))
            if Bool.random(using: &random) { text.append(10) }
            #expect(together(text) == oneByOne(text), "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test("end with the last line end while more may follow, and begin behind a byte order mark")
    func ends() {
        let text = Array("\u{FEFF}{\"a\":1}\n{\"b\":2}\n{\"c\"".utf8)
        text.withUnsafeBytes { bytes in
            let lines = JSONLines()
            #expect(lines.index(bytes, at: 0, isLast: false) == bytes.count - 4)
            var places: [UInt64] = []
            lines.forEach { places.append($0.place.offset) }
            #expect(places == [3, 11])
            #expect(lines.index(UnsafeRawBufferPointer(rebasing: bytes[..<5]), at: 0, isLast: false) == 0)
            #expect(lines.count == 0)
        }
    }
}
