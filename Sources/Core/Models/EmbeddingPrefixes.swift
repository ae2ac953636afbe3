// What embedding models want to read before a text: some were trained with words in front that say
// whether it is a query or a passage, and find worse without them. Servers don't add them.

/// Words that stand before what is embedded.
public struct EmbeddingPrefixes: Hashable, Sendable {
  public var query: String
  public var passage: String

  public init(query: String = "", passage: String = "") {
    self.query = query
    self.passage = passage
  }

  /// Those that a well-known model was trained with, as its card says; none for any other.
  ///
  /// - Parameter name: without provider, in any case: `nomic-embed-text:v1.5`.
  public init(ofModel name: String) {
    let name = name.lowercased()
    self = Self.known.first { name.contains($0.name) }?.prefixes ?? EmbeddingPrefixes()
  }

  private static let instruction =
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
  private static let representation = "Represent this sentence for searching relevant passages: "

  /// By a part of their names; the first that fits decides.
  private static let known: [(name: String, prefixes: EmbeddingPrefixes)] = [
    ("nomic-embed-text", Self(query: "search_query: ", passage: "search_document: ")),
    (
      "embeddinggemma",
      Self(query: "task: search result | query: ", passage: "title: none | text: ")
    ),
    ("qwen3-embedding", Self(query: instruction)),
    ("e5-mistral", Self(query: instruction)),
    ("e5-large-instruct", Self(query: instruction)),
    ("e5-small", Self(query: "query: ", passage: "passage: ")),
    ("e5-base", Self(query: "query: ", passage: "passage: ")),
    ("e5-large", Self(query: "query: ", passage: "passage: ")),
    ("mxbai-embed-large", Self(query: representation)),
    ("arctic-embed2", Self(query: "query: ")),
    ("arctic-embed-l-v2", Self(query: "query: ")),
    ("arctic-embed-m-v2", Self(query: "query: ")),
    ("arctic-embed", Self(query: representation)),
    ("bge-small-en", Self(query: representation)),
    ("bge-base-en", Self(query: representation)),
    ("bge-large-en", Self(query: representation)),
  ]
}
