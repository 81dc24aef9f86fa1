import TraceFormats

/// Why a record of another system cannot be taken over as a judgement.
struct Refusal: Error {
    var why: String

    /// A number from 0 to 1, or yes or no. A scale of its own is for its owner to convert: nobody here knows where it ends.
    static func value(_ view: JSONView) throws(Refusal) -> Double {
        if let flag = view.bool { return flag ? 1 : 0 }
        guard let number = view.double else {
            throw Refusal(why: view.exists ? "'\(view.text ?? "")' is no number" : "no value")
        }
        guard (0...1).contains(number) else { throw Refusal(why: "the value \(view.text ?? "") is not from 0 to 1") }
        return number
    }
}
