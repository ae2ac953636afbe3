// Tool calls come in pieces, and servers differ in how they tell which piece belongs to which call.

import Core

/// The pieces of tool calls, and how they are told apart.
struct ToolCallPieces {
  private struct Call {
    var index: Int?
    var id: String?
    var hasArguments = false
  }

  private var calls: [Call] = []

  /// More calls than any model makes.
  private static let most = 128

  mutating func take(_ piece: JSON, _ sightings: inout Sightings) {
    let index = piece["index"]?.integer
    let id = piece["id"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    let name = piece["function"]?["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    sightings.note(.toolCalls, name)
    if index == nil { sightings.note(.toolIndexMissing) }
    let place = place(index: index, id: id, &sightings)
    switch piece["function"]?["arguments"] {
    case .object:
      sightings.note(.argumentsAsObject)
      calls[place].hasArguments = true
    case .string(let text): if !text.isEmpty { calls[place].hasArguments = true }
    default: break
    }
  }

  func end(_ sightings: inout Sightings) {
    let count = calls.count { !$0.hasArguments }
    if count > 0 { sightings.note(.emptyArguments, count: count) }
  }

  private mutating func place(index: Int?, id: String?, _ sightings: inout Sightings) -> Int {
    if let id, let known = calls.lastIndex(where: { $0.id == id }) {
      sightings.note(.toolNameRepeated)
      return known
    }
    let sameIndex = index.flatMap { index in calls.lastIndex { $0.index == index } }
    if let sameIndex {
      if id == nil { return sameIndex }
      if calls[sameIndex].id == nil {
        calls[sameIndex].id = id
        return sameIndex
      }
      sightings.note(.toolIndexReused)
    } else if id == nil, index == nil, !calls.isEmpty {
      return calls.count - 1
    }
    if calls.count < Self.most { calls.append(Call(index: index, id: id)) }
    return calls.count - 1
  }
}
