// What a file says, as text that can be split into passages. A file holds one document, or many:
// the rows of a table.

/// One document of a file, as text.
struct SourceDocument: Equatable {
  /// The row's id, unique in its file; nil for a file that is one document.
  var row: String?
  /// What it is called, where that isn't its file's name.
  var title: String?
  /// UTF-8. Of a text file its very bytes; else what was made of it.
  var text: [UInt8]
  var syntax: Syntax
  /// Where each page begins in the text, in order; empty for what has no pages.
  var pages: [PageStart] = []
  /// Fields that a search can be narrowed by.
  var metadata: [String: String] = [:]

  struct PageStart: Equatable {
    /// An offset in the text, in bytes.
    var byte: Int
    /// From 1.
    var number: Int
  }
}
