import Testing
import TraceModel

@Suite("Ids")
struct IdentifierTests {
    @Test("of traces read hex of either case, and less than 32 digits as the low end")
    func traces() {
        let id = TraceID(high: 0x0102_0304_0506_0708, low: 0xA90A_0B0C_0D0E_0F10)
        #expect(TraceID(hex: "0102030405060708a90a0b0c0d0e0f10") == id)
        #expect(TraceID(hex: "0102030405060708A90A0B0C0D0E0F10") == id)
        #expect("\(id)" == "0102030405060708a90a0b0c0d0e0f10")
        #expect(TraceID(hex: "ff") == TraceID(high: 0, low: 255))
        #expect(TraceID(hex: "10000000000000000") == TraceID(high: 1, low: 0))
        #expect(TraceID(high: 1, low: 0) > TraceID(high: 0, low: .max))
    }

    @Test("refuse what is no hex or too long", arguments: ["", "x", "0g", "-1", "+f", " 1", "é"])
    func refused(_ text: String) {
        #expect(TraceID(hex: text) == nil)
        #expect(SpanID(hex: text) == nil)
        #expect(TraceID(hex: String(repeating: "0", count: 33)) == nil)
        #expect(SpanID(hex: String(repeating: "0", count: 17)) == nil)
    }

    @Test("of spans come back as they are written", arguments: [0, 1, 0xABCD, UInt64.max])
    func spans(_ value: UInt64) {
        let id = SpanID(value)
        #expect("\(id)".count == 16)
        #expect(SpanID(hex: "\(id)") == id)
        #expect(id.isZero == (value == 0))
    }
}
