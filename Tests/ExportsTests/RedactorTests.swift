import Exports
import Testing
import TraceModel

/// What is not to be told on, and what only looks like it.
struct RedactorTests {
    @Test(
        "puts a stand-in in the place of what is not to be told on",
        arguments: [
            ("write to jo.smith+x@mail.example.co.uk, please", "write to [email-1], please"),
            ("<jo@example.com>.", "<[email-1]>."),
            ("müller@example.de schrieb", "[email-1] schrieb"),
            ("请发到zhang@example.com谢谢", "请发到[email-1]谢谢"),
            ("call +49 170 1234567 now", "call [phone-1] now"),
            ("call +1 (555) 234-5678.", "call [phone-1]."),
            ("+15552345678", "[phone-1]"),
            ("(555) 234-5678 or 555-876-5432", "[phone-1] or [phone-2]"),
            ("0170 1234567 und 030/12345678", "[phone-1] und [phone-2]"),
            ("01 23 45 67 89", "[phone-1]"),
            ("tel:1-800-555-0100", "tel:[phone-1]"),
            ("card 4111 1111 1111 1111 12/26", "card [card-1] 12/26"),
            ("4111111111111111 and 3782-822463-10005", "[card-1] and [card-2]"),
            ("{\"card\":4111111111111111}", "{\"card\":\"[card-1]\"}"),
            ("at 192.168.0.17:8080", "at [ip-1]:8080"),
            ("1.2.3.4", "[ip-1]"),
            (
                #"first\njo@example.com\tsk-abcDEF1234567890abcdef\n0170 1234567"#,
                #"first\n[email-1]\t[key-1]\n[phone-1]"#
            ),
            ("[2001:db8::8a2e:370:7334]:443", "[[ip-1]]:443"),
            ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "[ip-1]"),
            ("fe80::1", "[ip-1]"),
            ("OPENAI=sk-proj-abcDEF1234567890abcdef", "OPENAI=[key-1]"),
            ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[key-1]"),
            ("id AKIAIOSFODNN7EXAMPLE.", "id [key-1]."),
            ("Authorization: Bearer abc.def-123456789012", "Authorization: Bearer [key-1]"),
            (
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U!",
                "[key-1]!"
            ),
            ("api_key = '0123456789abcdef0123456789abcdef'", "api_key = '[secret-1]'"),
            ("x-api-key: 9f86d081884c7d659a2feaa0c55ad015", "x-api-key: [secret-1]"),
            ("password=hunter22&user=jo", "password=[secret-1]&user=jo"),
            ("{\"client_secret\": \"Zm9vYmFyYmF6MTIzNDU2\"}", "{\"client_secret\":\"[secret-1]\"}"),
            ("{\\\"accessToken\\\": \\\"ab12cd34ef56ab12cd34\\\"}", "{\\\"accessToken\\\": \\\"[secret-1]\\\"}"),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----\nafter", "[key-1]\nafter"
            ),
        ])
    func hits(text: String, expected: String) {
        let value = Redactor().value(.string(text))
        #expect(value == .string(expected))
    }

    @Test(
        "leaves alone what only looks like it",
        arguments: [
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", "4539578763621486a", "trace 1234567890123456",
            "MasterResponder_20261120_210414_497882", "2026-11-20T10:00:00.123456+01:00", "1763647200000000000",
            "1763647200000", "v1.2.3", "1.2.3", "1.2.3.4.5", "v1.2.3.4", "256.1.1.1", "swift-tools-version: 6.2",
            "550e8400-e29b-41d4-a716-446655440000", "12345678-1234-4123-8123-123456789012",
            "01JD5Z3GZV9X2K7QW4T8N6RB0C",
            "10:00:00", "00:1a:2b:3c:4d:5e", "std::vec::face::bed", "a[1::2]", "x[::2]", "@app.route",
            #"\n@pytest.fixture"#, "Boston, MA 02110-1301", "user@host",
            "pkg@1.2.3", "0.123456789012", "0001 0002 0003", "01 02 03 04 05 06", "3.14159 2.71828",
            "2026-11-20 2026-11-21",
            "max_tokens: 1234567890123456789", "token: Hello", "next_token: 1763647200000000000",
            "password: required", "sk-learn-has-a-very-long-name", "the secret: nobody knows",
            "Basic authentication, 1",
            "key: 9f86d081884c7d659a2feaa0c55ad015", "4111111111111112", "+01:00", "1 234 567 890",
            "{\"max_tokens\": 4096, \"seed\": 1763647200000}",
        ])
    func misses(text: String) {
        #expect(Redactor().text(text) == text)
        #expect(Redactor().value(.string(text)) == .string(text))
    }

    @Test("gives the same value the same stand-in for as long as it lives")
    func stable() {
        let redactor = Redactor()
        #expect(redactor.text("a@x.org b@x.org A@X.org") == "[email-1] [email-2] [email-1]")
        #expect(redactor.text("b@x.org") == "[email-2]")
        #expect(redactor.text("+1 555 234 5678, +15552345678") == "[phone-1], [phone-1]")
        #expect(redactor.count == 3)
    }

    @Test("knows a secret by the key that it stands under, and goes into maps, lists and JSON in strings")
    func nested() {
        let value = AttributeValue.map([
            Attribute("user.password", .string("correct2horse")),
            Attribute("logprobs", .array([.map([Attribute("token", .string("Hello"))])])),
            Attribute("body", .string(#"{"to":"a@x.org","card":4111111111111111,"n":[1,2.5,true,null]}"#)),
            Attribute("a@x.org", .int(4_111_111_111_111_111)),
        ])
        #expect(
            Redactor().value(value)
                == .map([
                    Attribute("user.password", .string("[secret-1]")),
                    Attribute("logprobs", .array([.map([Attribute("token", .string("Hello"))])])),
                    Attribute("body", .string(#"{"to":"[email-1]","card":"[card-1]","n":[1,2.5,true,null]}"#)),
                    Attribute("[email-1]", .string("[card-1]")),
                ]))
    }

    @Test("leaves out besides what it is told to: texts anywhere, patterns as whole words")
    func extra() {
        let redactor = Redactor(extra: ["Harrow Ferry", "cust-*", "PX?7", "*"])
        #expect(
            redactor.text("Harrow Ferry: cust-0815, (PX17) PX117 acust-1 cust-0815.")
                == "[redacted-1]: [redacted-2], ([redacted-3]) PX117 acust-1 [redacted-2].")
    }

    @Test("takes any bytes, cut anywhere, and keeps what it does not replace")
    func anyText() {
        let text =
            "é☃ jo@example.com 4111 1111 1111 1111 api_key=\"0a1b2c3d4e5f6071\" (555) 234-5678 2001:db8::1 -----BEGIN x"
        for cut in text.unicodeScalars.indices {
            for part in [String(text.unicodeScalars[..<cut]), String(text.unicodeScalars[cut...])] {
                let redacted = Redactor().text(part)
                // What is written has no more stand-ins than pieces, and another pass finds none.
                #expect(Redactor().text(redacted) == redacted)
            }
        }
        #expect(Redactor().text("") == "")
    }
}
