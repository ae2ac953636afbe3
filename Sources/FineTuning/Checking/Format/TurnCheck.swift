import Core

// What trainers refuse or learn wrongly beyond the cookbook's rules: contents, weights and the order of
// turns. Turns that aren't objects, or have no known role, were told of already.

struct TurnCheck {
  private static let partTypes = ["text", "image_url", "input_audio", "file", "refusal"]

  /// Checks the turns of a whole conversation, or those before a preference's outputs.
  ///
  /// - Parameter isWhole: whether the answer is among them.
  static func check(_ messages: [JSON], isWhole: Bool, _ faults: inout FormatFaults) {
    for (place, message) in messages.enumerated() {
      checkContent(of: message, at: place, &faults)
      checkWeight(of: message, at: place, &faults)
    }
    checkOrder(messages.map { $0["role"]?.string ?? "" }, isWhole: isWhole, &faults)
    let answers = messages.filter { $0["role"] == "assistant" }
    if isWhole, !answers.isEmpty, answers.allSatisfy({ $0["weight"]?.integer == 0 }) {
      faults.add(.nothingToLearn, "All of the assistant's turns have the weight 0.")
    }
  }

  static func checkContent(of message: JSON, at place: Int, _ faults: inout FormatFaults) {
    switch message["content"] {
    case .string(let text)? where !text.isEmpty && isBlank(text):
      faults.add(.emptyContent, "Turn \(place + 1) says nothing but white space.")
    case .array(let parts)?:
      for part in parts where !isPart(part) {
        faults.add(.contentPart, "A part of what turn \(place + 1) says has no known type.")
      }
    default: break
    }
  }

  private static func isBlank(_ text: String) -> Bool {
    // Nearly every text shows at its first byte that it isn't.
    for byte in text.utf8 where byte > 0x20 {
      return byte >= 0x80 && text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
    return true
  }

  private static func isPart(_ part: JSON) -> Bool {
    guard let type = part["type"]?.string, partTypes.contains(type) else { return false }
    return type == "text" ? part["text"]?.string != nil : part[type] != nil
  }

  static func checkWeight(of message: JSON, at place: Int, _ faults: inout FormatFaults) {
    guard let weight = message["weight"], !weight.isNull else { return }
    if weight.integer != 0, weight.integer != 1 {
      faults.add(.weightValue, "The weight of turn \(place + 1) is neither 0 nor 1.")
    }
    if let role = message["role"]?.string, role != "assistant" {
      faults.add(.weightRole, "Turn \(place + 1) has a weight, and is not the assistant's.")
    }
  }

  private static func checkOrder(_ roles: [String], isWhole: Bool, _ faults: inout FormatFaults) {
    var before = ""
    for (place, role) in roles.enumerated() {
      let isSystem = role == "system" || role == "developer"
      if isSystem, place > 0, before != "system", before != "developer" {
        faults.add(.systemNotFirst, "Turn \(place + 1) is the \(role)'s, after others.")
      }
      if role == before, role == "user" || role == "assistant" {
        faults.add(.rolesDoNotAlternate, "Turns \(place) and \(place + 1) are both the \(role)'s.")
      }
      before = role
    }
    if isWhole, roles.contains("assistant"), let last = roles.last, last != "assistant" {
      faults.add(.endsWithoutAnswer, "The last turn is not the assistant's, but \(whose(last)).")
    }
  }

  private static func whose(_ role: String) -> String {
    ["system", "developer", "user", "tool", "function"].contains(role)
      ? "the \(role)'s" : "of an unknown role"
  }
}
