// A prompt as the rules of lint look at it: the parts of its text with their lines, read as far as
// they can be read. It judges nothing.

/// A prompt's text in its parts, some of which may be broken.
struct LintedPrompt {
  let name: String
  let surroundings: PromptLint.Surroundings
  /// The prompt, when it can be read as a whole.
  let prompt: PromptFile?
  /// Why it can't be.
  let error: PromptError?
  /// Lines that are settings in another file, and text in this one, by its name.
  let unreadFront: FrontMatter?
  /// The front matter's map; nil without one, and where it is no YAML.
  let front: YAML?
  let tags: [Tag]
  /// What stands between the tags, in order.
  let texts: [Stretch]
  /// The messages with every input short, and no passages; empty where they can't be told.
  let messages: [Message]
  /// The line on which the template begins, counted from 1.
  let firstTemplateLine: Int

  /// Some of the template's text.
  struct Stretch {
    var text: String
    /// Of its first character, counted from 1.
    var line: Int
    /// UTF-8 bytes from the start of the file.
    var offset: Int
  }

  /// One tag of the template.
  struct Tag {
    var kind: TemplateToken.Kind
    /// What stands between the braces.
    var content: String
    var words: [String]
    /// Counted from 1.
    var line: Int
    var column: Int
    /// UTF-8 bytes from the start of the file.
    var offset: Int
    /// How many blocks are open around it.
    var depth: Int
    /// The name that a comment gives to the step that it begins; nil for other tags.
    var stepName: String?
    /// Why it can't be read, if it can't.
    var problem: String?
  }

  init(text: String, name: String, surroundings: PromptLint.Surroundings) {
    self.name = name
    self.surroundings = surroundings
    do throws(PromptError) {
      prompt = try PromptFile(parsing: text, name: name, partials: surroundings.partials)
      error = nil
    } catch {
      prompt = nil
      self.error = error
    }
    // A message of a variable alone is there once that has a value.
    var inputs: [String: String] = [:]
    for name in prompt?.variables ?? [] where prompt?.defaults[name] == nil { inputs[name] = "…" }
    messages = (try? prompt?.messages(inputs: inputs, passages: []).messages) ?? []

    let bytes = Array(text.utf8)
    let matter = FrontMatter(of: bytes, in: name)
    unreadFront = matter == nil ? FrontMatter(of: bytes) : nil
    let yaml = matter.flatMap { try? YAML(parsing: $0.text, firstLine: $0.firstLine) }
    front = yaml?.map == nil ? nil : yaml
    let start =
      matter == nil || (yaml != nil && front == nil && yaml?.scalar != .null)
      ? FrontMatter.startOfText(in: bytes) : matter?.body.lowerBound ?? 0
    firstTemplateLine = TextPlace.of(offset: start, in: bytes).line
    (tags, texts) = Self.parts(of: Array(bytes[start...]), offset: start, line: firstTemplateLine)
  }

  private static func parts(
    of bytes: [UInt8], offset: Int, line: Int
  ) -> (tags: [Tag], texts: [Stretch]) {
    var tags: [Tag] = []
    var texts: [Stretch] = []
    var depth = 0
    var places = PlaceCounter(bytes: bytes, firstLine: line)
    for token in TemplateScanner.scan(bytes).tokens {
      let place = places.place(of: token.range.lowerBound)
      let content = String(decoding: bytes[token.content], as: UTF8.self)
      if token.kind == .text {
        texts.append(
          Stretch(text: content, line: place.line, offset: offset + token.range.lowerBound))
        continue
      }
      if token.kind == .close { depth = max(0, depth - 1) }
      var problem: String?
      if [.output, .open, .openInverted].contains(token.kind) {
        var parser = TemplateExpressionParser(bytes: bytes, token: token)
        do throws(TemplateError) { _ = try parser.tag() } catch { problem = error.problem }
      }
      tags.append(
        Tag(
          kind: token.kind, content: content,
          words: token.kind == .comment ? [] : Self.words(in: content),
          line: place.line, column: place.column, offset: offset + token.range.lowerBound,
          depth: depth, stepName: StepTag(token, in: bytes)?.name, problem: problem))
      if token.kind == .open || token.kind == .openInverted { depth += 1 }
    }
    return (tags, texts)
  }

  /// The names in a tag: of a path the first, `this` included; no quoted texts, no `@index`.
  private static func words(in content: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isTail = false
    for character in content + " " {
      if let open = quote {
        if character == open { quote = nil }
        continue
      }
      let isPart =
        character.isLetter || character.isNumber || "_-$:?".contains(character)
        || !character.isASCII
      if isPart {
        word.append(character)
        continue
      }
      if !word.isEmpty, !isTail { words.append(word) }
      if !word.isEmpty || character != "." { isTail = false }
      if character == "\"" || character == "'" { quote = character }
      // What comes after a dot or an `@` is no name of its own, but for `../name` and `@root.name`.
      isTail =
        (character == "." && !word.isEmpty && !["this", "root"].contains(word))
        || (character == "@" && word.isEmpty)
      word = ""
    }
    return words
  }
}

/// Tells the places of offsets that only grow, so that a large text is gone over once.
private struct PlaceCounter {
  private let bytes: [UInt8]
  private var position = 0
  private var line: Int
  private var column = 1

  init(bytes: [UInt8], firstLine: Int) {
    self.bytes = bytes
    line = firstLine
  }

  mutating func place(of offset: Int) -> (line: Int, column: Int) {
    while position < offset, position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if bytes[position] & 0xC0 != 0x80 {
        column += 1
      }
      position += 1
    }
    return (line, column)
  }
}

extension LintedPrompt {
  /// The first tag in which a name stands as a word.
  func firstTag(naming name: String) -> Tag? { tags.first { $0.words.contains(name) } }

  /// The role that a tag begins; nil for other tags, and where the role is a variable.
  func role(of tag: Tag) -> Role? {
    guard tag.kind == .output, tag.words.first == "role" else { return nil }
    let name = tag.content.split(omittingEmptySubsequences: false) { "\"'".contains($0) }
    return name.count > 1 ? Role.named(String(name[1])) : nil
  }

  /// Whether a tag ends the message before it.
  func beginsMessage(_ tag: Tag) -> Bool {
    tag.kind == .output && ["role", "history"].contains(tag.words.first)
  }

  /// All that the template says by itself, as one text.
  var saidText: String { texts.map(\.text).joined(separator: " ") }

  /// The line on which a text of the template stands first; nil when it doesn't.
  func line(ofText text: String) -> Int? {
    for stretch in texts {
      if let range = stretch.text.firstRange(of: text) {
        return stretch.line
          + stretch.text[..<range.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") }
      }
    }
    return nil
  }
}

extension YAML {
  /// The line of a key of a map; that of the map when it isn't there.
  func line(ofKey key: String) -> Int { map?.first { $0.key == key }?.line ?? line }
}
