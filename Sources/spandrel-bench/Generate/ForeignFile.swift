import TraceFormats

/// Files as other systems leave them, of any size: the same for the same number of records.
enum ForeignFile: String, CaseIterable {
    case triplets = "rl-triplets"
    case hooks = "asp-hooks"
    case events = "stage7-events"
    case sessions = "claude-code"
    case agents = "openai-agents"
    case logs = "structured-log"
    case zipkin
    case jaeger

    /// Whether a record is a line; of the others all stand in one document.
    var isLines: Bool { ![.zipkin, .jaeger].contains(self) }

    /// What stands before, between and after the records of a document.
    var frame: (open: String, between: String, close: String) {
        switch self {
        case .zipkin: ("[", ",", "]\n")
        case .jaeger: (#"{"data":["#, ",", "]}\n")
        default: ("", "", "")
        }
    }

    /// The record of a number, as much text as such a record has as a rule.
    func record(_ number: Int) -> String {
        let group = number / 8
        let time = Self.time(number)
        switch self {
        case .triplets:
            let ids = #""trace_id":"\#(Self.hex(group, 32))","span_id":"\#(Self.hex(number, 16))","#
            return
                #"{"triplet_id":"\#(Self.uuid(number))","sequence_id":"TASK-\#(group)","sequence_index":\#(number % 8),"#
                + #""timestamp_utc":"\#(time)","state":{"agent_role":"Planning","function_name":"execute",\#(ids)"#
                + #""task_id":"TASK-\#(group)","task_description":"Implement part \#(group) – café ✓","#
                + #""agent_version":"1.0.0"},"action":{"success":true,"duration_ms":1342.52,"function_name":"execute","#
                + #""has_result":true,"result_type":"ProjectPlan"},"reward":\#(number % 3 == 0 ? "0.5" : "null"),"#
                + #""reward_assigned_at":null,"reward_source":null}"# + "\n"
        case .hooks:
            let isStart = number % 2 == 0
            return #"{"timestamp":"\#(time)","event":"tool_\#(isStart ? "start" : "end")","tool":"Bash","#
                + #""tool_use_id":"toolu_\#(Self.hex(number / 2, 12))","session_id":"\#(Self.uuid(number / 512))","#
                + (isStart
                    ? #""input":{"command":"swift test --filter Part\#(group)"},"tool_type":"builtin"}"#
                    : #""success":true,"response_preview":"{\"is_error\": false, \"stdout\": \"ok\"}","#
                        + #""tool_type":"builtin"}"#) + "\n"
        case .events: return Self.event(number, time) + "\n"
        case .sessions: return Self.message(number, time) + "\n"
        case .agents:
            return #"{"object":"trace.span","id":"span_\#(number)","trace_id":"trace_\#(group)","#
                + #""parent_id":\#(number % 8 == 0 ? "null" : "\"span_\(group * 8)\""),"started_at":"\#(time)","#
                + #""ended_at":"\#(Self.time(number + 1))","span_data":{"type":"generation","model":"gpt-4o","#
                + #""input":[{"role":"user","content":"\#(Self.prose(8))"}],"#
                + #""output":[{"role":"assistant","content":"\#(Self.prose(8))"}],"#
                + #""usage":{"input_tokens":120,"output_tokens":30}},"error":null}"# + "\n"
        case .logs:
            return #"{"level":30,"time":"\#(time)","pid":1,"hostname":"box","correlationId":"req-\#(group)","#
                + #""msg":"step \#(number) of the request \#(Self.prose(3))"}"# + "\n"
        case .zipkin:
            return #"{"traceId":"\#(Self.hex(group, 32))","id":"\#(Self.hex(number + 1, 16))","#
                + (number % 8 == 0 ? "" : #""parentId":"\#(Self.hex(group * 8 + 1, 16))","#)
                + #""name":"get /part","timestamp":\#(1_795_000_000_000_000 + number * 1000),"duration":900,"#
                + #""kind":"CLIENT","localEndpoint":{"serviceName":"planner"},"#
                + #""tags":{"http.path":"/part/\#(number)","note":"\#(Self.prose(4))"}}"#
        case .jaeger:
            return #"{"traceID":"\#(Self.hex(number, 32))","spans":[{"traceID":"\#(Self.hex(number, 32))","#
                + #""spanID":"\#(Self.hex(number + 1, 16))","operationName":"plan","references":[],"#
                + #""startTime":\#(1_795_000_000_000_000 + number * 1000),"duration":900,"#
                + #""tags":[{"key":"note","type":"string","value":"\#(Self.prose(6))"}],"logs":[],"processID":"p1"}],"#
                + #""processes":{"p1":{"serviceName":"planner","tags":[]}}}"#
        }
    }

    /// What somebody asks, then the model's messages, two lines each, and the results of the tools they use. A thousand
    /// lines are a session.
    private static func message(_ number: Int, _ time: String) -> String {
        let place = number % 1000
        let head =
            #"{"parentUuid":\#(place == 0 ? "null" : "\"\(uuid(number - 1))\""),"isSidechain":false,"#
            + #""userType":"external","cwd":"/home/ana/ferries","sessionId":"\#(uuid(number / 1000))","#
            + #""version":"2.0.14","gitBranch":"main","uuid":"\#(uuid(number))","timestamp":"\#(time)","#
        let (turn, step) = (number % 10, (number % 10 + 2) / 3)
        let use = "toolu_\(hex(number - turn + step, 12))"
        if turn == 0 {
            return head + #""type":"user","message":{"role":"user","content":"\#(prose(12))"}}"#
        }
        if turn % 3 == 0 {
            return head + #""type":"user","message":{"role":"user","content":[{"tool_use_id":"\#(use)","#
                + #""type":"tool_result","content":"\#(prose(40))","is_error":false}]},"#
                + #""toolUseResult":{"stdout":"\#(prose(40))","stderr":"","interrupted":false,"isImage":false}}"#
        }
        let content =
            turn % 3 == 1
            ? #"{"type":"text","text":"\#(prose(12))"}"#
            : #"{"type":"tool_use","id":"\#(use)","name":"Bash","input":{"command":"swift test","description":"Test"}}"#
        return head
            + #""type":"assistant","requestId":"req_\#(hex(number, 12))","message":{"id":"msg_\#(hex(number - turn + step, 12))","#
            + #""type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[\#(content)],"#
            + #""stop_reason":\#(turn % 3 == 1 ? "null" : "\"tool_use\""),"usage":{"input_tokens":412,"#
            + #""cache_creation_input_tokens":318,"cache_read_input_tokens":20412,"output_tokens":96}}}"#
    }

    /// An agent that comes to be, then its steps: each is created, begins, finishes and is completed.
    private static func event(_ number: Int, _ time: String) -> String {
        let mission = uuid(number / 64)
        let place = number % 64
        let head = #"{"_id":"\#(uuid(number))","eventType":"#
        let end = #""timestamp":"\#(time)"}"#
        if place < 2 {
            let (type, status) = place == 0 ? ("agent_created", "initializing") : ("agent_initialized", "running")
            return head + #""\#(type)","agentId":"\#(mission)","missionId":"\#(mission)","status":"\#(status)",\#(end)"#
        }
        let step = uuid(number - (number - 2) % 4)
        let result =
            #""result":[{"success":true,"name":"out0","resultType":"string","resultDescription":"ok","#
            + #""result":"\#(prose(12))","mimeType":"text/plain"}],"#
        switch (place - 2) % 4 {
        case 0:
            return head + #""step_created","stepId":"\#(step)","missionId":"\#(mission)","actionVerb":"SEARCH","#
                + #""inputValues":{"_type":"Map","entries":[["query",{"inputName":"query","value":"ferries","#
                + #""valueType":"string","args":{}}]]},"inputReferences":{"_type":"Map","entries":[]},"dependencies":[],"#
                + #""outputs":{"_type":"Map","entries":[["out0",{"description":"output 0","type":"string"}]]},"#
                + #""status":"pending","description":"Look for part \#(number)","recommendedRole":"Coder",\#(end)"#
        case 1: return head + #""step_execution_start","stepId":"\#(step)","actionVerb":"SEARCH",\#(end)"#
        case 2: return head + #""step_execution_finish","stepId":"\#(step)","status":"completed",\#(result)\#(end)"#
        default: return head + #""step_completed","agentId":"\#(mission)","stepId":"\#(step)",\#(result)\#(end)"#
        }
    }

    private static func uuid(_ number: Int) -> String { "41936071-dfd7-4d91-8fee-\(hex(number, 12))" }

    private static func prose(_ words: Int) -> String {
        String(repeating: "It says a lot of things about ferries. ", count: words)
    }

    private static func hex(_ number: Int, _ digits: Int) -> String {
        let text = String(number + 1, radix: 16)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// A millisecond later for each number.
    private static func time(_ number: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = number / 1000 % 86_400
        let fraction = "\(1000 + number % 1000)".dropFirst()
        return "2026-11-\(two(1 + number / 86_400_000 % 28))T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):"
            + "\(two(seconds % 60)).\(fraction)Z"
    }
}
