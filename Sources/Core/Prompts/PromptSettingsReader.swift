// Reads values of one kind, or says on which line another kind stands.

/// The values of a front matter by their kinds. What is missing or null is nil, or empty.
struct PromptSettingsReader {
  /// The file's name, for messages.
  let name: String

  func fail(_ value: YAML, _ problem: String) -> PromptError {
    fail(line: value.line, problem)
  }

  func fail(line: Int, _ problem: String) -> PromptError {
    PromptError(name: name, line: line, problem: problem)
  }

  func map(_ value: YAML?, _ key: String) throws(PromptError) -> YAML? {
    guard let value, !isNull(value) else { return nil }
    guard value.map != nil else { throw fail(value, "'\(key)' must be a map") }
    return value
  }

  func list(_ value: YAML?, _ key: String) throws(PromptError) -> [YAML] {
    guard let value, !isNull(value) else { return [] }
    guard let items = value.list else { throw fail(value, "'\(key)' must be a list") }
    return items
  }

  func text(_ value: YAML?, _ key: String) throws(PromptError) -> String? {
    guard let value, !isNull(value) else { return nil }
    guard let text = value.scalar?.string else { throw fail(value, "'\(key)' must be a text") }
    return text
  }

  func number(_ value: YAML?, _ key: String) throws(PromptError) -> Double? {
    guard let value, !isNull(value) else { return nil }
    guard let number = value.scalar?.double else {
      throw fail(value, "'\(key)' must be a number")
    }
    return number
  }

  func integer(_ value: YAML?, _ key: String) throws(PromptError) -> Int? {
    guard let value, !isNull(value) else { return nil }
    guard let number = value.scalar?.integer else {
      throw fail(value, "'\(key)' must be a whole number")
    }
    return number
  }

  func count(_ value: YAML?, _ key: String) throws(PromptError) -> Int? {
    let number = try integer(value, key)
    if let number, let value, number < 1 { throw fail(value, "'\(key)' must be 1 or more") }
    return number
  }

  func texts(_ value: YAML?, _ key: String) throws(PromptError) -> [String] {
    guard let value, !isNull(value) else { return [] }
    if let text = value.scalar?.string { return [text] }
    let texts = value.list?.compactMap { $0.scalar?.string } ?? []
    guard !texts.isEmpty, texts.count == value.list?.count else {
      throw fail(value, "'\(key)' must be a list of texts")
    }
    return texts
  }

  private func isNull(_ value: YAML) -> Bool { value.scalar == .null }
}
