import ArgumentParser
import Core
import FineTuning
import Runtime
import Sessions

// `whet tune write`: a training set as files that trainers read.

struct TuneWriteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Write training sets as files that trainers read.",
    discussion: """
      Never written are rejected examples, examples with a key or another secret in them, and examples that ask \
      what a case of an evaluation asks, or nearly so: of all evaluations in the store, and of those that --not-in \
      names. How many were left out is told. The same sets and seed give the same bytes.
      """)

  @Argument(help: "A set, or SET=SHARE for each that is mixed, as in support=70 chat=30.")
  var sets: [String]

  @Option(help: "A .jsonl file, or a folder for train.jsonl, validation.jsonl and test.jsonl.")
  var to: String

  @Option(help: "sft, dpo, prompt-completion or sharegpt.")
  var format: RecordFormat = .messages

  @Option(help: "Percentages of training, validation and perhaps test, as in 90/10.")
  var split: String?

  @Option(
    help: "Give each part its share of every tag, answer or source; tag:PREFIX for some tags.")
  var stratify: String?

  @Option(help: "What chance comes from.")
  var seed: UInt64 = 0

  @Option(help: "So many examples at most.")
  var sample: Int?

  @Option(help: "How often examples with a tag are written, as in hard=2; 0 for never.")
  var weight: [String] = []

  @Flag(help: "Only what was approved; else all that was not rejected.")
  var approved = false

  @Option(help: "An evaluation or a dataset whose cases must not be trained on.")
  var notIn: [String] = []

  @Flag(help: "Replace files that are there.")
  var force = false

  func run() throws {
    var settings = WriteSettings()
    settings.format = format
    settings.onlyApproved = approved
    settings.seed = seed
    if let sample {
      guard sample > 0 else { throw ValidationError("--sample takes a number from 1 on.") }
      settings.sample = sample
    }
    if let split {
      guard let parts = WriteSettings.parts(split) else {
        throw ValidationError("--split takes percentages that come to 100, as in 90/10.")
      }
      settings.parts = parts
    }
    settings.stratum = try stratify.map(Self.stratum)
    for text in weight {
      guard let (tag, count) = Self.pair(text), let count = Int(count),
        0...WriteSettings.mostCopies ~= count
      else { throw ValidationError("--weight takes TAG=COUNT, as in hard=2, up to 100.") }
      settings.weights[tag] = count
    }
    let names = try mixed(&settings)
    let report = try SetWriting(
      store: try SessionsCommand.store(), sets: names, settings: settings, evaluations: notIn
    ).write(to: to, overwrites: force)
    for file in report.files {
      Console.line("\(file.path)  \(Numbers.grouped(file.lines)) examples")
    }
    if !report.omissions.isEmpty {
      Console.complain("Left out: \(SetWriting.words(report.omissions)).")
    }
  }

  /// The names of the sets; their shares go to the settings.
  private func mixed(_ settings: inout WriteSettings) throws -> [String] {
    if sets.count == 1, !sets[0].contains("=") { return sets }
    let pairs = sets.compactMap(Self.pair)
    let shares = pairs.compactMap { Double($0.1) }.filter { $0 > 0 && $0.isFinite }
    guard shares.count == sets.count, Set(pairs.map(\.0)).count == sets.count else {
      throw ValidationError("Several sets take a share each, as in support=70 chat=30.")
    }
    settings.mix = shares
    return pairs.map(\.0)
  }

  private static func pair(_ text: String) -> (String, String)? {
    guard let place = text.lastIndex(of: "="), place != text.startIndex else { return nil }
    return (String(text[..<place]), String(text[text.index(after: place)...]))
  }

  private static func stratum(_ text: String) throws -> WriteSettings.Stratum {
    switch text {
    case "tag": .tags("")
    case "answer": .answer
    case "source": .source
    case _ where text.hasPrefix("tag:"): .tags(String(text.dropFirst(4)))
    default: throw ValidationError("--stratify takes tag, tag:PREFIX, answer or source.")
    }
  }
}

extension RecordFormat: ExpressibleByArgument {}
