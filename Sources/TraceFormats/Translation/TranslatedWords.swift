import TraceModel

/// The words that translators say of themselves: a span may have them though they are not in its record.
package enum TranslatedWords {
    /// Whether a word may have come from a translator. Numbers and ids, which they derive, always may.
    package static func contain(_ word: some Collection<UInt8>) -> Bool {
        if word.allSatisfy({ Hexadecimal.nibble($0) != nil }) { return true }
        let word = String(decoding: word, as: UTF8.self).lowercased()
        return text.contains(word)
    }

    private static let text: String = {
        let keys = AttributeMeaning.keys.map(\.key).joined(separator: " ")
        return "\(keys) \(said)".lowercased()
    }()

    /// In keys, values and messages, beside the keys that mean something to an index.
    private static let said = """
        aborted active alert annotation anthropic approval asp assessments assigned assistant attributes audio
        author blob bool branch calls cancelled chain chat claude client code command completed consumer created
        creation critical custom debug defect dependency did document done embeddings emergency error evaluation
        evaluator event execute explanation failed failure fatal finished float64 format function generation
        group guardrail handoff history image index inferred info initializing instructions int64 interrupted
        invoke jaeger label langsmith level library link list logged mcp media metadata mission notebook number
        object openai order origin otel outcome panic parts paused peer pending phase phoenix pipeline preview
        producer project provider ready reasoning reasons record redacted reftype refusal replaced replaces
        retrieval retriever rewound running scope score server silly snapshot spandrel speech stage7 start
        status steps stop subtype succeed successfully summary temperature the thinking timestamp tools
        trajectory transcription triggered triplet turn unsatisfied verbose waiting warnings was without
        workflow zipkin
        """
}
