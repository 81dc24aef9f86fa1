package import TraceModel

/// Spans in the order in which they came, since some moment.
package struct SpanFeed: Sendable {
    /// A span as it stood when it came. One that runs comes again when it has ended.
    package struct Entry: Sendable, Hashable {
        package var trace: TraceID
        /// The trace's id as people and scripts call it.
        package var traceName: String
        package var id: SpanID
        package var ref: SpanRef
        /// Nanoseconds since the epoch.
        package var start: Int64
        package var duration: Int64
        package var traits: SpanTraits
        package var name: String
        package var service: String
        package var usage: Usage?
        package var reward: Float?

        package init(
            trace: TraceID, traceName: String, id: SpanID, ref: SpanRef, start: Int64, duration: Int64,
            traits: SpanTraits, name: String, service: String, usage: Usage? = nil, reward: Float? = nil
        ) {
            self.trace = trace
            self.traceName = traceName
            self.id = id
            self.ref = ref
            self.start = start
            self.duration = duration
            self.traits = traits
            self.name = name
            self.service = service
            self.usage = usage
            self.reward = reward
        }
    }

    package var entries: [Entry]
    /// From where the next feed goes on. Means something only to the store that gave it.
    package var cursor: Cursor

    package struct Cursor: Sendable, Equatable {
        package var rows: [Int]

        package init(rows: [Int] = []) {
            self.rows = rows
        }
    }

    package init(entries: [Entry], cursor: Cursor) {
        self.entries = entries
        self.cursor = cursor
    }
}
