package import TraceModel
package import TraceStore

extension FileStore {
    package func spans(of trace: TraceID) async throws(StoreError) -> SpanTable {
        try await Background.run { [library] _ throws(StoreError) in
            guard let table = TraceAssembly(library, trace: trace)?.table() else {
                throw StoreError("there is no trace \(trace) in what was read")
            }
            guard table.count > 0 || table.looseLogs > 0 else {
                throw StoreError("the file that had this trace was cut off or written anew, and has it no more")
            }
            return table
        }
    }

    package func body(of span: SpanRef, limit: Int?) async throws(StoreError) -> SpanBody {
        try await Background.run { [library] _ throws(StoreError) in
            try SpanReader(library).body(of: span, limit: limit)
        }
    }

    package func bodies(of spans: [SpanRef], limit: Int?) async -> [Result<SpanBody, StoreError>] {
        if spans.isEmpty { return [] }
        return await Background.run { [library] in
            let reader = SpanReader(library)
            let areMany = spans.count > 8
            return spans.map { span in
                Result { () throws(StoreError) in try reader.body(of: span, limit: limit, isOneOfMany: areMany) }
            }
        }
    }

    package func raw(of span: SpanRef, limit: Int) async throws(StoreError) -> RawSpan {
        try await Background.run { [library] _ throws(StoreError) in
            try SpanReader(library).raw(of: span, limit: limit)
        }
    }

    package func logs(of span: SpanID, in trace: TraceID) async throws(StoreError) -> [LogRecord] {
        try await Background.run { [library] _ throws(StoreError) in
            try SpanReader(library).logs(of: span, in: trace)
        }
    }

    package func find(
        _ needle: SearchText, in trace: TraceID?, found: @escaping @Sendable ([SpanMatch]) -> Void
    ) async throws(StoreError) {
        try await Background.run { [library] mark throws(StoreError) in
            try SpanSearcher(library, needle, in: trace, mark, found: found)?.run()
        }
    }
}
