// What is wrong with one line: all of it is counted, and the first of each kind is told.

/// One thing that is wrong with the form of a line.
public struct FormatFault: Hashable, Sendable {
  public var code: FormatCode
  /// What is wrong, as a sentence; of the example it quotes names only, and of those the beginnings.
  public var sentence: String
}

/// The faults of a line. A line can have millions of them: of each code only the first is kept.
struct FormatFaults {
  private(set) var first: [FormatFault] = []
  private(set) var counts: [FormatCode: Int] = [:]

  mutating func add(_ code: FormatCode, _ sentence: @autoclosure () -> String) {
    if counts.updateValue((counts[code] ?? 0) + 1, forKey: code) == nil {
      first.append(FormatFault(code: code, sentence: sentence()))
    }
  }

  var isEmpty: Bool { first.isEmpty }
}

/// A name out of a file, as a sentence may quote it: short, and in one line.
func quoted(_ name: String) -> String {
  let shown = name.unicodeScalars.prefix(24).map { $0.value < 0x20 ? "·" : String($0) }.joined()
  return "'\(shown)\(name.unicodeScalars.count > 24 ? "…" : "")'"
}
