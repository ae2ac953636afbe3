// The lists of a server, page after page.

import Core

/// A list that comes in pages.
struct ServerList {
  /// How the next page is asked for.
  enum Paging: Hashable {
    /// By the identifier of the last item, while `has_more` says that there is more: OpenAI.
    case after
    /// By its number from 0, while pages are full: Mistral.
    case numbered(size: Int)
    /// All come at once.
    case none
  }

  /// Pages of a list at most.
  static let pageLimit = 1000

  var paging = Paging.after
  /// The member that holds the items.
  var items = "data"
  /// Gives the page of a query.
  let page: ([String: String]) throws -> JSON

  /// The identifier of the first item that is meant; nil when there is none.
  func first(query: [String: String], where isMeant: (JSON) -> Bool) throws -> String? {
    var found: String?
    try forEach(query: query) { item in
      guard isMeant(item), let id = item["id"]?.string, BatchState.isIdentifier(id) else {
        return true
      }
      found = id
      return false
    }
    return found
  }

  /// Hands on the items one by one, until `each` says that it is enough.
  ///
  /// Throws what `page` throws, and `CompletionError` for a list without an end.
  func forEach(query: [String: String], _ each: (JSON) throws -> Bool) throws {
    var query = query
    var last: String?
    for number in 0..<Self.pageLimit {
      switch paging {
      case .after: if let last { query["after"] = last }
      case .numbered(let size):
        query["page"] = "\(number)"
        query["page_size"] = "\(size)"
      case .none: break
      }
      let answer = try page(query)
      let items = answer[self.items]?.array ?? answer.array ?? []
      for item in items where try !each(item) { return }
      switch paging {
      case .after:
        guard answer["has_more"]?.bool == true, let next = items.last?["id"]?.string,
          next != last, BatchState.isIdentifier(next)
        else { return }
        last = next
      case .numbered(let size): if items.count < size { return }
      case .none: return
      }
    }
    throw CompletionError(
      "A list has more than can be looked through: delete on the server what is not needed.")
  }
}
