import Testing

@testable import spandrel_bench

@Suite("Figures")
struct FigureTests {
    @Test(
        "have three digits that matter",
        arguments: [
            (0.0, "0.00"), (1.0, "1.00"), (3.14159, "3.14"), (9.999, "10.0"), (31.4159, "31.4"), (99.96, "100"),
            (314.159, "314"), (2718, "2718"), (.nan, "–"),
        ])
    func digits(_ value: Double, _ text: String) {
        #expect(Figure.digits(value) == text)
    }

    @Test("have the unit that fits")
    func units() {
        #expect(Figure.seconds(0.0000021) == "2.10 µs")
        #expect(Figure.seconds(0.25) == "250 ms")
        #expect(Figure.seconds(61) == "61.0 s")
        #expect(Figure.bytes(999) == "999 B")
        #expect(Figure.bytes(999_600) == "1.00 MB")
        #expect(Figure.bytes(4_200_000_000) == "4.20 GB")
        #expect(Figure.count(1_000_000) == "1.00 M")
        #expect(Figure.count(12) == "12.0")
    }

    @Test("of several runs are the middle one, the least and the most")
    func measurements() {
        let odd = Measurement([3, 1, 2])
        #expect(odd.median == 2)
        #expect(odd.least == 1)
        #expect(odd.most == 3)
        #expect(Measurement([4, 1, 2, 3]).median == 2.5)
        #expect(Measurement([]).median.isNaN)
        #expect(odd.map { 6 / $0 }.least == 2)
    }
}
