import Core

// What `whet support` prints: the sentences of an answer with their passages, and tables of how well
// verdicts agree with labels.

/// The sentences of an answer, each with what passages say of it.
struct SupportReport {
  private let sentences: [(text: String, support: SentenceSupport)]
  private let passages: [Passage]

  init(_ support: AnswerSupport, of text: String, by passages: [Passage]) {
    let bytes = Array(text.utf8)
    sentences = support.sentences.map { sentence in
      (String(decoding: bytes[sentence.range], as: UTF8.self), sentence)
    }
    self.passages = passages
  }

  /// Each sentence in a line, with a line under it that says why.
  var lines: [String] {
    sentences.flatMap { text, support in
      let sign =
        switch support.verdict {
        case .supported: "+"
        case .contradicted, .absent: "-"
        case .noClaim: " "
        }
      var lines = ["\(sign) \(text.split(whereSeparator: \.isNewline).joined(separator: " "))"]
      if support.verdict != .noClaim { lines.append("    \(support.reason(name: name))") }
      if !support.misfits.isEmpty {
        lines.append("    a citation names a passage that isn't there, or doesn't say so")
      }
      return lines
    }
  }

  private func name(_ place: Int) -> String {
    "\(place + 1) \(passages.indices.contains(place) ? passages[place].title : "")"
  }

  var json: [JSON] {
    sentences.map { text, support in
      [
        "sentence": .string(text),
        "start": .integer(support.range.lowerBound), "end": .integer(support.range.upperBound),
        "verdict": .string(support.verdict.rawValue), "share": .number(support.share),
        "reason": .string(support.reason(name: name)),
        "evidence": .array(
          support.evidence.map { evidence in
            [
              "passage": .integer(evidence.passage + 1),
              "spans": .array(
                evidence.spans.map { [.integer($0.lowerBound), .integer($0.upperBound)] }),
            ]
          }),
        "citations": .array(
          support.citations.map { citation in
            [
              "passages": .array(citation.numbers.map(JSON.integer)),
              "fits": .bool(!support.misfits.contains(citation.range)),
            ]
          }),
      ]
    }
  }
}

extension SupportEvaluation {
  private static let marks: [(name: String, verdicts: Set<SupportVerdict>)] = [
    ("supported", [.supported]), ("unsupported", [.contradicted, .absent]),
    ("contradicted", [.contradicted]), ("absent", [.absent]),
  ]

  func lines(name: String, listsMisses: Bool) -> [String] {
    var rows = [["marked as", "precision", "recall"]]
    for (name, verdicts) in Self.marks {
      let quality = quality(of: verdicts)
      rows.append([
        name, RetrievalReport.share(quality.precision), RetrievalReport.share(quality.recall),
      ])
    }
    var confusion = [["labelled"] + SupportVerdict.allCases.map(\.rawValue)]
    for label in LabelledSentences.labels {
      confusion.append(
        [label.rawValue]
          + SupportVerdict.allCases.map { "\(count(label: label, verdict: $0))" })
    }
    var lines = ["\(name) · \(Numbers.grouped(total)) sentences", ""]
    lines += TextTable(rows).lines + [""] + TextTable(confusion).lines
    if listsMisses {
      lines += misses.flatMap {
        [
          "", "\($0.label.rawValue), marked as \($0.verdict.rawValue): \($0.text)",
          "  \($0.reason)",
        ]
      }
    }
    return lines
  }

  func json(name: String) -> JSON {
    var marks: JSON.Object = [:]
    for (name, verdicts) in Self.marks {
      let quality = quality(of: verdicts)
      marks[name] = ["precision": .number(quality.precision), "recall": .number(quality.recall)]
    }
    var counts: JSON.Object = [:]
    for label in LabelledSentences.labels {
      var row: JSON.Object = [:]
      for verdict in SupportVerdict.allCases {
        row[verdict.rawValue] = .integer(count(label: label, verdict: verdict))
      }
      counts[label.rawValue] = .object(row)
    }
    return [
      "file": .string(name), "sentences": .integer(total), "marks": .object(marks),
      "verdicts_by_label": .object(counts),
    ]
  }
}
