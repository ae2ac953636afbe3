import Core

// What is kept of an example to find others like it.

/// An example's input and answer as hashes and signatures: 184 bytes, whatever its length.
///
/// Two texts have the same hash when they say the same words with the same marks between, whatever
/// their case and white space, and whatever marks end their words: `Yes.` is `yes`, but `-5` is not `5`,
/// and `1.5` not `15`. Near texts are told by their words alone. System prompts count for neither, since
/// sets share them; they only keep two examples from contradicting each other.
public struct ExampleFingerprint: Hashable, Sendable {
  /// Of the turns before the answer, but the system's.
  var input: UInt64
  var answer: UInt64
  /// Of the system's turns and the tools.
  var context: UInt32
  var inputSignature: LikenessSignature
  /// Of input and answer.
  var signature: LikenessSignature

  public init(_ example: TrainingExample) {
    var reader = LikenessReader()
    var system = LikenessHash()
    for message in example.input {
      if message.role == "system" || message.role == "developer" {
        system.add(exactly: message.text)
      } else {
        reader.add(message)
      }
    }
    if let tools = example.tools { system.add(exactly: tools.text) }
    let hasInput = !reader.isEmpty
    input = reader.takeHash()
    inputSignature = LikenessSignature(reader.bins)
    for message in example.answer { reader.add(message) }
    answer = reader.takeHash()
    signature = LikenessSignature(reader.bins)
    if !hasInput {
      // A text with nothing before it is its own input.
      input = answer
      inputSignature = signature
    }
    context = UInt32(truncatingIfNeeded: system.value)
  }

  /// Of a text that is asked, as a case of an evaluation.
  public init(input text: String) {
    self.init(TrainingExample(input: [TrainingMessage(role: "user", text: text)], answer: []))
  }
}

/// A hash of folded texts.
struct LikenessHash {
  private(set) var value: UInt64 = 0

  @inline(__always)
  mutating func add(_ part: UInt64) {
    value = FoldedText.finish(value &* 0x9E37_79B9_7F4A_7C15 &+ part)
  }

  /// A text byte by byte, as JSON is.
  mutating func add(exactly text: String) { add(FoldedText.hash(text)) }
}

private struct LikenessReader: FoldedTextReader, ~Copyable {
  var bins = LikenessBins()
  private(set) var isEmpty = true
  private var hash = LikenessHash()
  /// The hash before the marks that may turn out to end a word.
  private var beforeMarks: LikenessHash?
  private var last: UInt64?

  init() {}

  mutating func add(_ message: TrainingMessage) {
    hash.add(exactly: message.role)
    last = nil
    let text = message.text
    if !text.isEmpty { FoldedText.read(text, &self) }
    // What is no text: pictures, and calls of tools but their identifiers.
    if let parts = message.content?.array, parts.contains(where: { $0["text"] == nil }) {
      addOther(parts.filter { $0["text"] == nil }.map(\.text))
    }
    if let calls = message.toolCalls?.array {
      addOther(calls.map { ($0["function"] ?? $0).text })
    }
  }

  private mutating func addOther(_ texts: [String]) {
    isEmpty = false
    for text in texts { hash.add(exactly: text) }
  }

  mutating func takeHash() -> UInt64 {
    defer { hash = LikenessHash() }
    return hash.value
  }

  @inline(__always)
  mutating func word(_ hash: UInt64, _ bytes: Range<Int>) {
    isEmpty = false
    beforeMarks = nil
    self.hash.add(hash)
    if let last { bins.add(last, hash) }
    last = hash
  }

  @inline(__always)
  mutating func mark(_ scalar: UInt32) {
    if Self.endsWords(scalar) {
      if beforeMarks == nil { beforeMarks = hash }
    } else {
      beforeMarks = nil
    }
    hash.add(UInt64(scalar))
    isEmpty = false
  }

  @inline(__always)
  mutating func gap() {
    if let before = beforeMarks {
      hash = before
      beforeMarks = nil
    }
  }

  /// `. , ; : ! ?`, quotes and their like.
  @inline(__always)
  private static func endsWords(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21, 0x22, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x2018...0x201F, 0x2026, 0x3001, 0x3002,
      0xFF01, 0xFF0C, 0xFF1F, 0xBB:
      true
    default: false
    }
  }
}
