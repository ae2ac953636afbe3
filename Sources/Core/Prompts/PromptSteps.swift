// Prompts of several steps: a comment alone on its line, `{{!-- step: NAME --}}`, begins the next
// one. To other programs the tag is a comment like any other; only here it divides the template.

/// One prompt of a chain, with a template of its own.
public struct PromptStep: Hashable, Sendable {
  /// From 1.
  public let number: Int
  /// Nil where the chain begins without a tag.
  public let name: String?
  let template: Template
  /// The line of the file on which its template begins, counted from 1.
  let firstLine: Int

  /// How lists and messages call it: `2 answer`, or `1`.
  public var label: String { name.map { "\(number) \($0)" } ?? "\(number)" }
}

extension PromptStep {
  /// The names by which later steps are given the answers of earlier ones.
  public static let answerNames: Set = ["previous", "steps"]

  /// The steps of a template; empty for one that isn't divided.
  ///
  /// - Parameters:
  ///   - firstLine: the line of the file on which the template begins, from 1.
  ///   - parse: makes a template of a step's text.
  ///
  /// Throws for a step that begins inside of a block, for two of one name, and where a step doesn't
  /// parse by itself; offsets are those of the whole template.
  static func steps(
    in source: String, firstLine: Int,
    parse: (String) throws(TemplateError) -> Template
  ) throws(TemplateError) -> [PromptStep] {
    let bytes = Array(source.utf8)
    var parts: [(name: String?, range: Range<Int>)] = []
    for tag in try StepTag.tags(in: bytes) {
      guard !parts.contains(where: { $0.name == tag.name }) else {
        throw TemplateError(
          at: tag.line.lowerBound, in: bytes, "a second step is named '\(tag.name)'")
      }
      let start = parts.last?.range.lowerBound ?? 0
      let before = start..<tag.line.lowerBound
      if parts.isEmpty {
        if !isBlank(bytes[before]) { parts.append((nil, before)) }
      } else {
        parts[parts.count - 1].range = before
      }
      parts.append((tag.name, tag.line.upperBound..<bytes.count))
    }
    guard parts.count > 1 || parts.first?.name != nil else { return [] }
    var steps: [PromptStep] = []
    for (index, part) in parts.enumerated() {
      let range = trimmed(part.range, in: bytes)
      let template: Template
      do throws(TemplateError) {
        template = try parse(String(decoding: bytes[range], as: UTF8.self))
      } catch {
        throw TemplateError(at: range.lowerBound + error.offset, in: bytes, error.problem)
      }
      let line = TextPlace.of(offset: range.lowerBound, in: bytes).line
      steps.append(
        PromptStep(
          number: index + 1, name: part.name, template: template,
          firstLine: firstLine + line - 1))
    }
    return steps
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || 0x09...0x0D ~= byte
  }

  private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy(isSpace) }

  private static func trimmed(_ range: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    let start = bytes[range].firstIndex { !isSpace($0) } ?? range.upperBound
    let end = bytes[start..<range.upperBound].lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
    return start..<end
  }
}

/// A tag that begins a step.
struct StepTag: Hashable, Sendable {
  let name: String
  /// The bytes of its line in the template, the line end included.
  let line: Range<Int>

  /// The tags of a template, in order; those of a broken one up to its mistake.
  ///
  /// Throws for one that stands inside of a block.
  static func tags(in bytes: [UInt8]) throws(TemplateError) -> [StepTag] {
    var tags: [StepTag] = []
    var blocks: [Int] = []
    for token in TemplateScanner.scan(bytes).tokens {
      switch token.kind {
      case .open, .openInverted: blocks.append(token.range.lowerBound)
      case .close: _ = blocks.popLast()
      case .comment:
        guard let tag = StepTag(token, in: bytes) else { continue }
        if let block = blocks.first {
          throw TemplateError(
            at: token.range.lowerBound, in: bytes,
            "a step begins inside of the block of line "
              + "\(TextPlace.of(offset: block, in: bytes).line): end the block before it")
        }
        tags.append(tag)
      case .text, .output, .otherwise, .partial: break
      }
    }
    return tags
  }

  /// nil for a token that is no such tag.
  init?(_ token: TemplateToken, in bytes: [UInt8]) {
    guard token.kind == .comment, let name = Self.name(in: bytes[token.content]),
      let line = Self.line(of: token, in: bytes)
    else { return nil }
    self.name = name
    self.line = line
  }

  private static func name(in comment: ArraySlice<UInt8>) -> String? {
    let words = String(decoding: comment, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.first == "step:" else { return nil }
    let name = words.dropFirst().joined(separator: " ")
    return name.isEmpty ? nil : name
  }

  /// The line that a tag has for itself; nil when there is anything else on it.
  private static func line(of token: TemplateToken, in bytes: [UInt8]) -> Range<Int>? {
    func isBlank(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<token.range.lowerBound].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[token.range.upperBound...].firstIndex(of: newline) ?? bytes.count
    guard bytes[start..<token.range.lowerBound].allSatisfy(isBlank),
      bytes[token.range.upperBound..<end].allSatisfy(isBlank)
    else { return nil }
    return start..<min(end + 1, bytes.count)
  }
}

extension PromptFile {
  /// Whether it is a chain: the answer to each of its prompts goes into the next.
  public var isChain: Bool { steps.count > 1 }

  /// How many prompts are sent for one run of it: 1 unless it is a chain.
  public var stepCount: Int { max(1, steps.count) }

  /// The prompt of one step, which is filled in and sent like any other.
  ///
  /// It knows `{{previous}}`, the answer before it, and `{{steps.NAME}}` or `{{steps.1}}`, any
  /// earlier one; no input can take their place.
  ///
  /// - Parameters:
  ///   - number: from 1 to `stepCount`.
  ///   - answers: those of the steps before it, in order.
  public func step(_ number: Int, answers: [String]) -> PromptFile {
    guard steps.indices.contains(number - 1) else { return self }
    let step = steps[number - 1]
    var prompt = self
    prompt.template = step.template
    prompt.firstTemplateLine = step.firstLine
    if number > 1 { prompt.templateIndent = 0 }
    prompt.steps = []
    guard let previous = answers.last else { return prompt }
    var earlier = JSON.Object()
    for (step, answer) in zip(steps, answers) { earlier["\(step.number)"] = .string(answer) }
    for (step, answer) in zip(steps, answers) {
      if let name = step.name { earlier[name] = .string(answer) }
    }
    prompt.stepValues = ["previous": .string(previous), "steps": .object(earlier)]
    return prompt
  }

  /// The names that the steps of a chain take from outside, in the order of their first use.
  var chainVariables: [String] {
    steps.flatMap(\.template.variables).reduce(into: []) { names, name in
      if !names.contains(name), !PromptStep.answerNames.contains(name) { names.append(name) }
    }
  }
}
