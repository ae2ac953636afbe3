// Sentences labelled by hand, by which the marks of support are measured: a YAML or JSON list of cases,
// each with its passages and its sentences by their labels.

/// Passages, and sentences of which a person has said what the passages say of them.
public struct LabelledSentences: Hashable, Sendable {
  public struct Sentence: Hashable, Sendable {
    public var text: String
    /// Never `noClaim`.
    public var label: SupportVerdict
  }

  public var passages: [Passage]
  /// By their labels, then in the order of the file.
  public var sentences: [Sentence]

  /// The labels, and how a file calls them.
  public static let labels: [SupportVerdict] = [.supported, .contradicted, .absent]
}

extension LabelledSentences {
  /// The cases of a file.
  ///
  /// Passages are given as for `whet run --data`: texts, or objects with `text` and perhaps `source`
  /// and `headings`. Throws for anything else, with the line.
  ///
  /// - Parameter name: the file's, for messages.
  public static func cases(
    of text: String, name: String
  ) throws(RelevanceFileError) -> [LabelledSentences] {
    let document: YAML
    do {
      document = try YAML(parsing: text)
    } catch {
      throw RelevanceFileError(name: name, line: error.line, problem: error.problem)
    }
    guard let items = document.list else {
      throw RelevanceFileError(name: name, line: document.line, problem: "no list; \(form)")
    }
    var cases: [LabelledSentences] = []
    for item in items { cases.append(try Self.case(item, name: name)) }
    return cases
  }

  private static let form =
    "expected cases, each with passages and with lists of supported, contradicted and absent"

  private static func `case`(
    _ item: YAML, name: String
  ) throws(RelevanceFileError) -> LabelledSentences {
    guard let passages = item["passages"].flatMap({ Passage.given($0.json) }), !passages.isEmpty
    else {
      throw RelevanceFileError(name: name, line: item.line, problem: "no passages; \(form)")
    }
    var sentences: [Sentence] = []
    for label in labels {
      for sentence in item[label.rawValue]?.list ?? [] {
        guard let text = sentence.scalar?.string else {
          throw RelevanceFileError(name: name, line: sentence.line, problem: "no text; \(form)")
        }
        sentences.append(Sentence(text: text, label: label))
      }
    }
    guard !sentences.isEmpty else {
      throw RelevanceFileError(name: name, line: item.line, problem: "no sentences; \(form)")
    }
    return LabelledSentences(passages: passages, sentences: sentences)
  }
}
