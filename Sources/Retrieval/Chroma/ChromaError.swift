// What can go wrong with a collection of Chroma, as one sentence each that says where, and what to do.
// What a connection or an HTTP status says comes from the service, as its own sentence.

public enum ChromaError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text says what is wrong with it.
  case badAddress(String)
  case noCollection(place: String)
  /// Another program made it.
  case foreign(place: String)
  /// A later version of the program made it.
  case laterFormat(place: String)
  /// Its vectors are another embedder's.
  case otherEmbedder(place: String, embedder: String, wanted: String)
  /// It doesn't say what made its vectors.
  case unknownEmbedder(place: String)
  /// The server gives nothing now, for the reason; what was fetched before is still there.
  case unreachable(place: String, reason: String)
  /// What came is not what Chroma answers.
  case strangeAnswer(place: String)

  public var description: String {
    switch self {
    case .badAddress(let reason): "That is no address of a Chroma collection: \(reason)."
    case .noCollection(let place):
      "There is no collection \(place): check the name, or make it with `whet index add --to "
        + "\(place) FOLDER`."
    case .foreign(let place):
      "\(place) was made by another program: it can be searched, and isn't written to; name another "
        + "collection."
    case .laterFormat(let place):
      "\(place) was made by a later version of whet: update whet, or name another collection."
    case .otherEmbedder(let place, let embedder, let wanted):
      "The vectors of \(place) are made by \(embedder), not by \(wanted): use that one, or name "
        + "another collection."
    case .unknownEmbedder(let place):
      "\(place) doesn't say what made its vectors: name it, as in --embedder provider/model, or in "
        + "the address behind '?embedder=', or search by words with --method bm25."
    case .unreachable(let place, let reason):
      "\(reason) The words of \(place) can still be searched, with --method bm25."
    case .strangeAnswer(let place):
      "The server of \(place) doesn't answer as Chroma does: check the address, and that it speaks "
        + "the API's version 2."
    }
  }
}
