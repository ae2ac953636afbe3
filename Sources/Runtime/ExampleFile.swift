import Core

// Cases with their answers, a JSON object a line, as examples.

/// Reads the examples of a file of JSON lines.
enum ExampleFile {
  /// The cases of a file that have an answer.
  ///
  /// A line is `{"input": …, "expected": …}`: the input is an object of values by variable, or a
  /// text, which is the value of `question`; the answer is a text, or what is then written as JSON,
  /// and may go by `output`, too. Throws a sentence for a file that can't be read, and for a line
  /// that is no object.
  static func read(_ path: String) throws -> [Example] {
    let text = try PromptFiles.read(path)
    var examples: [Example] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      guard let object = try? JSON(parsing: String(line)), object.object != nil else {
        throw ExampleFileError(
          description: "\(path):\(index + 1): no JSON object: a line is "
            + "{\"input\": {…}, \"expected\": \"…\"}.")
      }
      if let example = example(object) { examples.append(example) }
    }
    return examples
  }

  private static func example(_ object: JSON) -> Example? {
    guard let answer = object["expected"] ?? object["output"], !answer.isNull else { return nil }
    var inputs: [String: String] = [:]
    switch object["input"] {
    case .object(let values)?:
      for member in values.members {
        inputs[member.name] = member.value.string ?? member.value.text
      }
    case .string(let text)?: inputs["question"] = text
    default: return nil
    }
    return Example(inputs: inputs, answer: answer.string ?? answer.text)
  }
}

/// Why a file's examples can't be read, in one sentence.
struct ExampleFileError: Error, CustomStringConvertible {
  let description: String
}
