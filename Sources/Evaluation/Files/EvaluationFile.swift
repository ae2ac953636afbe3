import Core

// An evaluation as a file says it: promptfoo's configuration
// (https://www.promptfoo.dev/docs/configuration/reference), or whet's own few keys beside it
// (docs/evaluation.md). Pure: other files come in by a closure, and nothing is asked.

/// Why an evaluation can't be read, in a sentence that says what to do.
public struct EvaluationFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Reads a configuration into a plan, and lists what of it is not carried out.
public struct EvaluationFile {
  /// The texts of the files that a reference leads to, from the evaluation's own folder.
  public typealias Files = (String) throws -> [ImportFile]
  /// The cases of a folder in a layout that is known, by its path from the root; nil for any other path.
  public typealias Folders = (String) throws -> [EvaluationCase]?

  public internal(set) var plan: EvaluationPlan
  let source: JSON
  /// What messages call the file.
  let name: String
  /// From the root, without a slash at its end.
  let folder: String
  let files: Files
  /// The cases of a folder that is a dataset; nil where a path is none.
  let folders: Folders

  /// - Parameters:
  ///   - path: the file's, from the root.
  ///   - files: throws where a reference leads nowhere.
  ///   - folders: reads folders that are datasets.
  ///
  /// Throws `EvaluationFileError`, `DatasetError`, what prompts and assertions throw, and what `files`
  /// does.
  public init(
    parsing text: String, path: String, files: @escaping Files,
    folders: @escaping Folders = { _ in nil }
  ) throws {
    self.folders = folders
    name = path.split(separator: "/").last.map(String.init) ?? path
    folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    self.files = files
    do {
      source = try YAML(parsing: text).json
    } catch {
      throw EvaluationFileError("\(name):\(error.line): this is not YAML: \(error.problem)")
    }
    guard source.object != nil else {
      throw EvaluationFileError(
        "\(name) is no evaluation: a map was expected, with `prompts`, `providers` and `tests`, or "
          + "with `variants` and `tests`.")
    }
    plan = EvaluationPlan(
      name: source["description"]?.string ?? name, path: path, cases: [], variants: [])
    plan.cases = try cases(of: text)
    if source["variants"] != nil {
      plan.variants = try ownVariants()
    } else {
      plan.variants = try promptfooVariants()
    }
    readOptions()
  }

  mutating func omit(_ sentence: String) {
    if !plan.omissions.contains(sentence) { plan.omissions.append(sentence) }
  }

  // MARK: Options

  private static let knownKeys: Set = [
    "$schema", "description", "prompts", "providers", "targets", "defaultTest", "tests",
    "evaluateOptions", "assertionTemplates", "variants", "model", "judge", "embedder", "repeat",
    "answers", "tags",
  ]

  private mutating func readOptions() {
    let options = source["evaluateOptions"]
    plan.repeatCount = max(1, (source["repeat"] ?? options?["repeat"])?.integer ?? 1)
    if let most = options?["maxConcurrency"]?.integer { plan.mostRequests = max(1, most) }
    plan.judge = judge(source["judge"] ?? source["defaultTest"]?["options"]?["provider"])
    plan.embedder = source["embedder"]?.string
    plan.answers = source["answers"]?.string.map(absolute)
    for name in names(of: options, but: ["repeat", "maxConcurrency", "cache", "showProgressBar"]) {
      omit("evaluateOptions.\(name): there is nothing that means the same")
    }
    for name in names(of: source["defaultTest"], but: Self.testKeys) {
      omit("defaultTest.\(name): there is nothing that means the same")
    }
    for name in names(of: source, but: Self.knownKeys) {
      omit("\(name): there is nothing that means the same")
    }
  }

  /// A model that judges, by promptfoo's name or by whet's.
  private mutating func judge(_ value: JSON?) -> ModelReference? {
    guard let value, !value.isNull else { return nil }
    let text = value["text"] ?? value
    if let name = text.string, let model = ModelReference(name) { return model }
    if let model = PromptfooProvider(text)?.model { return model }
    omit("the judge \(text.text): it is no model that can be asked")
    return nil
  }

  func names(of object: JSON?, but known: Set<String>) -> [String] {
    (object?.object?.members ?? []).map(\.name).filter { !known.contains($0) }
  }
}
