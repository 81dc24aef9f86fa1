import Cells
package import TraceAnalysis
package import TraceModel
package import TraceStore

/// The pane that says everything a span says, a tab at a time.
package struct SpanPaneState: Sendable {
    package enum Tab: String, Sendable, CaseIterable {
        case messages = "Messages"
        case exchange = "I/O"
        case state = "State"
        case attributes = "Attributes"
        case events = "Events"
        case links = "Links"
        case logs = "Logs"
        case raw = "Raw"

        /// Every span has these.
        static let always: [Tab] = [.attributes, .events, .links, .logs, .raw]
    }

    /// The span that is shown or on its way; none on a group or a stand-in.
    package internal(set) var ref: SpanRef?
    package internal(set) var document: SpanDocument?
    package internal(set) var failure: String?
    package internal(set) var logs: [LogRecord]?
    package internal(set) var raw: RawSpan?
    package internal(set) var tab = Tab.attributes
    /// The tabs that the span has something for, and those that every span has.
    package private(set) var tabs = Tab.always
    package private(set) var conversation = Conversation()
    private var exchange: SpanExchange?
    /// The tab that the person turned to: kept from span to span where a span has it.
    private var chosen: Tab?
    package internal(set) var rows: [SpanPaneRow] = []
    package internal(set) var outline = Outline()
    /// The width that long text is wrapped to.
    package internal(set) var width = 80

    /// Shows what differs from the earlier span of its kind.
    package internal(set) var isComparing = false
    private var baseline: SpanDocument?
    /// The earlier span's name, and how much earlier; empty where there is none.
    var baselineTitle = ""
    var isBaselineRequested = false
    var isRawRequested = false

    package init() {}

    package var selectedRow: SpanPaneRow? {
        guard let node = outline.node, rows.indices.contains(node) else { return nil }
        return rows[node]
    }

    /// What each tab has to show, as a number behind its name; nothing where that is not known or not a count.
    package func count(of tab: Tab) -> Int? {
        switch tab {
        case .attributes, .raw, .exchange, .state: nil
        case .messages: conversation.messages.count
        case .events: document?.body.events.count
        case .links: document?.body.links.count
        case .logs: logs?.count
        }
    }

    /// Turns to another span: what was read of the last one is gone, the tab stays.
    mutating func turn(to ref: SpanRef?) {
        guard ref != self.ref else { return }
        self.ref = ref
        document = nil
        failure = nil
        logs = nil
        raw = nil
        isRawRequested = false
        baseline = nil
        baselineTitle = ""
        isBaselineRequested = false
        rows = []
        outline = Outline()
    }

    mutating func show(_ tab: Tab) {
        chosen = tab
        guard tab != self.tab, tabs.contains(tab) else { return }
        self.tab = tab
        rebuild()
    }

    /// Takes in what was read of the span.
    mutating func take(_ document: SpanDocument) {
        self.document = document
        conversation = Conversation(document.body, parsed: document.parsed)
        let exchange = SpanExchange(document.body)
        self.exchange = exchange
        tabs = Tab.allCases.filter { tab in
            switch tab {
            case .messages: !conversation.isEmpty
            case .exchange: exchange.hasExchange
            case .state: exchange.hasState
            default: true
            }
        }
        // What was said, done and found comes before how it was recorded.
        tab = chosen.flatMap { tabs.contains($0) ? $0 : nil } ?? tabs[0]
        rebuild()
    }

    /// Compares, or stops comparing. Whether the span has a tab for it.
    mutating func toggleComparing() -> Bool {
        let comparable: [Tab] = [.messages, .exchange, .state]
        guard let first = tabs.first(where: comparable.contains) else { return false }
        isComparing.toggle()
        if isComparing, !comparable.contains(tab) { show(first) } else { rebuild() }
        return true
    }

    mutating func compare(with document: SpanDocument) {
        baseline = document
        rebuild()
    }

    mutating func turnTab(by step: Int) {
        let at = (tabs.firstIndex(of: tab) ?? 0) + step
        show(tabs[(at % tabs.count + tabs.count) % tabs.count])
    }

    mutating func wrap(to width: Int) {
        guard width != self.width else { return }
        self.width = width
        rebuild(keepingPlace: true)
    }

    /// Makes the rows of the tab anew from what has been read.
    mutating func rebuild(keepingPlace: Bool = false) {
        let held = outline
        var builder = SpanPaneBuilder(width: width, parsed: document?.parsed ?? [:])
        if isComparing, addDifference(to: &builder) {
            take(builder, keepingRow: keepingPlace ? held.cursor : nil)
            return
        }
        switch tab {
        case .messages: builder.add(conversation)
        case .exchange:
            if let document, let exchange {
                builder.addStatus(document.body)
                builder.add(exchange)
            }
        case .state: if let exchange { builder.addState(exchange) }
        case .attributes: if let document { builder.addAttributes(document.body) }
        case .events: if let document { builder.addEvents(document.body) }
        case .links: if let document { builder.addLinks(document.body) }
        case .logs: if let logs { builder.addLogs(logs, from: document?.body.start ?? 0) }
        case .raw: if let raw { builder.addRaw(raw) }
        }
        take(builder, keepingRow: keepingPlace ? held.cursor : nil)
    }

    private mutating func take(_ builder: SpanPaneBuilder, keepingRow row: Int?) {
        rows = builder.rows
        outline = builder.outline()
        if let row { outline.move(toRow: row) }
    }

    /// Of the tabs that can be compared, what differs. Whether this was one.
    private func addDifference(to builder: inout SpanPaneBuilder) -> Bool {
        guard [.messages, .state, .exchange].contains(tab), let document, let exchange else { return false }
        guard !baselineTitle.isEmpty else {
            builder.add(.text, key: "", text: "nothing of its kind came before it; d shows it as it is", role: .textDim)
            return true
        }
        builder.add(.heading, key: "against", text: baselineTitle, role: .spanTime)
        guard let baseline else { return true }
        let before = SpanExchange(baseline.body)
        func value(_ value: AttributeValue?, _ document: SpanDocument) -> AttributeValue {
            if case .string(let text)? = value { return document.parsed[text] ?? .string(text) }
            return value ?? .empty
        }
        switch tab {
        case .messages:
            let earlier = Conversation(baseline.body, parsed: baseline.parsed)
            builder.add(
                ConversationDifference(from: earlier, to: conversation),
                answer: conversation.messages.filter(\.isOutput))
        case .state:
            builder.add(ValueDifference(from: value(before.state, baseline), to: value(exchange.state, document)))
            builder.addStep(exchange)
        default:
            builder.add(ValueDifference(from: value(before.input, baseline), to: value(exchange.input, document)))
        }
        return true
    }

    /// Nodes whose text matches, folded or not.
    func matches(_ needle: SearchText) -> [Int] {
        rows.indices.filter { needle.matches(rows[$0].key) || needle.matches(rows[$0].text) }
    }
}
