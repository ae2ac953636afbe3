// What a prompt file's front matter sets for a run. Keys that are not known here are no mistake:
// other programs read these files, too.

/// The front matter's keys that mean something here, and all of them as `metadata`.
struct PromptSettings {
  var metadata: JSON = [:]
  var model: String?
  var parameters = Parameters()
  var defaults = JSON.Object()

  init() {}

  /// The settings of a front matter; nil for a text that is YAML but no map, as between the two
  /// rules of a Markdown file.
  init?(parsing front: FrontMatter, name: String) throws(PromptError) {
    let yaml: YAML
    do {
      yaml = try YAML(parsing: front.text, firstLine: front.firstLine)
    } catch {
      throw PromptError(
        name: name, line: error.line, problem: "the front matter is not YAML: \(error.problem)")
    }
    guard yaml.map != nil else {
      if yaml.scalar == .null { return }
      return nil
    }
    metadata = yaml.json
    let reader = PromptSettingsReader(name: name)
    model = try reader.text(yaml["model"], "model")
    if let config = try reader.map(yaml["config"], "config") {
      parameters.temperature = try reader.number(config["temperature"], "temperature")
      parameters.topP = try reader.number(config["topP"], "topP")
      parameters.maxTokens = try reader.count(config["maxOutputTokens"], "maxOutputTokens")
      parameters.stop = try reader.texts(config["stopSequences"], "stopSequences")
      parameters.seed = try reader.integer(config["seed"], "seed")
    }
    if let input = try reader.map(yaml["input"], "input"),
      let defaults = try reader.map(input["default"], "default")
    {
      self.defaults = defaults.json.object ?? [:]
    }
  }
}

/// Reads values of one kind, or says on which line another kind stands.
private struct PromptSettingsReader {
  let name: String

  func map(_ value: YAML?, _ key: String) throws(PromptError) -> YAML? {
    guard let value, !isNull(value) else { return nil }
    guard value.map != nil else { throw fail(value, "'\(key)' must be a map") }
    return value
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

  private func fail(_ value: YAML, _ problem: String) -> PromptError {
    PromptError(name: name, line: value.line, problem: problem)
  }
}
