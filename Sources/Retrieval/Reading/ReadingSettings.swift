// How the files below a path are read. An index remembers it for each path that was added, so that
// a later run reads them alike.

import Core

/// What a person chose about reading; nil, or empty, where they left the choice to us.
public struct ReadingSettings: Equatable, Sendable {
  /// The field of a row that names it.
  public var id: String?
  /// The field of a row that is its title.
  public var title: String?
  /// The fields of a row that are its text, in this order.
  public var text: [String]
  /// The largest file that is read as one document, in bytes.
  public var maximumSize: Int?
  /// What `maximumSize` may be: a file that is one document is kept in memory, with its passages.
  public static let largestMaximumSize = 256 << 20

  /// The largest file that is read where nothing was chosen: 16 MB.
  public static let standardMaximumSize = 16 << 20

  public init(
    id: String? = nil, title: String? = nil, text: [String] = [], maximumSize: Int? = nil
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.maximumSize = maximumSize
  }

  /// These, and for what they leave open, others.
  func filled(from others: ReadingSettings) -> ReadingSettings {
    ReadingSettings(
      id: id ?? others.id, title: title ?? others.title, text: text.isEmpty ? others.text : text,
      maximumSize: maximumSize ?? others.maximumSize)
  }

  /// Whether rows read with both are the same documents.
  func readsRows(like other: ReadingSettings) -> Bool {
    (id, title) == (other.id, other.title) && text == other.text
  }

  /// As it is stored.
  var json: JSON {
    var members: JSON.Object = [:]
    members["id"] = id.map(JSON.string)
    members["title"] = title.map(JSON.string)
    if !text.isEmpty { members["text"] = .array(text.map(JSON.string)) }
    members["max_size"] = maximumSize.map(JSON.integer)
    return .object(members)
  }

  init(json: JSON) {
    self.init(
      id: json["id"]?.string, title: json["title"]?.string,
      text: json["text"]?.array?.compactMap(\.string) ?? [],
      maximumSize: json["max_size"]?.integer)
  }
}
