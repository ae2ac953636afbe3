import Core

// What is wrong with the form of a line of a file for training, and the example that it holds.

/// The verdict on the form of one line.
public struct LineVerdict: Sendable {
  /// The first fault of each kind, in the order in which they were found.
  public let faults: [FormatFault]
  /// How often each kind was found.
  public let counts: [FormatCode: Int]
  /// What the line is meant to be; nil where it can't be read.
  public let format: TrainingFormat?
  /// What it says, as far as its form allows to tell.
  public let example: TrainingExample?

  /// Reads a line, without its end.
  ///
  /// - Parameters:
  ///   - format: what it must be; nil to take it for what it looks like.
  ///   - rules: by which it is judged. The cookbook's know no preferences.
  public init(
    of line: UnsafeBufferPointer<UInt8>, format: TrainingFormat? = nil, rules: FormatRules = .today
  ) {
    var faults = FormatFaults()
    let json = Self.json(of: line, &faults)
    self.init(json, format, rules, faults)
  }

  /// The verdict on a value that was read from a line, or would be written to one.
  public init(of json: JSON, format: TrainingFormat? = nil, rules: FormatRules = .today) {
    self.init(json, format, rules, FormatFaults())
  }

  /// The same for a line in an array.
  public init(of line: [UInt8], format: TrainingFormat? = nil, rules: FormatRules = .today) {
    self = line.withUnsafeBufferPointer { Self(of: $0, format: format, rules: rules) }
  }

  /// The verdict on a line that is longer than is read.
  public static let tooLong = LineVerdict(
    fault: FormatFault(code: .longLine, sentence: "The line is longer than is read."))

  /// - Parameter faults: of the line's bytes.
  private init(
    _ json: JSON?, _ format: TrainingFormat?, _ rules: FormatRules, _ faults: FormatFaults
  ) {
    var faults = faults
    self.format = json.flatMap { Self.judge($0, format, rules, &faults) }
    example = json.flatMap(TrainingExample.init(json:))
    self.faults = faults.first
    counts = faults.counts
  }

  private init(fault: FormatFault) {
    faults = [fault]
    counts = [fault.code: 1]
    format = nil
    example = nil
  }

  private static func json(
    of line: UnsafeBufferPointer<UInt8>, _ faults: inout FormatFaults
  ) -> JSON? {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
      faults.add(.blankLine, "The line is blank.")
      return nil
    }
    if line.starts(with: [0xEF, 0xBB, 0xBF]) {
      faults.add(.byteOrderMark, "The line begins with a byte order mark.")
    }
    guard String(validating: line, as: UTF8.self) != nil else {
      faults.add(.badUTF8, "The line holds bytes that are no UTF-8.")
      return nil
    }
    do {
      return try JSON(parsing: line)
    } catch {
      faults.add(
        .notJSON, "The line is no JSON: \(error.problem), at column \(error.column).")
      return nil
    }
  }

  /// Adds what is wrong with a line's value, and returns what it is meant to be.
  private static func judge(
    _ json: JSON, _ format: TrainingFormat?, _ rules: FormatRules, _ faults: inout FormatFaults
  ) -> TrainingFormat? {
    guard json.object != nil else {
      faults.add(.dataType, "The line is no object, but \(kind(of: json)).")
      return nil
    }
    let cookbook = CookbookCheck(rules: rules)
    if rules == .cookbook {
      if let messages = cookbook.messages(of: json, &faults) { cookbook.check(messages, &faults) }
      return .sft
    }
    let format = format ?? (PreferenceCheck.isMeant(json) ? .dpo : .sft)
    switch format {
    case .dpo: PreferenceCheck.check(json, &faults)
    case .sft:
      guard let messages = cookbook.messages(of: json, &faults) else { break }
      cookbook.check(messages, &faults)
      TurnCheck.check(messages, isWhole: true, &faults)
      ToolCheck(offeredIn: json, &faults).check(messages, &faults)
    }
    return format
  }

  private static func kind(of json: JSON) -> String {
    switch json {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
