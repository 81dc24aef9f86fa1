/// Why something that was judged is not written.
enum LeftOut: String, Error {
    case disputed = "disputed"
    case undecided = "exactly at the threshold"
    case noMessages = "no messages"
    case nothingSaid = "no messages, and no state or action"
    case notApproved = "not approved"
    case noTruth = "rejected, and nobody says what is right"
}
