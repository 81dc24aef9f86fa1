package import TraceModel

extension Timestamp {
    /// Whichever of the two a JSON value is.
    package static func of(_ view: JSONView, isUTC: Bool = false) -> Int64? {
        switch view.kind {
        case .number: return view.double.flatMap { epoch($0) }
        case .string:
            if let time = view.withPlainString({ parse($0, isUTC: isUTC) }) { return time }
            guard let text = view.string else { return nil }
            return parse(text, isUTC: isUTC) ?? Double(text).flatMap { epoch($0) }
        default: return nil
        }
    }
}
