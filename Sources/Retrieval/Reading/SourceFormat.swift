// In which formats documents come, by the names of their files.

/// How a file is read.
enum SourceFormat: Equatable {
  /// As the text that it is.
  case text(Syntax)
  case html
  case pdf
  /// What pandoc turns into Markdown, by pandoc's name for it.
  case pandoc(String)
  /// A JSON object a line.
  case jsonLines
  /// The first row names the columns; nil for a separator that is guessed.
  case csv(separator: UInt8?)

  init(path: String) {
    let name = path.split(separator: "/").last ?? ""
    let suffix = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    switch suffix {
    case "html", "htm", "xhtml", "shtml": self = .html
    case "pdf": self = .pdf
    case "docx", "epub": self = .pandoc(suffix ?? "")
    case "jsonl", "ndjson": self = .jsonLines
    case "csv": self = .csv(separator: nil)
    case "tsv", "tab": self = .csv(separator: UInt8(ascii: "\t"))
    default: self = .text(Syntax(path: path))
    }
  }

  /// Whether each row is a document; such files are never held whole.
  var hasRows: Bool {
    switch self {
    case .jsonLines, .csv: true
    default: false
    }
  }
}
