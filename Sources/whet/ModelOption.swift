import ArgumentParser
import Core
import Runtime

// Models and variables as they are written on a command line.

enum ModelOption {
  /// `provider/model`.
  static func reference(_ text: String) throws -> ModelReference {
    guard let reference = ModelReference(text) else {
      throw ValidationError(
        "'\(text)' names no provider: write provider/model, such as builtin/echo or ollama/llama3.2; "
          + "`whet models` lists them.")
    }
    return reference
  }
}

enum VariableOption {
  /// `name=value` pairs, by name: `name=@path` is the text of a file, `name=@@x` the text `@x`.
  ///
  /// Throws also for a file that can't be read, or is no text.
  static func values(_ pairs: [String]) throws -> [String: String] {
    var values: [String: String] = [:]
    for pair in pairs {
      guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex else {
        throw ValidationError("'\(pair)' is no variable: write --var name=value.")
      }
      switch InputText(String(pair[pair.index(after: equals)...])) {
      case .literal(let text): values[String(pair[..<equals])] = text
      case .file(let path):
        values[String(pair[..<equals])] = try InputFiles.text(at: path, promptPath: nil)
      }
    }
    return values
  }
}
