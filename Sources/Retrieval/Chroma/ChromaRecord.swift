import Core

// A passage as a collection has it. What comes from a server is looked at before it is believed: no
// number that it names can be out of bounds, and nothing is larger than a passage can be.

struct ChromaRecord: Equatable {
  var source: String
  var row: String?
  var title: String?
  /// A line each.
  var headings: String
  var bytes: Range<Int>
  var lines: ClosedRange<Int>
  var page: Int?
  var tokens: Int
  var chunking: Chunking
  /// Tells the document's content from others of the same source and row: two machines may have two.
  var document: String
  /// The document's own fields.
  var fields: [String: String]
  var text: String

  /// What a record may hold at most, in bytes; and how far into its document a passage may be.
  enum Limit {
    static let name = 4096
    static let text = 32 << 20
    static let document = 256 << 20
    static let fields = 64
  }

  /// Before the names of the document's own fields, so that none is taken for one of ours.
  private static let fieldPrefix = "field."

  /// A name for all that the record holds: machines with the same file write the same records, and a
  /// record never changes.
  var id: String { ContentHash.of(JSON.object(metadata).text + "\n" + text) }

  /// Chroma's metadata: texts and whole numbers by their names.
  var metadata: JSON.Object {
    var metadata: JSON.Object = [
      "source": .string(source), "document": .string(document),
      "chunking": .string(chunking.name), "start": .integer(bytes.lowerBound),
      "end": .integer(bytes.upperBound), "first_line": .integer(lines.lowerBound),
      "last_line": .integer(lines.upperBound), "tokens": .integer(tokens),
    ]
    if !headings.isEmpty { metadata["headings"] = .string(headings) }
    metadata["row"] = row.map(JSON.string)
    metadata["title"] = title.map(JSON.string)
    metadata["page"] = page.map(JSON.integer)
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      metadata[Self.fieldPrefix + name] = .string(value)
    }
    return metadata
  }
}

extension ChromaRecord {
  /// The record of a passage that whet wrote; nil when it can't be one.
  init?(metadata: JSON?, text: JSON?) {
    guard let metadata, let text = text?.string.map(Self.withoutNUL), !text.isEmpty,
      text.utf8.count <= Limit.text,
      let source = Self.name(metadata["source"]), let document = Self.name(metadata["document"]),
      let chunking = metadata["chunking"]?.string.flatMap({ Chunking($0) }),
      let start = metadata["start"]?.integer, 0...Limit.document ~= start,
      let end = metadata["end"]?.integer, end == start + text.utf8.count,
      let firstLine = metadata["first_line"]?.integer, 1...Limit.document ~= firstLine,
      let lastLine = metadata["last_line"]?.integer, firstLine...Limit.document ~= lastLine
    else { return nil }
    self.source = source
    row = Self.name(metadata["row"])
    title = Self.name(metadata["title"])
    headings = Self.name(metadata["headings"]) ?? ""
    bytes = start..<end
    lines = firstLine...lastLine
    page = metadata["page"]?.integer.flatMap { 1...Limit.document ~= $0 ? $0 : nil }
    tokens = TokenEstimate.tokens(in: text)
    self.chunking = chunking
    self.document = document
    fields = Self.fields(of: metadata, prefix: Self.fieldPrefix)
    self.text = text
  }

  /// What another program's record holds, as a document of one passage; nil when that is no text.
  init?(foreign id: String, metadata: JSON?, text: JSON?) {
    guard let text = text?.string.map(Self.withoutNUL), !text.isEmpty,
      text.utf8.count <= Limit.text, !id.isEmpty, id.utf8.count <= Limit.name
    else { return nil }
    source = Self.name(metadata?["source"]) ?? id
    row = Self.withoutNUL(id)
    title = Self.name(metadata?["title"])
    headings = ""
    bytes = 0..<text.utf8.count
    lines = 1...(1 + text.utf8.count { $0 == UInt8(ascii: "\n") })
    page = metadata?["page"]?.integer.flatMap { 1...Limit.document ~= $0 ? $0 : nil }
    tokens = TokenEstimate.tokens(in: text)
    chunking = Chunking(.document)
    document = ""
    fields = Self.fields(of: metadata, prefix: "")
    self.text = text
  }

  private static func fields(of metadata: JSON?, prefix: String) -> [String: String] {
    let members = metadata?.object?.members.prefix(4 * Limit.fields) ?? []
    var fields: [String: String] = [:]
    for member in members where member.name.hasPrefix(prefix) && fields.count < Limit.fields {
      let value: String
      switch member.value {
      case .string(let text): value = text
      case .integer, .number, .bool: value = member.value.text
      case .null, .array, .object: continue
      }
      guard value.utf8.count <= Limit.name, let name = name(.string(member.name)) else { continue }
      fields[String(name.dropFirst(prefix.count))] = withoutNUL(value)
    }
    return fields
  }

  private static func name(_ json: JSON?) -> String? {
    guard let text = json?.string, !text.isEmpty, text.utf8.count <= Limit.name else { return nil }
    return withoutNUL(text)
  }

  /// SQLite's texts end at a NUL.
  private static func withoutNUL(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    return String(decoding: text.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
  }
}
