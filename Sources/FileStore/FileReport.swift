import Synchronization
package import TraceFormats
package import TraceModel
import TraceStore

/// What reading one file came to.
package struct FileReport: Sendable {
    package var name: String
    /// Nothing where the file is of no format that is known.
    package var format: TraceFormat?
    package var traces = 0
    package var spans = 0
    package var logs = 0
    package var problems: [Problem] = []
    /// Of all problems; the first of them are in `problems`.
    package var problemCount = 0
}

extension FileStore {
    /// What each file came to, as far as it has been read, in the order of reading. Files in folders of which nobody thought
    /// that they are traces are left out.
    package func reports() -> [FileReport] {
        let contents = library.contents.withLock { $0 }
        var reports = contents.files.map { entry in
            FileReport(
                name: entry.found.name, format: entry.format, problems: entry.problems.first,
                problemCount: entry.problems.count)
        }
        var traces = [Set<UInt32>](repeating: [], count: reports.count)
        for index in contents.indexes {
            for row in 0..<index.count {
                let span = index[row]
                let file = Int(index.contexts[Int(span.context)].file)
                traces[file].insert(span.trace)
                reports[file].spans += 1
            }
            for chunk in index.logs.rows.chunks {
                for log in chunk { reports[Int(index.contexts[Int(log.context)].file)].logs += 1 }
            }
        }
        for file in reports.indices { reports[file].traces = traces[file].count }
        return reports.filter { $0.format != nil || $0.problemCount > 0 }
    }
}
