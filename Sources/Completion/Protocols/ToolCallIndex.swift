// Which call a fragment of a tool call belongs to. Servers leave the index out, count every call as
// 0, or repeat the id and the name in every fragment.

import Core

struct ToolCallIndex: Sendable {
  private struct Call {
    var index: Int?
    var id: String?
    var isNamed = false
    var hasArguments = false
  }

  /// The calls so far; a call's place here is the index that its events carry.
  private var calls: [Call] = []

  /// More calls than any model makes; what is beyond it is merged into the last.
  private static let maximumCalls = 128

  var isEmpty: Bool { calls.isEmpty }

  /// The fragment that an element of `tool_calls` holds, with the index that is its call's own.
  mutating func fragment(_ json: JSON) -> ToolCallFragment {
    fragment(
      index: json["index"]?.integer, id: json["id"]?.string,
      name: json["function"]?["name"]?.string,
      arguments: Self.text(ofArguments: json["function"]?["arguments"]))
  }

  /// A piece of a call, with the index that is its call's own.
  ///
  /// - Parameter isWhole: whether the arguments are all of the call's, so that they say nothing new
  ///   once pieces of them have come.
  mutating func fragment(
    index: Int?, id: String? = nil, name: String? = nil, arguments: String = "",
    isWhole: Bool = false
  ) -> ToolCallFragment {
    let id = id.flatMap { $0.isEmpty ? nil : $0 }
    let place = place(index: index, id: id)
    var fragment = ToolCallFragment(index: place)
    if let id, calls[place].id == nil {
      calls[place].id = id
      fragment.id = id
    }
    if let name, !name.isEmpty, !calls[place].isNamed {
      calls[place].isNamed = true
      fragment.name = name
    }
    if !isWhole || !calls[place].hasArguments { fragment.arguments = arguments }
    if !arguments.isEmpty { calls[place].hasArguments = true }
    return fragment
  }

  /// Arguments as the text or the object that servers send.
  static func text(ofArguments json: JSON?) -> String {
    switch json {
    case .string(let text): text
    case .object(let object): JSON.object(object).text
    default: ""
    }
  }

  /// An id that is known decides; an index does when no other id has claimed it; with neither, the
  /// fragment goes on with the last call.
  private mutating func place(index: Int?, id: String?) -> Int {
    if let id, let known = calls.lastIndex(where: { $0.id == id }) { return known }
    let sameIndex = calls.lastIndex { $0.index == index }
    if let sameIndex, id == nil || calls[sameIndex].id == nil { return sameIndex }
    if index == nil, id == nil, !calls.isEmpty { return calls.count - 1 }
    if calls.count == Self.maximumCalls { return calls.count - 1 }
    calls.append(Call(index: index))
    return calls.count - 1
  }
}
