// A prompt as it is kept in a file: YAML front matter and a template, in the dotprompt format
// (https://google.github.io/dotprompt). A plain text is one, too. It never changes the text.

/// A prompt's settings and its template.
public struct PromptFile: Hashable, Sendable {
  /// The file's name, for messages.
  public let name: String
  /// The YAML between the `---` lines, as it was written; nil without front matter.
  public let frontMatter: String?
  /// All of the front matter, keys that nothing here knows included.
  public let metadata: JSON
  /// `model`: the model that the prompt was written for.
  public let model: String?
  /// What `config`, `output` and `tools` ask for; a command line may set other values.
  public var parameters: Parameters
  /// `input.default`: what the variables are when nobody fills them.
  public let defaults: JSON.Object
  public let template: Template
  /// The line of the file on which the template begins, counted from 1.
  public let firstTemplateLine: Int

  /// The names that the template takes, in the order of their first use.
  public var variables: [String] { template.variables }

  /// The prompt that a text holds.
  ///
  /// A text without front matter is all template. Throws where the front matter is broken or holds
  /// a value of the wrong kind, and where the template does not parse.
  public init(parsing text: String, name: String) throws(PromptError) {
    self.name = name
    let bytes = Array(text.utf8)
    let settings: PromptSettings
    let body: Range<Int>
    if let front = FrontMatter(of: bytes),
      let parsed = try PromptSettings(parsing: front, name: name)
    {
      frontMatter = front.text
      settings = parsed
      body = Self.trimmed(front.body, in: bytes)
    } else if let line = FrontMatter.unclosedLine(in: bytes) {
      throw PromptError(
        name: name, line: line, problem: "the front matter has no end: a line '---' was expected")
    } else {
      frontMatter = nil
      settings = PromptSettings()
      body = FrontMatter.startOfText(in: bytes)..<bytes.count
    }
    metadata = settings.metadata
    model = settings.model
    parameters = settings.parameters
    defaults = settings.defaults
    firstTemplateLine = TextPlace.of(offset: body.lowerBound, in: bytes).line
    do {
      template = try Template(parsing: String(decoding: bytes[body], as: UTF8.self))
    } catch {
      let (line, column) = TextPlace.of(offset: body.lowerBound + error.offset, in: bytes)
      throw PromptError(name: name, line: line, column: column, problem: error.problem)
    }
  }

  /// A range of bytes without the white space at both ends.
  private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte }
    let start = bytes[range].firstIndex { !isBlank($0) } ?? range.upperBound
    let end = bytes[start..<range.upperBound].lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return start..<end
  }
}
