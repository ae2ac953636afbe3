import Core

// YAML with comments that say why. Values go through Core's writer, so that no name can become a key.

/// Gathers the settings of a configuration file.
struct RecipeConfiguration {
  private(set) var text: String

  /// - Parameter head: what the file is, a line of comment each.
  init(_ head: [String]) { text = head.map { "# \($0)\n" }.joined() }

  /// A setting, after a comment if it has a reason.
  mutating func set(_ name: String, _ value: JSON, _ reason: String = "") {
    if !reason.isEmpty { text += "\n# \(reason)\n" }
    if case .number(let number) = value {
      text += "\(name): \(Self.decimal(number))\n"
    } else {
      text += JSON.Object([.init(name: name, value: value)]).yamlText
    }
  }

  /// A comment by itself.
  mutating func say(_ comment: String) { text += "\n# \(comment)\n" }

  /// A number without an exponent: to the YAML of Python, `5e-06` is a text.
  static func decimal(_ number: Double) -> String {
    let digits = Array(String(Int((number * 1e12).rounded())).utf8)
    let padded = [UInt8](repeating: 0x30, count: max(0, 13 - digits.count)) + digits
    var fraction = padded.suffix(12)
    while fraction.count > 1, fraction.last == 0x30 { fraction.removeLast() }
    return String(decoding: padded.dropLast(12), as: UTF8.self) + "."
      + String(decoding: fraction, as: UTF8.self)
  }
}
