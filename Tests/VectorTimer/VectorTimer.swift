import Foundation
import Retrieval

// What tools/bench/vectors.py measures: an index of given vectors, searched with given queries, each when
// a line on standard input asks for it.

@main struct VectorTimer {
  /// Gives each passage the next of the vectors of a file.
  private final class GivenVectors: Embedder {
    let name = "bench/given"
    let rows: [[Float]]

    init(_ rows: [[Float]]) { self.rows = rows }

    func vectors(
      of texts: [String], as role: EmbeddingRole, isCancelled: () -> Bool
    ) throws -> [[Float]] {
      // The second line of a text is its heading, the number of its row.
      texts.map { text in
        let lines = text.split(separator: "\n")
        return lines.count > 1 ? Int(lines[1]).map { rows[$0] } ?? [] : []
      }
    }
  }

  /// `vector-timer FOLDER DIMENSIONS`: the folder holds `passages.f32` and `queries.f32`, and takes
  /// the index. Each line of input is a query's row and a limit; the answer to it is milliseconds and
  /// the rows of what was found, best first.
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let dimensions = Int(arguments[2]), dimensions > 0 else {
      print("usage: vector-timer FOLDER DIMENSIONS")
      exit(2)
    }
    let folder = arguments[1]
    let queries = try rows(of: folder + "/queries.f32", dimensions)
    let index = try PassageIndex(path: folder + "/index.sqlite")
    try fill(index, folder, GivenVectors(try rows(of: folder + "/passages.f32", dimensions)))
    answer("ready")
    let clock = ContinuousClock()
    while let line = readLine() {
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      guard numbers.count == 2, queries.indices.contains(numbers[0]) else { continue }
      let start = clock.now
      let found = try index.vectorSearch(queries[numbers[0]], of: "bench/given", limit: numbers[1])
      let time = (clock.now - start) / .milliseconds(1)
      answer("\(time) " + found.map { $0.headings.first ?? "-" }.joined(separator: " "))
    }
  }

  /// Writes a line at once.
  private static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }

  /// A passage for each vector, named by its number.
  private static func fill(
    _ index: PassageIndex, _ folder: String, _ embedder: GivenVectors
  ) throws {
    let text = embedder.rows.indices.map { "# \($0)\n\nPassage \($0).\n\n" }.joined()
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/passages.md"))
    try index.add([folder + "/passages.md"])
    try index.embed(with: embedder, batch: 2000)
  }

  private static func rows(of file: String, _ dimensions: Int) throws -> [[Float]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    return data.withUnsafeBytes { bytes in
      let numbers = bytes.bindMemory(to: Float.self)
      return stride(from: 0, to: numbers.count - dimensions + 1, by: dimensions).map {
        Array(numbers[$0..<$0 + dimensions])
      }
    }
  }
}
