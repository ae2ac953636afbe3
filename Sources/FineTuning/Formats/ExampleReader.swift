import Core

// Records of training files as examples. Each is read by itself; files and lines are the caller's.

/// Reads one record after the other.
public struct ExampleReader: Sendable {
  /// That of all records; nil where each tells its own.
  private let given: RecordFormat?
  /// The last record's; one that doesn't tell its own is taken for another of it.
  public private(set) var format: RecordFormat?
  /// How often a member was left out since examples have no place for it, by its name.
  public private(set) var leftOut: [String: Int] = [:]

  /// Names kept of members that are left out: a hostile file may have a new one in each record.
  private static let mostNames = 100

  /// - Parameter format: nil to tell it from each record.
  public init(format: RecordFormat? = nil) { given = format }

  /// The example that a record holds. Throws `ExampleFormatError`.
  public mutating func example(of json: JSON) throws(ExampleFormatError) -> TrainingExample {
    guard json.object != nil else {
      throw ExampleFormatError("This is no object: each record is one, in braces.")
    }
    guard let format = given ?? RecordFormat(of: json) ?? format else {
      throw ExampleFormatError(
        "The format can't be told: name it, one of "
          + RecordFormat.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    var members = RecordMembers(json)
    let example: TrainingExample? =
      switch format {
      case .messages: members.conversation()
      case .preference: members.preference()
      case .shareGPT: members.shareGPT()
      case .promptCompletion: members.promptCompletion()
      case .instruction: members.instruction()
      case .csv: members.row()
      }
    guard let example else {
      throw ExampleFormatError("A record of \(format.rawValue) has \(format.demand).")
    }
    guard !example.answer.isEmpty else {
      throw ExampleFormatError("No turn is an assistant's: there is nothing to learn from it.")
    }
    self.format = format
    for name in members.unread where leftOut[name] != nil || leftOut.count < Self.mostNames {
      leftOut[name, default: 0] += 1
    }
    return example
  }
}
