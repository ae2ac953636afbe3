import Core

// What to do about the failures of one lever, with a command that can be copied. Ids, questions and
// names in it are of anybody's making: they are quoted for the shell.

/// A step with the command that begins it.
public struct NextStep: Hashable, Sendable {
  public var lever: Lever
  /// A sentence or two.
  public var text: String
  public var command: String
}

extension DiagnosisReport {
  /// What each lever asks for, the most frequent first.
  public var steps: [NextStep] {
    levers.map { lever, placements in
      let causes = Dictionary(grouping: placements, by: \.cause)
      let cause = FailureCause.allCases.filter { causes[$0] != nil }
        .max { (causes[$0]?.count ?? 0) < (causes[$1]?.count ?? 0) }
      return step(cause ?? .unmeasured, of: causes[cause ?? .unmeasured] ?? [], lever)
    }
  }

  private func step(
    _ cause: FailureCause, of placements: [Placement], _ lever: Lever
  ) -> NextStep {
    let ids = placements.prefix(3).map(\.caseID)
    let again = evaluation(cases: ids)
    switch cause {
    case .notInCorpus:
      let target = ground.index.map { " --index \($0.shellWord)" } ?? ""
      return NextStep(
        lever: lever, text: "Add the documents that say it to the index.",
        command: "whet index add PATH\(target)")
    case .notRetrieved:
      guard let index = ground.index else {
        return NextStep(
          lever: lever,
          text: "Give the variant an index to search: the passages that it needs are in one.",
          command: "whet search \(question(of: placements)) --index NAME")
      }
      return NextStep(
        lever: lever,
        text: "See what keeps the passages out of the search, and what brings them in.",
        command: whyNot(placements, index))
    case .rankedTooLow:
      return NextStep(
        lever: lever, text: moreText(placements), command: whyNot(placements, ground.index))
    case .notUsed:
      return NextStep(
        lever: lever,
        text: "Give fewer passages, or have the prompt quote the one that it answers from first.",
        command: open ?? again)
    case .lostByContext:
      return NextStep(
        lever: lever,
        text:
          "Keep weak passages out (`min-score` of the variant's retrieval, a smaller k), or let "
          + "the prompt say that passages may be beside the point.", command: open ?? again)
    case .wrongForm:
      return NextStep(
        lever: lever,
        text: "Have the prompt say the form as firmly as the diagnosis did, or give it an example.",
        command: open ?? again)
    case .notAble:
      return NextStep(
        lever: lever,
        text: "Try examples in the prompt and a larger model on these; where neither helps, "
          + "fine-tuning is left.", command: evaluation(cases: ids, "-M PROVIDER/MODEL"))
    case .flaky, .unmeasured:
      return NextStep(
        lever: lever, text: "Lower the temperature, and ask each case several times to see it.",
        command: evaluation(cases: ids, "--repeat 5"))
    }
  }

  /// How many passages would have been enough.
  private func moreText(_ placements: [Placement]) -> String {
    let ranks = placements.compactMap(\.search?.rank).sorted()
    guard !ranks.isEmpty else { return "Rerank what is found, or give more of it." }
    // Four of five: the last ones would cost the most.
    let enough = ranks[(ranks.count * 4 + 4) / 5 - 1]
    let count = ranks.count { $0 <= enough }
    return "Rerank what is found, or give more of it: with k=\(enough), "
      + "\(Numbers.grouped(count)) of \(Numbers.grouped(ranks.count)) would be given, as far as the "
      + "budget goes."
  }

  // MARK: Commands

  private func whyNot(_ placements: [Placement], _ index: String?) -> String {
    let target = index.map { " --index \($0.shellWord)" } ?? ""
    let passage = placements.lazy.compactMap(\.search?.passage).first ?? ""
    return "whet search \(question(of: placements))\(target) --why-not \(passage.shellWord)"
  }

  private func question(of placements: [Placement]) -> String {
    (placements.lazy.compactMap(\.search?.question).first ?? "").shellWord
  }

  private var open: String? { ground.prompt.map { "whet open \($0.shellWord)" } }

  /// The evaluation once more, of these cases alone.
  private func evaluation(cases: [String], _ option: String? = nil) -> String {
    let words =
      ["whet eval", ground.file?.shellWord ?? "FILE", "--variant", ground.variant.shellWord]
      + cases.flatMap { ["--case", $0.shellWord] } + [option].compactMap { $0 }
    return words.joined(separator: " ")
  }
}

extension String {
  /// Characters of a word in a command that is to be read.
  private static let mostShown = 200

  /// As a shell takes it for one word that is no option. What a terminal would not show as it is, is
  /// left out, and so is the end of a text that nobody would read.
  fileprivate var shellWord: String {
    let shown = String(
      DisplayText.printable(self).prefix(Self.mostShown).map {
        $0.isNewline || $0 == "\t" ? " " : $0
      })
    let isPlain =
      !shown.isEmpty && !shown.hasPrefix("-")
      && shown.utf8.allSatisfy { byte in
        0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
          || "-_./:=,".utf8.contains(byte)
      }
    if isPlain { return shown }
    let word = shown.hasPrefix("-") ? " " + shown : shown
    return "'\(word.replacing("'", with: #"'\''"#))'"
  }
}
