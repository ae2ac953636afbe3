import Core

// What an answer is like, in 16 bytes: enough to tell a stranger among answers, and nothing of what it
// says.

/// How an answer is written down.
public enum AnswerFormat: UInt8, Hashable, Sendable, CaseIterable {
  case plain
  /// Lists, headings or tables of Markdown.
  case markdown
  /// A fence of code is in it.
  case code
  case json
  /// Calls of tools and no text.
  case calls
  case empty

  var noun: String {
    switch self {
    case .plain: "plain text"
    case .markdown: "Markdown"
    case .code: "fenced code"
    case .json: "JSON"
    case .calls: "calls of tools"
    case .empty: "nothing"
    }
  }
}

/// What an answer is like.
public struct AnswerTraits: Hashable, Sendable {
  public var words: UInt32
  /// Which task it answers, as its system prompt tells: its hash.
  public var task: UInt32
  public var format: AnswerFormat
  public var language: AnswerLanguage
  public var habits: AnswerHabits

  public init(_ example: TrainingExample) {
    var system = LikenessHash()
    for message in example.input where message.role == "system" || message.role == "developer" {
      system.add(exactly: message.text)
    }
    let turns = example.answer.filter { $0.role == "assistant" }
    let text = turns.count == 1 ? turns[0].text : turns.map(\.text).joined(separator: "\n")
    self.init(
      text, task: UInt32(truncatingIfNeeded: system.value),
      hasCalls: turns.contains { $0.toolCalls != nil })
  }

  /// Of an answer's text alone.
  public init(_ text: String, task: UInt32 = 0, hasCalls: Bool = false) {
    var text = text
    let (reading, form) = text.withUTF8 { bytes in
      var reader = StyleReader(bytes: bytes)
      FoldedText.read(bytes, &reader)
      return (reader, AnswerForm(bytes))
    }
    words = UInt32(clamping: reading.words.count)
    self.task = task
    language = reading.evidence.language
    format = form.isEmpty ? (hasCalls ? .calls : .empty) : form.format
    habits = reading.words.withUnsafeBufferPointer { StylePhrases.all.habits($0) }
    if form.isCut { habits.insert(.cut) }
    if form.hasOpenEnd, words >= 12 { habits.insert(.openEnd) }
    if form.hasPlaceholder { habits.insert(.placeholder) }
    if format == .json {
      // Its texts may be anything, a mail for one.
      habits.subtract([.opening, .closing, .refusal, .deferral])
    }
  }
}

/// Words and language of an answer. What stands in quotation marks is said by somebody else: no phrase
/// is found there.
private struct StyleReader: FoldedTextReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var words: [UInt64] = []
  var evidence = LanguageEvidence()
  private var isQuoted = false
  /// What no word's hash is, in all likelihood.
  private static let unsaid: UInt64 = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    words.reserveCapacity(min(bytes.count / 5, 4096))
  }

  @inline(__always)
  mutating func word(_ hash: UInt64, _ range: Range<Int>) {
    words.append(isQuoted ? Self.unsaid : hash)
    evidence.add(hash, bytes, range)
  }

  @inline(__always)
  mutating func mark(_ scalar: UInt32) {
    switch scalar {
    case 0x22: isQuoted.toggle()
    case 0x201C, 0x201E, 0xAB: isQuoted = true
    case 0x201D, 0xBB: isQuoted = false
    default: break
    }
  }

  @inline(__always)
  mutating func gap() {}
}
