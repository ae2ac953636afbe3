// Says a Nunjucks template in Handlebars, as far as both mean the same. What has no counterpart stays
// in the text as it was written, and is told of.

/// A template that was translated.
struct NunjucksTranslation {
  private(set) var text = TemplateText()
  private(set) var notes: [ImportNote] = []
  private let pieces: [NunjucksPiece]
  private let place: String
  /// The pieces of blocks that have no counterpart.
  private var kept: Set<Int> = []
  private var blocks: [Block] = []

  private struct Block {
    /// The helper that the closing tag names.
    var helper: TemplateHelper
    /// What a loop binds, with what it is called in the template; nil outside of the loop's body.
    var bound: [String: String]?
  }

  /// - Parameters:
  ///   - place: what notes call the text.
  ///   - firstLine: of the text, counted from 1.
  init(_ source: String, place: String, firstLine: Int = 1) {
    pieces = NunjucksPiece.pieces(of: source, firstLine: firstLine)
    self.place = place
    findUntranslatable()
    for index in pieces.indices { translate(pieces[index], at: index) }
  }

  // MARK: Blocks that stay text

  private mutating func findUntranslatable() {
    var open: [(keyword: Substring, pieces: [Int], problem: String?)] = []
    for (index, piece) in pieces.enumerated() where piece.kind == .statement {
      switch piece.keyword {
      case "if": open.append(("if", [index], Self.problem(ofCondition: piece.argument)))
      case "for":
        open.append(
          ("for", [index], Loop(piece.argument) == nil ? "this loop has no counterpart" : nil))
      case "elif", "elseif", "else":
        guard let last = open.indices.last else { return keep([index], "nothing is open here") }
        open[last].pieces.append(index)
        if piece.keyword != "else", open[last].problem == nil {
          open[last].problem = Self.problem(ofCondition: piece.argument)
        }
      case "endif", "endfor":
        guard var block = open.popLast(), piece.keyword == "end\(block.keyword)" else {
          keep([index], "nothing is open here")
          continue
        }
        block.pieces.append(index)
        if let problem = block.problem { keep(block.pieces, problem) }
      default: keep([index], "'\(piece.keyword)' has no counterpart")
      }
    }
    for block in open { keep(block.pieces, "'{% end\(block.keyword) %}' is missing") }
  }

  private static func problem(ofCondition text: Substring) -> String? {
    NunjucksCondition(text) == nil ? "this condition has no counterpart" : nil
  }

  private mutating func keep(_ indices: [Int], _ problem: String) {
    kept.formUnion(indices)
    if let first = indices.first { note(pieces[first], problem) }
  }

  private mutating func note(_ piece: NunjucksPiece, _ problem: String) {
    let source = piece.source.count > 60 ? piece.source.prefix(59) + "…" : piece.source
    notes.append(
      ImportNote(place, line: piece.line, "'\(source)' stays in the text as it is: \(problem)"))
  }

  // MARK: Pieces

  private mutating func translate(_ piece: NunjucksPiece, at index: Int) {
    switch piece.kind {
    case .text: text.append(literal: piece.content)
    case .comment:
      // A comment of several lines may hold anything but its own end.
      let content = piece.content.replacing("}}", with: "} }").replacing("--", with: "—")
      append("!-- \(content) --", of: piece)
    case .output: translate(output: piece)
    case .statement where kept.contains(index): text.append(literal: piece.source)
    case .statement: translate(statement: piece)
    }
  }

  private mutating func translate(output piece: NunjucksPiece) {
    let parts = piece.content.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
    guard let path = TemplatePath(parts[0]), let source = source(of: path) else {
      text.append(literal: piece.source)
      note(piece, "it is more than a variable")
      return
    }
    var helper = ""
    for filter in parts.dropFirst() {
      switch filter {
      case "safe": break
      case "dump", "tojson": helper = "json "
      default:
        text.append(literal: piece.source)
        note(piece, "there is no filter '\(filter)' here")
        return
      }
    }
    append(helper + source, of: piece)
  }

  private mutating func translate(statement piece: NunjucksPiece) {
    switch piece.keyword {
    case "if":
      guard let condition = NunjucksCondition(piece.argument) else { return }
      append("#" + source(of: condition), of: piece)
      blocks.append(Block(helper: condition.helper))
    case "elif", "elseif":
      guard let condition = NunjucksCondition(piece.argument) else { return }
      append("else " + source(of: condition), of: piece)
    case "for":
      guard let loop = Loop(piece.argument) else { return }
      let list = source(of: loop.list) ?? loop.list.source()
      append("#each \(list) as |\(loop.parameters)|", of: piece)
      blocks.append(Block(helper: .each, bound: loop.bound))
    case "else":
      if let last = blocks.indices.last { blocks[last].bound = nil }
      append("else", of: piece)
    case "endif", "endfor":
      if let block = blocks.popLast() { append("/\(block.helper.rawValue)", of: piece) }
    default: break
    }
  }

  private mutating func append(_ content: String, of piece: NunjucksPiece) {
    text.append(
      tag: "{{" + (piece.trimsBefore ? "~" : "") + content + (piece.trimsAfter ? "~" : "") + "}}")
  }

  // MARK: Names

  private func source(of condition: NunjucksCondition) -> String {
    condition.source(path: source(of: condition.path) ?? condition.path.source())
  }

  /// A path in the blocks that are open; nil for what is known of a loop there, and not here.
  private func source(of path: TemplatePath) -> String? {
    let loops = blocks.compactMap(\.bound)
    if path.names[0] == "loop", !loops.isEmpty {
      switch path.names.dropFirst().first {
      case "index0": return "@index"
      case "first": return "@first"
      case "last": return "@last"
      default: return nil
      }
    }
    let bound = loops.reduce(into: [:]) { $0.merge($1) { $1 } }
    return path.source(bound: bound, isInLoop: !loops.isEmpty)
  }

  /// `item in items`, `key, value in map`.
  private struct Loop {
    var list: TemplatePath
    /// As `as |…|` names them.
    var parameters: String
    var bound: [String: String]

    init?(_ text: Substring) {
      guard let range = text.firstRange(of: " in "),
        let list = TemplatePath(text[range.upperBound...].trimmed)
      else { return nil }
      self.list = list
      let names = text[..<range.lowerBound].split(separator: ",").map { String($0.trimmed) }
      guard (1...2).contains(names.count), names.allSatisfy({ TemplatePath($0)?.names == [$0] })
      else { return nil }
      // A name that is a helper's would be called.
      let called = names.map { TemplateHelper(rawValue: $0) == nil ? $0 : "\($0)_" }
      bound = zip(names, called).reduce(into: [:]) { $0[$1.0] = $1.1 }
      // Handlebars gives the value before the key.
      parameters = called.reversed().joined(separator: " ")
    }
  }
}
