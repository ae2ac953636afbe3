// Models as other programs name them.

extension ModelReference {
  /// A model by promptfoo's name for its provider: `openai:chat:gpt-5` is `openai/gpt-5`, since
  /// what stands between is how the model is asked. Nil for a provider that is a program.
  static func promptfoo(_ id: String) -> ModelReference? {
    var parts = id.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, !parts[0].contains("/"), !parts[1].hasPrefix("//"),
      !promptfooPrograms.contains(parts[0])
    else { return nil }
    for kind in ["chat:", "responses:", "messages:", "completion:"] where parts[1].hasPrefix(kind) {
      parts[1].removeFirst(kind.count)
      break
    }
    guard !parts[1].isEmpty else { return nil }
    return ModelReference(provider: parts[0], model: parts[1])
  }

  /// What promptfoo calls providers that are no models, but programs and addresses.
  private static let promptfooPrograms: Set = [
    "exec", "python", "ruby", "golang", "javascript", "file", "package", "webhook", "websocket",
    "mcp", "browser",
  ]

  /// A model that a file names by OpenAI's name for it.
  static func openAI(_ name: String?) -> ModelReference { named(name, of: "openai") }

  /// A model of which nobody says where it runs.
  static func unnamed(_ name: String?) -> ModelReference { named(name, of: "imported") }

  /// A model by a name of that program's; it is unknown where there is none.
  static func named(_ name: String?, of program: String) -> ModelReference {
    let name = name ?? ""
    return ModelReference(provider: program, model: name.isEmpty ? "unknown" : name)
  }
}
