import Testing
import TraceFormats
import TraceModel

struct TimestampTests {
    @Test(
        "writes a time so that it reads back, to the microsecond",
        arguments: [
            0, 1_795_208_654_123_456_000, 951_782_400_000_001_000, -1_000, -86_400_000_000_000,
            4_102_444_799_999_999_000,
        ])
    func roundTrip(time: Int64) {
        #expect(Timestamp.parse(Timestamp.text(time)) == time)
    }

    @Test("writes UTC, whatever the time zone, and cuts what is finer")
    func text() {
        #expect(Timestamp.text(1_700_000_000_123_456_789) == "2023-11-14T22:13:20.123456+00:00")
    }
}
