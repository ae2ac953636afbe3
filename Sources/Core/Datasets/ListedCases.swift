// Cases as a list of objects in one JSON or YAML document; or promptfoo's configuration, whose
// `tests` are such a list (https://www.promptfoo.dev/docs/configuration/reference/).

/// Reads the objects of a document as cases.
enum ListedCases {
  static func cases(ofJSON text: String, name: String) throws(DatasetError) -> [DatasetCase] {
    let document: JSON
    do {
      document = try JSON(parsing: text)
    } catch {
      throw DatasetError(
        name: name, line: error.line, column: error.column,
        problem: "this is not JSON: \(error.problem)")
    }
    return try cases(document["tests"] ?? document, of: document, name: name) { place in
      // JSON is YAML, whose values know their lines.
      (try? YAML(parsing: text)).flatMap { line(ofCase: place, in: $0) }
    }
  }

  static func cases(ofYAML text: String, name: String) throws(DatasetError) -> [DatasetCase] {
    let document: YAML
    do {
      document = try YAML(parsing: text)
    } catch {
      throw DatasetError(
        name: name, line: error.line, column: error.column,
        problem: "this is not YAML: \(error.problem)")
    }
    let list = document["tests"] ?? document
    return try cases(list.json, of: document.json, name: name) { line(ofCase: $0, in: document) }
  }

  private static func line(ofCase place: Int, in document: YAML) -> Int {
    let list = document["tests"] ?? document
    guard let items = list.list, items.indices.contains(place) else { return list.line }
    return items[place].line
  }

  /// - Parameters:
  ///   - document: what the list stands in: the `vars` of its `defaultTest` are every case's.
  ///   - line: of the item at a place, where that is known.
  private static func cases(
    _ list: JSON, of document: JSON, name: String, line: (Int) -> Int?
  ) throws(DatasetError) -> [DatasetCase] {
    guard let items = list.array else {
      throw DatasetError(
        name: name, line: line(0),
        problem: "a list of cases was expected, as in `- question: …`, or `tests:` with such a list"
      )
    }
    try DatasetReader.check(count: items.count, name: name, line: nil)
    let shared = document["defaultTest"]?["vars"]?.object
    var cases: [DatasetCase] = []
    for (place, item) in items.enumerated() {
      do {
        var testCase = try DatasetCase(record: item)
        for member in shared?.members ?? [] where testCase.values[member.name] == nil {
          testCase.values.members.append(member)
        }
        cases.append(testCase)
      } catch {
        throw DatasetError(
          name: name, line: line(place), problem: "case \(place + 1): \(error.problem)")
      }
    }
    return cases
  }
}
