import Explorer
import TraceAnalysis
import TraceFormats
import TraceModel
import TraceStore

extension Session {
    /// A body larger than this is not read only to say a few words about it.
    private static let detailLimit = 256 << 10
    private static let rawLimit = 256 << 10

    func perform(_ effect: ExplorerEffect) {
        switch effect {
        case .sort(let order, let generation): sort(order, generation)
        case .openTrace(let trace): openTrace(trace)
        case .readDocument(let ref): readDocument(ref)
        case .readGraph(let trace): readGraph(trace)
        case .readMap(let traces):
            let store = store
            run { session in
                let graph = await Task.detached { await MissionGraphReader.map(of: traces, in: store) }.value
                session.handle(.graphRead(nil, graph))
            }
        case .layOut(let scene, let former, let ticket):
            run { session in
                let drawing = await Task.detached { GraphDrawing(scene, keeping: former) }.value
                session.handle(.laidOut(drawing, ticket: ticket))
            }
        case .wait(let milliseconds, let ticket):
            Task {
                try? await Task.sleep(for: .milliseconds(milliseconds))
                handle(.waited(ticket: ticket))
            }
        case .readFeed(let cursor, let limit):
            run { session in
                session.handle(.feedRead(await session.store.feed(after: cursor, limit: limit)))
            }
        case .readRewards: readRewards()
        case .readSequence(let key): readSequence(key)
        case .readAttributes(let key, let traces): readAttributes(key, traces)
        case .readBaseline(let earlier, let ref): readBaseline(earlier, for: ref)
        case .readDetails(let refs): readDetails(refs)
        case .readLogs(let span, let trace, let ref):
            run { session in
                let logs = (try? await session.store.logs(of: span, in: trace)) ?? []
                session.handle(.logsRead(ref, logs))
            }
        case .readRaw(let ref):
            run { session in
                if let raw = try? await session.store.raw(of: ref, limit: Self.rawLimit) {
                    session.handle(.rawRead(ref, raw))
                }
            }
        case .find(let needle, let trace, let generation): find(needle, trace, generation)
        case .cancelFind: replaceSearch(with: nil)
        case .cancelReading: store.cancelReading()
        case .copy(let text, let what): copy(text, what)
        case .copyValue(let value, let what): copy(Self.text(of: value), what)
        case .copyRaw(let ref): copyRaw(ref)
        case .changeTheme(let name):
            do {
                try host.changeTheme(name)
            } catch {
                handle(.said("\(error)", isError: true))
            }
        case .judge(let requests): judge(requests)
        case .orderReview(let queue, let generation): orderReview(queue, generation)
        case .readReviewItem(let trace): readReviewItem(trace)
        case .readDraft(let purpose, let request): readDraft(purpose, request)
        case .edit(let text): edit(text)
        case .redraw: host.redraw()
        case .suspend: host.suspend()
        case .quit: host.quit()
        }
    }

    private func sort(_ order: TraceOrder, _ generation: Int) {
        let table = state.traces.table
        run { session in
            let sorted = await Task.detached { order.sorted(table) }.value
            session.handle(.tracesSorted(sorted, order, generation: generation))
        }
    }

    private func openTrace(_ trace: TraceID) {
        let store = store
        run { session in
            let result = await Task.detached { () -> Result<SpanTree, StoreError> in
                do throws(StoreError) {
                    return .success(SpanTree(try await store.spans(of: trace)))
                } catch {
                    return .failure(error)
                }
            }.value
            switch result {
            case .success(let tree): session.handle(.treeBuilt(tree))
            case .failure(let error): session.handle(.treeFailed(trace, error.description))
            }
        }
    }

    private func readGraph(_ trace: TraceID) {
        let store = store
        run { session in
            let result = await Task.detached { () -> Result<MissionGraph, StoreError> in
                do throws(StoreError) {
                    return .success(
                        try await MissionGraphReader.graph(of: trace, in: store, limit: MissionGraphReader.shown))
                } catch {
                    return .failure(error)
                }
            }.value
            switch result {
            case .success(let graph): session.handle(.graphRead(trace, graph))
            case .failure(let error): session.handle(.graphFailed(trace, error.description))
            }
        }
    }

    private func readDocument(_ ref: SpanRef) {
        let store = store
        let task = run { session in
            let result = await Task.detached { () -> Result<SpanDocument, StoreError> in
                do throws(StoreError) {
                    // Every string in it that is JSON is read as such.
                    let body = try await store.body(of: ref, limit: nil)
                    return .success(SpanDocument(body: body, parsed: JSONText.containers(in: body)))
                } catch {
                    return .failure(error)
                }
            }.value
            guard !Task.isCancelled else { return }
            switch result {
            case .success(let document): session.handle(.documentRead(ref, document))
            case .failure(let error): session.handle(.documentFailed(ref, error.description))
            }
        }
        replaceDocument(with: task)
    }

    private func readBaseline(_ earlier: SpanRef, for ref: SpanRef) {
        let store = store
        run { session in
            let body = await Task.detached { try? await store.body(of: earlier, limit: nil) }.value
            guard let body else {
                session.handle(.said("the earlier span cannot be read", isError: true))
                return
            }
            let document = SpanDocument(body: body, parsed: JSONText.containers(in: body))
            session.handle(.baselineRead(document, for: ref))
        }
    }

    private func readDetails(_ refs: [SpanRef]) {
        let store = store
        run { session in
            let details = await Task.detached { () -> [SpanRef: SpanDetail] in
                var details: [SpanRef: SpanDetail] = [:]
                for (ref, body) in zip(refs, await store.bodies(of: refs, limit: Self.detailLimit)) {
                    details[ref] = (try? body.get()).map { SpanDetail($0) } ?? SpanDetail()
                }
                return details
            }.value
            session.handle(.detailsRead(details))
        }
    }

    private func find(_ needle: SearchText, _ trace: TraceID?, _ generation: Int) {
        let store = store
        let task = run { session in
            let (matches, continuation) = AsyncStream.makeStream(of: [SpanMatch].self)
            let searching = Task.detached { () -> String? in
                defer { continuation.finish() }
                do throws(StoreError) {
                    try await store.find(needle, in: trace) { continuation.yield($0) }
                    return nil
                } catch {
                    return error.description
                }
            }
            await withTaskCancellationHandler {
                for await found in matches { session.handle(.found(found, generation: generation)) }
            } onCancel: {
                searching.cancel()
            }
            session.handle(.findEnded(generation: generation, problem: await searching.value))
        }
        replaceSearch(with: task)
    }

    private func copy(_ text: String, _ what: String) {
        if host.copy(text) {
            handle(.copied(what: what))
        } else {
            handle(.said("\(what): too long for the terminal's clipboard", isError: true))
        }
    }

    private func copyRaw(_ ref: SpanRef) {
        run { session in
            guard let raw = try? await session.store.raw(of: ref, limit: .max) else {
                session.handle(.said("the span cannot be read", isError: true))
                return
            }
            switch raw.encoding {
            case .json: session.copy(String(decoding: raw.bytes, as: UTF8.self), "the span as JSON")
            case .protobuf:
                if let body = try? await session.store.body(of: ref, limit: nil) {
                    let json = OTLPJSONWriter.document([body])
                    session.copy(String(decoding: json, as: UTF8.self), "the span as JSON")
                }
            }
        }
    }

    private static func text(of value: AttributeValue) -> String {
        if case .string(let text) = value { return text }
        var writer = JSONWriter()
        writer.value(value)
        return writer.text
    }
}
