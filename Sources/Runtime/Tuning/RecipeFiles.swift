import Core
import FineTuning
import Foundation

// A folder with all that a trainer on one's own machine needs: its data, its configuration and the command. Data
// is read twice and never held as a whole, first to measure it, then to write it.

/// Writes recipes.
public struct RecipeFiles {
  /// What was written.
  public struct Report: Hashable, Sendable {
    public var recipe: Recipe
    /// Records by the name of their file, in the recipe's folder.
    public var records: [String: Int]
    /// How many examples are in no file, by the reason, as a sentence.
    public var omissions: [String: Int]
    /// What is typed in a shell, wherever that is.
    public var command: String
  }

  private let training: String
  private let validation: String?
  private let settings: RecipeSettings

  /// - Parameters:
  ///   - data: a file, or a folder as `whet tune write --split` makes it, with `train.jsonl`, and perhaps
  ///     `validation.jsonl`.
  ///
  /// Throws `RecipeError`.
  public init(data: String, settings: RecipeSettings) throws {
    self.settings = settings
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: data, isDirectory: &isFolder) else {
      throw RecipeError("\(data) is not there: whet tune write makes such a folder.")
    }
    guard isFolder.boolValue else {
      training = data
      validation = nil
      return
    }
    func file(_ names: String...) -> String? {
      names.map { "\(data)/\($0)" }.first(where: FileManager.default.fileExists)
    }
    guard let training = file("train.jsonl") else {
      throw RecipeError("\(data) has no train.jsonl: whet tune write makes one.")
    }
    self.training = training
    validation = file("validation.jsonl", "valid.jsonl")
  }

  /// Writes the recipe's files. All of them are there in the end, or none is changed.
  ///
  /// Throws `RecipeError`, `ExampleFileError`, `LineFileError` and `WholeFileError`.
  public func write(to folder: String, overwrites: Bool) throws -> Report {
    guard folder.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
      throw RecipeError("The folder's name has a control character: give another one.")
    }
    var omissions: [String: Int] = [:]
    let (measures, counts) = try measure(&omissions)
    guard measures.train > 0 else {
      let reasons = omissions.keys.sorted().joined(separator: " ")
      throw RecipeError("Nothing is left to train on. \(reasons)")
    }
    let recipe = Recipe(settings, measures)
    let data =
      [(recipe.trainFile, training)]
      + (measures.validation > 0
        ? [(recipe.validationFile, validation)].compactMap { name, path in path.map { (name, $0) } }
        : [])
    let names = recipe.files.map(\.name) + data.map(\.0)
    for name in names where !overwrites {
      guard !FileManager.default.fileExists(atPath: "\(folder)/\(name)") else {
        throw RecipeError(
          "\(folder)/\(name) is there already: give another place, or --force to replace it.")
      }
    }
    do {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/data", withIntermediateDirectories: true)
    } catch {
      throw RecipeError("\(folder) can't be made a folder: \(String(cString: strerror(errno))).")
    }
    let records = RecipeRecords(
      trainer: settings.trainer, method: settings.method, hasTools: measures.hasTools)
    // All are open before the first line is written, so that a failure leaves none behind.
    func open(_ opened: [(String) throws -> Void]) throws {
      guard opened.count < names.count else {
        for (file, write) in zip(recipe.files, opened) { try write(file.text) }
        for ((name, path), write) in zip(data, opened.dropFirst(recipe.files.count)) {
          try lines(of: path, records, write, expected: counts[path] ?? 0, name)
        }
        return
      }
      try WholeFile.place(at: "\(folder)/\(names[opened.count])", overwrites: overwrites) {
        write in
        try withoutActuallyEscaping(write) { try open(opened + [$0]) }
      }
    }
    try open([])
    return Report(
      recipe: recipe,
      records: Dictionary(
        data.map { ($0.0, counts[$0.1] ?? 0) }, uniquingKeysWith: { first, _ in first }),
      omissions: omissions,
      command: "cd -- \(ShellWord.quoted(folder)) && \(recipe.command)")
  }

  /// Sizes of the records, and how many each of the two files gives.
  private func measure(
    _ omissions: inout [String: Int]
  ) throws -> (RecipeMeasures, [String: Int]) {
    var measures = RecipeMeasures()
    var counts: [String: Int] = [:]
    let records = RecipeRecords(
      trainer: settings.trainer, method: settings.method, hasTools: false)
    for path in [training, validation].compactMap({ $0 }) {
      var omitted: [String: Int] = [:]
      try ExampleFile.forEachExample(at: path) { example, _ in
        guard !example.holdsSecret else {
          omitted[Self.secret, default: 0] += 1
          return
        }
        do throws(ExampleFormatError) {
          for part in try records.examples(of: example) {
            _ = try records.record(of: part)
            counts[path, default: 0] += 1
            if part.tools != nil { measures.hasTools = true }
            guard path == training else { continue }
            let size = ExampleMeasures(of: part)
            measures.tokens.add(size.tokens)
          }
        } catch {
          omitted[error.description, default: 0] += 1
        }
      }
      omissions.merge(omitted, uniquingKeysWith: +)
    }
    measures.validation = validation.flatMap { counts[$0] } ?? 0
    return (measures, counts)
  }

  private static let secret = "It holds a key or a password."

  private func lines(
    of path: String, _ records: RecipeRecords, _ write: (String) throws -> Void, expected: Int,
    _ name: String
  ) throws {
    var count = 0
    try ExampleFile.forEachExample(at: path) { example, _ in
      guard !example.holdsSecret, let parts = try? records.examples(of: example) else { return }
      for part in parts {
        guard let record = try? records.record(of: part) else { continue }
        try write(record + "\n")
        count += 1
      }
    }
    guard count == expected else {
      throw RecipeError("\(path) was changed meanwhile: nothing was written; try again.")
    }
  }
}
