import Testing
import TraceAnalysis

@Suite struct FiguresTests {
    @Test(
        "tells durations in at most six columns",
        arguments: [
            (0, "0"), (999, "999ns"), (1_000, "1µs"), (2_000_000, "2.0ms"), (12_345_678, "12ms"),
            (38_149_000_000, "38.1s"),
            (59_999_999_999, "59.9s"), (60_000_000_000, "1m00"), (124_000_000_000, "2m04"),
            (18_420_000_000_000, "5h07"),
            (266_400_000_000_000, "3d02h"), (-2_000_000, "-2.0ms"), (.max, "106751d"), (.min, "-106751d"),
        ] as [(Int64, String)])
    func durations(nanoseconds: Int64, text: String) {
        #expect(Figures.duration(nanoseconds) == text)
    }

    @Test(
        "tells counts",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1.0k"), (18_449, "18.4k"), (99_999, "99.9k"), (123_456, "123k"),
            (2_149_000, "2.1M"), (-5, "-5"), (.min, "-9223372036G"),
        ] as [(Int, String)])
    func counts(number: Int, text: String) {
        #expect(Figures.count(number) == text)
    }

    @Test("groups digits", arguments: [(0, "0"), (999, "999"), (12_847, "12,847"), (-1_234_567, "-1,234,567")])
    func grouped(number: Int, text: String) {
        #expect(Figures.grouped(number) == text)
    }

    @Test(
        "tells dollars",
        arguments: [
            (0, "0.00"), (0.21, "0.21"), (0.0042, "0.004"), (0.0001, "<.001"), (12.4, "12.40"), (1_200, "1.2k"),
            (-0.5, "-0.50"),
            (.nan, "?"), (.infinity, "?"),
        ] as [(Double, String)])
    func dollars(amount: Double, text: String) {
        #expect(Figures.dollars(amount) == text)
    }

    @Test(
        "tells rewards, absurd ones as well",
        arguments: [
            (0, "0.0"), (0.82, ".82"), (0.05, ".05"), (1, "1.0"), (0.999, "1.0"), (7, "1.0"), (-3, "0.0"),
            (1e300, "1.0"),
            (-.infinity, "0.0"), (.infinity, "1.0"), (.nan, "?"),
        ] as [(Double, String)])
    func rewards(value: Double, text: String) {
        #expect(Figures.reward(value) == text)
    }

    @Test(
        "tells sizes",
        arguments: [(0, "0 B"), (999, "999 B"), (4_230_000, "4.2 MB"), (1_100_000_000, "1.1 GB"), (.max, "9223372 TB")]
            as [(UInt64, String)])
    func bytes(number: UInt64, text: String) {
        #expect(Figures.bytes(number) == text)
    }

    @Test("draws bars up to the largest, and a dot for nothing")
    func sparkline() {
        #expect(Sparkline.text([0, 1, 4, 8]) == "·▁▄█")
        #expect(Sparkline.text([]) == "")
        #expect(Sparkline.text([0, 0]) == "··")
    }
}
