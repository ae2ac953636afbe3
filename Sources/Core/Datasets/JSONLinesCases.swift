// Cases as JSON objects, a line each (https://jsonlines.org).

/// Reads a JSON Lines file's objects as cases.
enum JSONLinesCases {
  static func cases(of text: String, name: String) throws(DatasetError) -> [DatasetCase] {
    var cases: [DatasetCase] = []
    var line = 0
    for piece in Array(text.utf8).split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      line += 1
      guard piece.contains(where: { $0 > UInt8(ascii: " ") }) else { continue }
      let record: JSON
      do {
        record = try JSON(parsing: piece)
      } catch {
        throw DatasetError(
          name: name, line: line, column: error.column,
          problem: "this is not JSON: \(error.problem); each line must be one JSON object")
      }
      do {
        cases.append(try DatasetCase(record: record))
      } catch {
        throw DatasetError(name: name, line: line, problem: error.problem)
      }
      try DatasetReader.check(count: cases.count, name: name, line: line)
    }
    return cases
  }
}
