import Core
import FineTuning

// A file of examples in any format that has a record a line, read once and never held as a whole.

/// Why a file of examples can't be used, as a sentence.
public struct ExampleFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

public enum ExampleFile {
  /// Gives each example of a file with its line, from 1. The first line tells the format; blank lines are passed
  /// over. Throws `LineFileError`, `ExampleFileError` for a line that holds no example, and what the body
  /// throws.
  public static func forEachExample(
    at path: String, _ body: (TrainingExample, Int) throws -> Void
  ) throws {
    var chunks = try LineChunks(path: path)
    var reader = ExampleReader()
    while let chunk = try chunks.next() {
      guard !chunk.isLongLine else {
        throw ExampleFileError(
          description: "\(path):\(chunk.start + 1): the line is too long to be an example.")
      }
      var place = 0
      var number = chunk.start
      while place < chunk.bytes.count {
        let end = chunk.bytes[place...].firstIndex(of: 0x0A) ?? chunk.bytes.count
        let line = chunk.bytes[place..<end]
        place = end + 1
        number += 1
        guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { continue }
        let example: TrainingExample
        do {
          example = try reader.example(of: JSON(parsing: line))
        } catch {
          throw ExampleFileError(
            description: "\(path):\(number): \(error). whet tune check names all such lines.")
        }
        try body(example, number)
      }
    }
  }
}
