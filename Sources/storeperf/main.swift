import FileStore
import Glibc
import Synchronization
import TraceModel
import TraceStore
func rss() -> String { var s = ""; if let f = fopen("/proc/self/status", "r") { var l = [CChar](repeating: 0, count: 256); while fgets(&l, 256, f) != nil { let t = l.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }; if t.hasPrefix("VmRSS") || t.hasPrefix("VmHWM") { s += t.split(separator: "\n")[0] + " " } }; fclose(f) }; return s }
func now() -> Double { var t = timespec(); clock_gettime(CLOCK_MONOTONIC, &t); return Double(t.tv_sec) + Double(t.tv_nsec) / 1e9 }
var options = FileStoreOptions()
options.cacheDirectory = nil
var paths: [String] = []; var needle: String?; var first = true; var verbose = false
var args = CommandLine.arguments.dropFirst()
while let a = args.popFirst() {
  switch a {
  case "-w": options.workers = Int(args.removeFirst())!
  case "-c": options.chunk = Int(args.removeFirst())! << 10
  case "-cache": options.cacheDirectory = args.removeFirst()
  case "-find": needle = args.removeFirst()
  case "-v": verbose = true
  default: paths.append(a) } }
let start = now()
let store = FileStore(paths, options: options)
var last = StoreState(); var firstAt = 0.0; var n = 0; var doneAt = 0.0
for await s in store.read() { n += 1; last = s; if firstAt == 0 { firstAt = now() - start; print("first state \(firstAt*1000) ms: \(s.traces.count) traces \(s.progress.spans) spans") }; if s.progress.isFinished { doneAt = now() - start } }
print("states \(n) finished \(doneAt)s stream end \(now()-start)s traces \(last.traces.count) spans \(last.progress.spans) problems \(last.problems.count) \(Double(last.progress.bytesRead)/doneAt/1e6) MB/s; \(rss())")
if verbose { for p in last.problems.first.prefix(5) { print(p) }; for i in 0..<min(3, last.traces.count) { print(last.traces[i]) } }
if let (i, c) = last.traces.spans.enumerated().max(by: { $0.1 < $1.1 }) {
  let t = now(); let table = try await store.spans(of: last.traces.ids[i]); print("spans(of:) \(table.count)/\(c) in \((now()-t)*1000) ms")
  let t2 = now(); let b = try await store.body(of: table.refs[table.count/2], limit: nil); print("body in \((now()-t2)*1000) ms \(b.name)")
}
if let needle, let text = SearchText(needle) { let t = now(); let c = Atomic<Int>(0); try await store.find(text, in: nil) { _ = c.wrappingAdd($0.count, ordering: .relaxed) }; print("find \(c.load(ordering: .relaxed)) in \(now()-t) s \(Double(last.progress.bytesRead)/(now()-t)/1e6) MB/s") }
print(rss())
