import Core

// The form of a preference, as OpenAI's guide to direct preference optimization writes it: what is
// asked, and two answers to it.

struct PreferenceCheck {
  /// Whether an object is meant to be a preference.
  static func isMeant(_ object: JSON) -> Bool {
    object["messages"] == nil
      && ["input", "preferred_output", "non_preferred_output"].contains { object[$0] != nil }
  }

  static func check(_ object: JSON, _ faults: inout FormatFaults) {
    let cookbook = CookbookCheck(rules: .today)
    let input = object["input"] ?? .null
    let tools = ToolCheck(offeredIn: input, &faults)
    var asked: [JSON] = []
    if input.object == nil {
      faults.add(.missingInput, "It has no object `input`.")
    } else {
      asked = cookbook.messages(of: input, &faults) ?? []
      for (place, message) in asked.enumerated() { cookbook.check(message, at: place, &faults) }
      TurnCheck.check(asked, isWhole: false, &faults)
      tools.check(asked, &faults)
    }
    let preferred = output("preferred_output", .missingPreferredOutput, of: object, &faults)
    let other = output("non_preferred_output", .missingNonPreferredOutput, of: object, &faults)
    for output in [preferred, other] {
      check(output, after: asked.count, tools, &faults)
    }
    if !preferred.isEmpty, preferred == other {
      faults.add(.equalOutputs, "Both outputs are the same.")
    }
  }

  private static func output(
    _ name: String, _ code: FormatCode, of object: JSON, _ faults: inout FormatFaults
  ) -> [JSON] {
    if let turns = object[name]?.array, !turns.isEmpty { return turns }
    faults.add(code, "It has no list `\(name)` with a turn in it.")
    return []
  }

  /// - Parameter asked: how many turns stand before the output; its own are counted on from there.
  private static func check(
    _ output: [JSON], after asked: Int, _ tools: ToolCheck, _ faults: inout FormatFaults
  ) {
    let cookbook = CookbookCheck(rules: .today)
    for (place, message) in output.enumerated() {
      cookbook.check(message, at: asked + place, &faults)
      TurnCheck.checkContent(of: message, at: asked + place, &faults)
      TurnCheck.checkWeight(of: message, at: asked + place, &faults)
      if let role = message["role"]?.string, role != "assistant", role != "tool" {
        faults.add(.outputRole, "A turn of an output is not the assistant's.")
      }
    }
    tools.check(output, from: asked, &faults)
  }
}
