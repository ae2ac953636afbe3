import Core
import FineTuning

// A file of examples in any of the formats that are read, gone through once and never held as a whole.

/// Why a file of examples can't be used, as a sentence.
public struct ExampleFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// Reads files of examples.
public enum ExampleFile {
  /// Gives each example of a file with the line on which it begins, from 1.
  ///
  /// Throws `ExampleFileError` for a record that holds no example, what `ExampleRecords` throws, and what
  /// the body throws.
  public static func forEachExample(
    at path: String, _ body: (TrainingExample, Int) throws -> Void
  ) throws {
    var records = try ExampleRecords(path: path, format: nil)
    var reader = ExampleReader(format: records.format)
    while let record = try records.next() {
      let problem: String
      switch record.content {
      case .json(let json):
        let example: TrainingExample?
        do throws(ExampleFormatError) {
          (example, problem) = (try reader.example(of: json), "")
        } catch {
          (example, problem) = (nil, error.description)
        }
        if let example {
          try body(example, record.line)
          continue
        }
      case .bad(let sentence): problem = sentence
      }
      throw ExampleFileError(
        description: "\(path):\(record.line): \(problem) whet tune check names all such lines.")
    }
  }
}
