import Core

// What the passages of a column's run say of its answer: asked for once the answer is whole, shown as
// marks.

/// An answer that is to be compared with the passages of its run.
public struct SupportExamination: Hashable, Sendable {
  /// The run's number in this program; comes back with what was found.
  public var number: Int
  public var text: String
  /// Those that the run was given, in the order of its prompt.
  public var passages: [Passage]
  /// The index whose embedding is asked as well, where its search uses one; nil for none.
  public var index: String?
  public var retrieval: RetrievalSettings

  public init(
    number: Int, text: String, passages: [Passage], index: String? = nil,
    retrieval: RetrievalSettings = RetrievalSettings()
  ) {
    self.number = number
    self.text = text
    self.passages = passages
    self.index = index
    self.retrieval = retrieval
  }
}

/// What came of it.
public struct ExaminedSupport: Hashable, Sendable {
  /// That of the examination.
  public var number: Int
  /// The bytes of the text that was examined.
  public var length: Int
  public var support: AnswerSupport

  public init(number: Int, length: Int, support: AnswerSupport) {
    self.number = number
    self.length = length
    self.support = support
  }
}

extension Column {
  /// What is to be examined; nil where that is done or asked for, while the answer grows, and where
  /// the run had no passages, or they came in a file that their texts were left out of.
  mutating func takeSupportExamination(in context: ContextPane) -> SupportExamination? {
    let length = answer.text.utf8.count
    guard let run, answer.isFinished, passages.contains(where: { !$0.text.isEmpty }), length > 0,
      length != examinedLength
    else { return nil }
    examinedLength = length
    return SupportExamination(
      number: run, text: answer.text, passages: passages, index: context.index,
      retrieval: context.settings)
  }

  /// Takes in what was found; of another answer than the one that is there, nothing.
  mutating func take(_ examined: ExaminedSupport, isShown: Bool) {
    guard examined.number == run, examined.length == answer.text.utf8.count else { return }
    support = examined.support
    showSupport(isShown)
  }

  /// Marks what no passage supports, or takes the marks away.
  mutating func showSupport(_ isShown: Bool) {
    marks[.support] = isShown ? support?.sentences.flatMap(\.marks) ?? [] : []
  }

  /// The sentence at the cursor, with what passages say of it.
  var supportAtCursor: SentenceSupport? {
    cursor.flatMap { support?.sentence(at: $0.offset) }
  }

  /// Lights the sentences that a passage supports; nil lights none.
  mutating func light(_ origin: PassageOrigin?) {
    let place = origin.flatMap { origin in passages.firstIndex { $0.origin == origin } }
    let sentences = place.flatMap { support?.sentences(supportedBy: $0) } ?? []
    let lit = sentences.map { AnswerMark($0.range, .lit) }
    if marks[.lit] != lit { marks[.lit] = lit }
  }
}

extension SentenceSupport {
  /// The sentence where no passage supports it, and its citations that don't fit: in order, none over
  /// another.
  fileprivate var marks: [AnswerMark] {
    var marks: [AnswerMark] = []
    var start = range.lowerBound
    func markSentence(to end: Int) {
      if verdict.isUnsupported, start < end { marks.append(AnswerMark(start..<end, .unsupported)) }
    }
    for misfit in misfits {
      markSentence(to: misfit.lowerBound)
      marks.append(AnswerMark(misfit, .citationMisfit))
      start = misfit.upperBound
    }
    markSentence(to: range.upperBound)
    return marks
  }
}
