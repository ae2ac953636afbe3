// What kind of text a file holds, as far as cutting it into passages goes.

/// How a text is written; the name of its file says so.
enum Syntax {
  case markdown, prose, code

  init(path: String) {
    let name = path.split(separator: "/").last ?? ""
    let suffix = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
    switch suffix {
    case "md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd": self = .markdown
    case nil, "txt", "text", "rst", "adoc", "asciidoc", "org", "tex": self = .prose
    default: self = .code
    }
  }
}
