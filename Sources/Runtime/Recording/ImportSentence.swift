import Sessions

// What people are told of an import.

extension ImportOutcome {
  /// What an import brought, in a sentence.
  public var sentence: String { sentence(isTrial: false) }

  /// What an import brought, or would bring, in a sentence.
  public func sentence(isTrial: Bool) -> String {
    let runs = "\(added) \(added == 1 ? "run" : "runs")"
    var parts = ["\(runs) \(isTrial ? "would be " : "")added to '\(session.name)'"]
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
