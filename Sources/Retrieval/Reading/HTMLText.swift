// The text of a web page, as Markdown as far as passages need it: headings, lists, fenced code, and
// a paragraph between blank lines. Lines end where the page's own do, so that each is known by its
// line there. What a page has around its text (scripts, styles, navigation) is left out; this never
// fetches anything.

import CHTML
import Glibc

/// Makes text of what a page's parser tells.
struct HTMLText {
  /// How long a page may take: the worst that was made to be slow is given up.
  private static let timeLimit = 20.0

  private var output = MarkdownLines()
  private var title: [UInt8] = []
  private var fields = StatedFields()
  private var isTitle = false
  /// How many elements are open inside of one that is left out, with that one.
  private var skipped = 0
  /// How many `pre` are open.
  private var preformatted = 0
  /// For each open list, the number of its next item; nil for one with bullets.
  private var lists: [Int?] = []
  private var isStopped = false
  private let goesOn: () -> Bool

  private init(goesOn: @escaping () -> Bool) { self.goesOn = goesOn }

  /// The document that a page is.
  ///
  /// Throws a `SkipReason`, and `CancellationError` once `isCancelled` says so.
  static func document(of page: [UInt8], isCancelled: () -> Bool) throws -> SourceDocument {
    // A page that isn't UTF-8 may say what it is; libxml2 knows more encodings than we do.
    let encoding = TextEncoding(of: page)
    let saysItsOwn = encoding != .utf8 && declaresEncoding(page)
    guard saysItsOwn || encoding != nil else { throw SkipReason.binary }
    let bytes = saysItsOwn ? page : encoding?.utf8(page) ?? page
    let clock = ContinuousClock()
    let end = clock.now + .seconds(timeLimit)
    var wasCancelled = false
    func goesOn() -> Bool {
      wasCancelled = wasCancelled || isCancelled()
      return !wasCancelled && clock.now < end
    }
    return try withoutActuallyEscaping(goesOn) { goesOn in
      var reader = HTMLText(goesOn: goesOn)
      let problem = reader.read(bytes, encoding: saysItsOwn ? nil : "UTF-8")
      if wasCancelled { throw CancellationError() }
      if problem == ENOSYS { throw SkipReason.noHTMLParser }
      guard problem == 0, !reader.isStopped else { throw SkipReason.overLimits }
      return reader.document()
    }
  }

  private mutating func read(_ bytes: [UInt8], encoding: String?) -> CInt {
    withUnsafeMutablePointer(to: &self) { reader in
      var handler = html_handler()
      handler.context = UnsafeMutableRawPointer(reader)
      handler.start = { context, name, attributes in
        guard let context, let name else { return }
        context.assumingMemoryBound(to: HTMLText.self).pointee.start(
          String(cString: name), HTMLAttributes(attributes))
      }
      handler.end = { context, name in
        guard let context, let name else { return }
        context.assumingMemoryBound(to: HTMLText.self).pointee.end(String(cString: name))
      }
      handler.text = { context, bytes, count, line in
        guard let context else { return 0 }
        let text = UnsafeRawBufferPointer(start: bytes, count: count)
        return context.assumingMemoryBound(to: HTMLText.self).pointee.take(text, line) ? 1 : 0
      }
      return bytes.withUnsafeBytes { page in
        html_read(
          &handler, page.baseAddress?.assumingMemoryBound(to: CChar.self), page.count, encoding)
      }
    }
  }

  private mutating func document() -> SourceDocument {
    output.finish()
    let words = String(decoding: title.prefix(1000), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var document = SourceDocument(
      title: words.isEmpty ? nil : String(words.prefix(SourceDocument.titleLength)),
      text: output.text, syntax: .markdown, fileLines: output.fileLines)
    document.take(fields)
    return document
  }

  private static func declaresEncoding(_ page: [UInt8]) -> Bool {
    String(decoding: page.prefix(1024), as: UTF8.self).lowercased().contains("charset=")
  }

  // MARK: What the parser tells

  private static let leftOut: Set<String> = [
    "script", "style", "nav", "noscript", "template", "svg", "canvas", "iframe", "object", "select",
    "textarea", "button",
  ]

  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "body", "center", "details", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "main", "menu",
    "ol",
    "p", "section", "summary", "table", "ul",
  ]

  /// What stands on a line of its own, with no blank line around it.
  private static let lines: Set<String> = ["br", "caption", "dd", "li", "tr"]

  private mutating func start(_ name: String, _ attributes: HTMLAttributes) {
    if skipped > 0 || Self.leftOut.contains(name) || attributes.areLeftOut {
      skipped += 1
      return
    }
    startBlock(name)
    switch name {
    case "title": isTitle = title.isEmpty
    case "meta": takeField(attributes)
    case "h1", "h2", "h3", "h4", "h5", "h6":
      output.startHeading(level: Int(name.dropFirst()) ?? 1)
    case "pre":
      if preformatted == 0 { output.startCode() }
      preformatted += 1
    case "ul", "menu", "dir": lists.append(nil)
    case "ol": lists.append(1)
    case "li": output.startItem(nextItemMark(), depth: lists.count)
    case "td", "th": output.startCell()
    case "img": if let text = attributes["alt"] { output.append(text) }
    default: break
    }
  }

  /// `<meta name="author" content="…">`; what is meant for browsers is left out.
  private mutating func takeField(_ attributes: HTMLAttributes) {
    guard let name = attributes["name"]?.lowercased(), let value = attributes["content"],
      !["viewport", "theme-color", "color-scheme", "robots"].contains(name)
    else { return }
    fields.add(name, value.split(whereSeparator: \.isWhitespace).joined(separator: " "))
  }

  private mutating func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
      return
    }
    switch name {
    case "title": isTitle = false
    case "h1", "h2", "h3", "h4", "h5", "h6": output.endHeading()
    case "pre":
      preformatted = max(preformatted - 1, 0)
      if preformatted == 0 { output.endCode() }
    case "ul", "ol", "menu", "dir":
      _ = lists.popLast()
      output.depth = lists.count
    default: break
    }
    // A term goes with what it means.
    if name == "dt" { output.startLine() } else if name != "br" { startBlock(name) }
  }

  private mutating func startBlock(_ name: String) {
    guard preformatted == 0 else { return }
    // A list in a list goes on with it.
    if Self.lines.contains(name) || !lists.isEmpty && (name == "ul" || name == "ol") {
      output.startLine()
    } else if Self.blocks.contains(name) {
      output.startBlock()
    }
  }

  private mutating func nextItemMark() -> String {
    guard case .some(.some(let number)) = lists.last else { return "- " }
    lists[lists.count - 1] = number + 1
    return "\(number). "
  }

  /// Takes a text that ends on a line; gives whether to go on.
  private mutating func take(_ text: UnsafeRawBufferPointer, _ lastLine: CInt) -> Bool {
    isStopped = isStopped || !goesOn()
    guard skipped == 0, !isStopped else { return !isStopped }
    if isTitle {
      title += text
    } else {
      let ends = text.count { $0 == UInt8(ascii: "\n") }
      output.append(text, line: max(Int(lastLine) - ends, 1))
    }
    return true
  }
}

/// The attributes of an element, as libxml2 gives them.
private struct HTMLAttributes {
  private let list: UnsafePointer<UnsafePointer<CChar>?>?

  init(_ list: UnsafePointer<UnsafePointer<CChar>?>?) { self.list = list }

  subscript(name: String) -> String? {
    guard let list else { return nil }
    var place = 0
    while let found = list[place] {
      if strcmp(found, name) == 0 { return list[place + 1].map { String(cString: $0) } ?? "" }
      place += 2
    }
    return nil
  }

  /// The classes of such marks, by Sphinx and Texinfo.
  private static let anchors: Set<String> = ["headerlink", "copiable-anchor", "copiable-link"]

  /// Whether they say that an element is no part of the text: navigation, what isn't shown, the
  /// marks that documentation generators put behind headings.
  var areLeftOut: Bool {
    guard list != nil else { return false }
    return self["role"] == "navigation" || self["hidden"] != nil || self["aria-hidden"] == "true"
      || self["class"].map(Self.anchors.contains) == true
  }
}
