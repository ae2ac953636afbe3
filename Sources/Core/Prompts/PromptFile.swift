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
  /// `input.schema`: what the variables are to be, as a JSON schema.
  public let inputSchema: JSON?
  /// `output.schema`: what the answer is to be, as a JSON schema.
  public let outputSchema: JSON?
  public internal(set) var template: Template
  /// The line of the file on which the template begins, counted from 1.
  public internal(set) var firstTemplateLine: Int
  /// Scalars before the template on that line.
  var templateIndent: Int
  /// What a chain's template is divided into; empty for a prompt of one step.
  public internal(set) var steps: [PromptStep] = []
  /// What a step is given of the ones before it; stands above the inputs.
  var stepValues = JSON.Object()

  /// The names that the template takes, in the order of their first use.
  public var variables: [String] { steps.isEmpty ? template.variables : chainVariables }

  /// The prompt that a text holds.
  ///
  /// A text without front matter is all template; one whose name is that of a plain text has front
  /// matter only where that looks like settings. Throws where the front matter is broken or holds
  /// a value of the wrong kind, and where the template or a partial does not parse.
  ///
  /// - Parameters:
  ///   - partials: the texts of the files that the template may put in, by the partials' names.
  ///   - schemas: JSON schemas that the front matter can name; nil leaves a schema that is but a
  ///     name to other programs.
  public init(
    parsing text: String, name: String, partials: [String: String] = [:],
    schemas: JSON.Object? = nil
  ) throws(PromptError) {
    self.name = name
    let bytes = Array(text.utf8)
    let settings: PromptSettings
    let body: Range<Int>
    if let front = FrontMatter(of: bytes, in: name),
      let parsed = try PromptSettings(parsing: front, name: name, schemas: schemas)
    {
      frontMatter = front.text
      settings = parsed
      body = front.trimmedBody(in: bytes)
    } else if let line = FrontMatter.unclosedLine(in: bytes, of: name) {
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
    inputSchema = settings.inputSchema
    outputSchema = settings.outputSchema
    let start = TextPlace.of(offset: body.lowerBound, in: bytes)
    firstTemplateLine = start.line
    templateIndent = start.column - 1
    do {
      let partials = partials.mapValues(Self.partialText)
      template = try Template(
        parsing: String(decoding: bytes[body], as: UTF8.self), partials: partials)
      steps = try PromptStep.steps(in: template.source, firstLine: firstTemplateLine) {
        source throws(TemplateError) in try Template(parsing: source, partials: partials)
      }
    } catch {
      let (line, column) = TextPlace.of(offset: body.lowerBound + error.offset, in: bytes)
      throw PromptError(name: name, line: line, column: column, problem: error.problem)
    }
  }

  /// The model that a text's front matter names, whatever stands after it; nil for none, and where
  /// the front matter can't be read.
  public static func model(in text: String, name: String) -> String? {
    guard let front = FrontMatter(of: Array(text.utf8), in: name) else { return nil }
    return (try? PromptSettings(parsing: front, name: name, schemas: nil))?.model
  }

  /// A prompt's text up to its template: as a prompt it says the same, but for an empty template,
  /// however long that is.
  public static func head(of text: String, name: String) -> String {
    let bytes = Array(text.utf8)
    guard let front = FrontMatter(of: bytes, in: name) else { return "" }
    return String(decoding: bytes[..<front.trimmedBody(in: bytes).lowerBound], as: UTF8.self)
  }

  /// What a file puts in as a partial: its text without its own front matter.
  private static func partialText(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard let front = FrontMatter(of: bytes) else {
      return String(decoding: bytes[FrontMatter.startOfText(in: bytes)...], as: UTF8.self)
    }
    return String(decoding: bytes[front.trimmedBody(in: bytes)], as: UTF8.self)
  }
}
