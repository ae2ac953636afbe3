// Makes `.prompt` files of the prompts of other programs. Pure: it is given the texts, and writes
// none.

/// A file that an import reads.
public struct ImportFile: Hashable, Sendable {
  public var path: String
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }

  /// The file's name without its folder and its ending.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }
}

/// What a file of another program comes to.
public struct PromptImport: Hashable, Sendable {
  /// A file to be written.
  public struct Output: Hashable, Sendable {
    /// With its ending, without a folder; no two are the same.
    public var name: String
    public var text: String
  }

  /// One or more `.prompt` files.
  public private(set) var prompts: [Output] = []
  /// Cases for them, as JSON Lines; nil where there are none.
  public private(set) var dataset: Output?
  /// What was left out or changed.
  public private(set) var notes: [ImportNote] = []

  /// Imports a file: promptfoo's prompts and configuration, OpenAI's stored prompts and requests.
  ///
  /// - Parameter files: the files that a reference leads to, from the file's own folder; its last
  ///   part may be a pattern with `*`.
  ///
  /// Throws `ImportError` where nothing can be made of it, and what `files` throws.
  public init(
    of file: ImportFile, files: @escaping (String) throws -> [ImportFile] = { _ in [] }
  ) throws {
    let conversations: [ImportedConversation]
    switch try ImportFormat(of: file) {
    case .openAI(let value):
      let prompt = try OpenAIPrompt(value, name: file.stem, place: file.path)
      conversations = [prompt.conversation]
      notes = prompt.notes
    case .promptfooConfiguration(let value):
      let configuration = try PromptfooConfiguration(
        value, name: file.stem, place: file.path, files: files)
      conversations = configuration.conversations
      notes = configuration.notes
      if !configuration.casesText.isEmpty {
        dataset = Output(
          name: Self.fileName("\(file.stem)-cases", ending: "jsonl", taken: []),
          text: configuration.casesText)
      }
    case .promptfooPrompts:
      let prompts = PromptfooPrompts(file.text, name: file.stem, place: file.path, isSplit: true)
      conversations = prompts.conversations
      notes = prompts.notes
    }
    for conversation in conversations {
      let name = Self.fileName(
        conversation.name, ending: "prompt", taken: Set(prompts.map(\.name)))
      prompts.append(Output(name: name, text: conversation.promptText))
    }
    guard !prompts.isEmpty else { throw ImportError("\(file.path) holds no prompt.") }
  }

  /// A name that any file system takes, and that no other file of this import has.
  private static func fileName(_ name: String, ending: String, taken: Set<String>) -> String {
    let words = name.lowercased().split {
      !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".")
    }
    let joined = String(words.joined(separator: "-").drop { $0 == "." }.prefix(60))
    let stem = joined.isEmpty ? "prompt" : joined
    var number = 1
    var candidate = "\(stem).\(ending)"
    while taken.contains(candidate) {
      number += 1
      candidate = "\(stem)-\(number).\(ending)"
    }
    return candidate
  }
}
