import Core

// What is noticed of a set as a whole: how many examples there are, and what they are examples of.

struct SetFindings {
  /// OpenAI's API refuses a file with less.
  static let leastExamples = 10
  /// From here on its guide sees "clear improvements".
  static let usefulExamples = 50
  /// A class with a larger share is nearly all that a model learns to say.
  static let largestClassShare = 0.8
  /// A class with less is hardly learned.
  static let leastOfClass = 10
  /// A prompt that so many have is the set's; others are taken for slips.
  static let commonPromptShare = 0.5

  static func all(of tally: CheckTally, _ settings: CheckSettings) -> [(TrainingFinding, Int)] {
    let measures = tally.measures
    return
      (formats(of: tally, settings) + size(of: tally) + systemPrompts(of: measures, settings)
      + balance(of: measures)).map { ($0.0, $0.1) }
  }

  private typealias Found = [(TrainingFinding, Int)]

  private static func found(
    _ code: String, _ severity: FindingSeverity, line: Int? = nil, _ sentence: String,
    remedy: String, count: Int = 1
  ) -> (TrainingFinding, Int) {
    let finding = TrainingFinding(
      code: code, severity: severity, line: line, sentence: sentence, remedy: remedy)
    return (finding, count)
  }

  private static func formats(of tally: CheckTally, _ settings: CheckSettings) -> Found {
    guard let sft = tally.formats[.sft], let dpo = tally.formats[.dpo] else { return [] }
    let counts =
      "\(Numbers.counted(sft, "conversation")) and \(Numbers.counted(dpo, "preference"))"
    if settings.mayMixFormats {
      return [
        found(
          "mixed-formats", .note, "The set has \(counts).",
          remedy: "`whet tune write` writes one kind a file: --format dpo the preferences.")
      ]
    }
    return [
      found(
        "mixed-formats", .error, "The file has \(counts).",
        remedy: "Write them to two files: trainers read one kind a file.")
    ]
  }

  private static func size(of tally: CheckTally) -> Found {
    let count = tally.measures.examples
    let examples = count == 1 ? "1 example" : "\(count) examples"
    if count < leastExamples {
      return [
        found(
          "too-few-examples", .error,
          count == 0 ? "There are no examples." : "There are \(examples) only.",
          remedy: "Collect \(leastExamples) at least: with less, OpenAI's API refuses the file.")
      ]
    }
    guard count < usefulExamples else { return [] }
    return [
      found(
        "too-few-examples", .note, "There are \(examples) only.",
        remedy: "Collect more: \(usefulExamples) to 100 is where a model is seen to change.")
    ]
  }

  private static func systemPrompts(of measures: SetMeasures, _ settings: CheckSettings) -> Found {
    let prompts = measures.systemPrompts
    let ranked = prompts.ranked
    guard settings.systemPrompt == nil, ranked.count > 1, let common = ranked.first else {
      return []
    }
    let number = Numbers.grouped(ranked.count) + (prompts.others > 0 ? " and more" : "")
    let remedy = "Give all examples the system prompt that the model will be given."
    guard Double(common.count) >= commonPromptShare * Double(measures.examples) else {
      return [
        found(
          "system-prompts-differ", .note, "There are \(number) different system prompts.",
          remedy: remedy)
      ]
    }
    return ranked.dropFirst().map { entry in
      let share = Numbers.share(Double(common.count) / Double(measures.examples))
      let what =
        entry.beginning.isEmpty
        ? "It has no system prompt, and \(share) of the set have one"
        : "It has another system prompt than \(share) of the set"
      let others = entry.count > 1 ? "; \(Numbers.grouped(entry.count - 1)) more like it" : ""
      return found(
        "system-prompts-differ", .warning, line: entry.line,
        "\(what)\(others).", remedy: remedy, count: entry.count)
    }
  }

  private static func balance(of measures: SetMeasures) -> Found {
    var all: Found = []
    if let classes = measures.classes, let largest = classes.first,
      measures.examples >= leastExamples
    {
      let share = Double(largest.count) / Double(measures.labels.total)
      if share > largestClassShare {
        all.append(
          found(
            "class-imbalance", .warning,
            "\(Numbers.share(share)) of the answers are \(quoted(largest.name)).",
            remedy: "Add examples of the other classes, or leave some of this one out."))
      }
      for rare in classes where rare.count < leastOfClass {
        all.append(
          found(
            "rare-class", .note,
            "The answer \(quoted(rare.name)) comes \(times(rare.count)).",
            remedy: "Add examples of this class: \(leastOfClass) at least."))
      }
    }
    if let largest = measures.calls.ranked.first, measures.calls.counts.count > 1,
      measures.calls.total >= leastExamples
    {
      let share = Double(largest.count) / Double(measures.calls.total)
      if share > largestClassShare {
        all.append(
          found(
            "tool-imbalance", .note,
            "\(Numbers.share(share)) of the calls are of \(quoted(largest.name)).",
            remedy: "Add examples that call the other tools."))
      }
    }
    return all
  }

  private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }
}
