// Queries as collections keep them: a JSON object a line (BEIR's queries.jsonl).

/// Reads queries from JSON Lines.
public enum QueryFile {
  /// The queries of a file, in its order.
  ///
  /// A line is `{"id": "1", "text": "…"}`, where the id may be called `_id`, too; other members are
  /// left alone. Throws for any other line, and for an id that comes twice.
  public static func queries(of text: String, name: String) throws(RelevanceFileError)
    -> [JudgedQuery]
  {
    let form = #"{"id": "1", "text": "what is asked"}"#
    let file = RelevanceLines(text, name: name)
    var queries: [JudgedQuery] = []
    var seen: Set<String> = []
    for line in file.lines {
      let json = try file.object(line, form: form)
      guard let id = (json["id"] ?? json["_id"])?.identifier else {
        throw file.fail(line, "no \"id\"; expected \(form)")
      }
      guard let query = json["text"]?.string else {
        throw file.fail(line, "no \"text\"; expected \(form)")
      }
      guard seen.insert(id).inserted else {
        throw file.fail(line, "the query \(id) was there before; each id must come once")
      }
      queries.append(JudgedQuery(id: id, text: query))
    }
    return queries
  }
}
