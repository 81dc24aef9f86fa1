/// What kind of thing a redacted piece of text was; its stand-in says so.
enum SensitiveKind: String, Sendable {
    case email, phone, card, key, secret, ip
    /// What somebody asked to be left out besides.
    case redacted
}
