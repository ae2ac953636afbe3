import Core

// Whether calls of tools, their answers and the tools that are offered fit together.

struct ToolCheck {
  /// The names of the tools; nil where none are offered.
  private let offered: Set<String>?
  /// The calls that no turn has answered, and the turn they are in.
  private var open: Set<String> = []
  private var openPlace = 0
  private var firstCall: Int?

  /// - Parameter object: what holds `tools`.
  init(offeredIn object: JSON, _ faults: inout FormatFaults) {
    offered = Self.names(offeredIn: object, &faults)
  }

  /// Checks turns that follow each other; calls in the last of them need no answer.
  ///
  /// - Parameter start: how many turns stand before them.
  func check(_ messages: [JSON], from start: Int = 0, _ faults: inout FormatFaults) {
    var check = self
    for (place, message) in messages.enumerated() {
      check.take(message, at: start + place, &faults)
    }
    if offered == nil, let place = check.firstCall {
      faults.add(.toolsMissing, "Turn \(place + 1) calls a tool, and no tools are offered.")
    }
  }

  /// The names of the tools that are offered; nil for none.
  private static func names(
    offeredIn object: JSON, _ faults: inout FormatFaults
  ) -> Set<String>? {
    var names: Set<String>?
    if let tools = object["tools"], !tools.isNull {
      let items = tools.array
      if items == nil { faults.add(.toolsShape, "`tools` is no list.") }
      names = []
      for (place, tool) in (items ?? []).enumerated() {
        if tool["type"] == "function", let name = tool["function"]?["name"]?.string, !name.isEmpty {
          names?.insert(name)
        } else {
          faults.add(.toolsShape, "Tool \(place + 1) is no function with a name.")
        }
      }
    }
    for function in object["functions"]?.array ?? [] {
      if let name = function["name"]?.string { names = (names ?? []).union([name]) }
    }
    return names
  }

  private mutating func take(
    _ message: JSON, at place: Int, _ faults: inout FormatFaults
  ) {
    let role = message["role"]?.string ?? ""
    if role == "tool" {
      answer(message, at: place, &faults)
    } else if !open.isEmpty {
      faults.add(
        .toolCallUnanswered,
        "Turn \(openPlace + 1) calls a tool, and turn \(place + 1) follows without its answer.")
      open = []
    }
    if let call = message["function_call"], !call.isNull {
      checkRole(role, at: place, &faults)
      check(call, at: place, &faults)
    }
    guard let calls = message["tool_calls"], !calls.isNull else { return }
    checkRole(role, at: place, &faults)
    guard case .array(let items) = calls else {
      faults.add(.toolCallShape, "`tool_calls` of turn \(place + 1) is no list.")
      return
    }
    openPlace = place
    for call in items {
      guard let function = call["function"], call["type"] == "function",
        let id = call["id"]?.string, !id.isEmpty
      else {
        faults.add(.toolCallShape, "A call in turn \(place + 1) lacks `id`, `type` or `function`.")
        continue
      }
      if !open.insert(id).inserted {
        faults.add(.toolCallShape, "Two calls in turn \(place + 1) have the same `id`.")
      }
      check(function, at: place, &faults)
    }
  }

  private func checkRole(_ role: String, at place: Int, _ faults: inout FormatFaults) {
    if role != "assistant" {
      faults.add(.toolCallRole, "Turn \(place + 1) calls a tool, and is not the assistant's.")
    }
  }

  /// Checks `{"name": …, "arguments": …}`.
  private mutating func check(_ function: JSON, at place: Int, _ faults: inout FormatFaults) {
    firstCall = firstCall ?? place
    guard let name = function["name"]?.string, !name.isEmpty else {
      faults.add(.toolCallShape, "A call in turn \(place + 1) names no function.")
      return
    }
    if let offered, !offered.contains(name) {
      faults.add(.unknownTool, "Turn \(place + 1) calls \(quoted(name)), which is not offered.")
    }
    let arguments = function["arguments"]?.string.flatMap { try? JSON(parsing: $0) }
    if arguments?.object == nil {
      faults.add(
        .toolArguments,
        "The arguments of a call in turn \(place + 1) are no text that holds a JSON object.")
    }
  }

  private mutating func answer(_ message: JSON, at place: Int, _ faults: inout FormatFaults) {
    guard let id = message["tool_call_id"]?.string else {
      faults.add(.toolTurnWithoutCall, "Turn \(place + 1) is a tool's, and has no `tool_call_id`.")
      return
    }
    if open.remove(id) == nil {
      faults.add(
        .toolTurnWithoutCall, "Turn \(place + 1) answers a call that no turn before it makes.")
    }
  }
}
