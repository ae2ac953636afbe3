import ArgumentParser
import Core

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
  /// `name=value` pairs, by name.
  static func values(_ pairs: [String]) throws -> [String: String] {
    var values: [String: String] = [:]
    for pair in pairs {
      guard let equals = pair.firstIndex(of: "="), equals != pair.startIndex else {
        throw ValidationError("'\(pair)' is no variable: write --var name=value.")
      }
      values[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
    }
    return values
  }
}
