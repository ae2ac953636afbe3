// Which program a file comes from.

/// What a file is, as far as its ending and its text tell.
enum ImportFormat {
  case openAI(JSON)
  case promptfooConfiguration(JSON)
  case promptfooPrompts

  /// The endings of files that promptfoo takes for prompts.
  static let endings: Set = [
    "txt", "md", "j2", "json", "jsonl", "yaml", "yml", "js", "mjs", "cjs", "ts", "py",
  ]

  private static let codeEndings: Set = ["js", "mjs", "cjs", "ts", "mts", "py", "rb", "sh", "go"]

  /// Whether a path is that of a program, `file.py:function` included.
  static func isCode(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return codeEndings.contains(ending(of: String(name.prefix { $0 != ":" })))
  }

  private static func ending(of path: String) -> String {
    path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() } ?? ""
  }

  /// Throws `ImportError` for what can't be imported at all.
  init(of file: ImportFile) throws(ImportError) {
    let ending = Self.ending(of: file.path)
    if Self.isCode(file.path) {
      throw ImportError(
        "\(file.path) is a program: what its prompt will be is known only when it runs. Save a "
          + "prompt that it made, and import that.")
    }
    if ending == "prompt" { throw ImportError("\(file.path) is a .prompt file already.") }
    if PromptfooPrompts.messages(in: file.text) != nil {
      self = .promptfooPrompts
      return
    }
    let isObject = file.text.first { !$0.isWhitespace } == "{"
    var value: JSON?
    var problem: String?
    if isObject || ending == "json" {
      do throws(JSONError) {
        value = try JSON(parsing: file.text)
      } catch {
        problem = "it is not JSON: \(error)"
      }
    } else if ending == "yaml" || ending == "yml" {
      do throws(YAMLError) {
        value = try YAML(parsing: file.text).json
      } catch {
        problem =
          "it is not YAML: line \(error.line)"
          + (error.column.map { ", column \($0)" } ?? "") + ": \(error.problem)"
      }
    }
    switch value {
    case let value? where PromptfooConfiguration.isOne(value): self = .promptfooConfiguration(value)
    case let value? where OpenAIPrompt.isOne(value): self = .openAI(value)
    case nil where !["json", "yaml", "yml"].contains(ending): self = .promptfooPrompts
    default:
      throw ImportError(
        "\(file.path) can't be imported: "
          + (problem
            ?? "it has neither 'messages', 'input' nor 'prompts', nor is it a list of messages")
          + ".")
    }
  }
}
