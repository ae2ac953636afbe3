// An answer as JSON of a schema: the schema in the front matter, which servers are sent, and a
// sentence for the models whose servers take none.

enum JSONAnswer {
  static func edit(
    _ outline: PromptOutline, _ prompt: PromptFile, answer: String?
  ) throws(TechniqueRefusal) -> PromptEdit {
    guard prompt.parameters.responseSchema == nil, prompt.metadata["output"]?["schema"] == nil
    else { throw TechniqueRefusal(alreadyThere: "the front matter's output is JSON") }
    guard prompt.metadata["output"] == nil else {
      throw TechniqueRefusal(
        "The front matter says of the output what isn't JSON: take that 'output' away first.")
    }
    for tag in ["<thinking>", "<quotes>"] where outline.text.contains(tag) {
      throw TechniqueRefusal(
        "The prompt asks for \(tag) around its answer, which JSON has no place for: take that out "
          + "first.")
    }
    let example = answer.flatMap { try? JSON(parsing: $0) }?.object
    let fields = example.map(PicoschemaText.fields) ?? scaffold
    let front = FrontMatterText(of: outline, prompt).adding(
      "output:\n  format: json\n  schema:\n" + fields.map { "    \($0)\n" }.joined())
    let longer = PromptOutline(of: front, named: prompt.name)
    return PromptEdit(
      of: outline.text, to: longer.replacing([longer.addingToSystem(sentence)]),
      selecting: fields.first,
      summary: example == nil
        ? "Asked for JSON of a schema: name the fields that the answer is to have."
        : "Asked for JSON of a schema, made after the answer on the screen.")
  }

  private static let sentence =
    "Answer with one JSON object of the given schema: no text before or after it, no code fence."

  private static let scaffold = [
    "answer: string, the answer in one sentence",
    "confidence?: number, from 0 to 1",
  ]
}

/// Writes the shape of a value in Picoschema
/// (https://google.github.io/dotprompt/reference/picoschema).
enum PicoschemaText {
  /// A line for each member of an object and of those in it, indented.
  static func fields(of object: JSON.Object) -> [String] { fields(of: object, depth: 0) }

  /// Deeper than this, an object is any.
  private static let deepest = 8

  private static func fields(of object: JSON.Object, depth: Int) -> [String] {
    var names: Set<String> = []
    return object.members.filter { names.insert($0.name).inserted }.flatMap { member in
      lines(of: member.value, named: member.name, depth: depth)
    }
  }

  private static func lines(of value: JSON, named name: String, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    switch value {
    case .object(let object) where !object.members.isEmpty && depth < deepest:
      return ["\(indent)\(key(name, "object")):"] + fields(of: object, depth: depth + 1)
    case .array(let items):
      guard let first = items.first else { return ["\(indent)\(key(name, "array")): any"] }
      if case .object(let object) = first, !object.members.isEmpty, depth < deepest {
        return ["\(indent)\(key(name, "array")):"] + fields(of: object, depth: depth + 1)
      }
      return ["\(indent)\(key(name, "array")): \(type(of: first))"]
    default: return ["\(indent)\(key(name, nil)): \(type(of: value))"]
    }
  }

  /// `name`, `name(array)`; in quotes where YAML would read something else.
  private static func key(_ name: String, _ kind: String?) -> String {
    let text = name + (kind.map { "(\($0))" } ?? "")
    let isPlain =
      name.first?.isLetter == true
      && name.utf8.allSatisfy { byte in
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte == 0x5F
      }
    return isPlain ? text : JSON.string(text).text
  }

  private static func type(of value: JSON) -> String {
    switch value {
    case .null, .array, .object: "any"
    case .bool: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    }
  }
}
