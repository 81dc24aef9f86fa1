import Testing
import TraceModel

@Suite("Text to look for")
struct SearchTextTests {
    @Test(
        "matches in any case unless it has a capital",
        arguments: [
            ("needle", "a NEEDLE here", true), ("Needle", "a needle here", false), ("Needle", "one Needle", true),
            ("größe", "DIE GRÖSSE", false), ("größer", "VIEL GRÖßER", true), ("É", "é", false), ("é", "É", true),
            ("aab", "aaab", true), ("ab", "a", false), ("x", "", false), ("🧭", "to 🧭 go", true), ("[", "{", false),
        ])
    func matching(_ needle: String, _ text: String, _ expected: Bool) throws {
        #expect(try #require(SearchText(needle)).matches(text) == expected)
    }

    @Test("is not empty")
    func empty() {
        #expect(SearchText("") == nil)
    }
}
