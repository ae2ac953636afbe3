import Sessions

// What people are told of an import.

extension ImportOutcome {
  /// What an import brought, in a sentence.
  public var sentence: String {
    var parts = ["\(added) \(added == 1 ? "run" : "runs") added to '\(session.name)'"]
    if alreadyThere > 0 { parts.append("\(alreadyThere) there already") }
    if !differing.isEmpty {
      parts.append("\(differing.count) left out, since they differ from the ones that are there")
    }
    if unknownLines > 0 {
      parts.append("\(unknownLines) lines passed over, which a later version may know")
    }
    return parts.joined(separator: ", ") + "."
  }
}
