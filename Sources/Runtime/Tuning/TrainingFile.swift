import Core
import FineTuning
import Foundation

// A file that goes up to be trained on: what is remembered of it, and whether it is still the same.

enum TrainingFile {
  /// So many examples are looked up in training sets at most, from the first on.
  private static let mostLookedUp = 20_000

  /// What is remembered of a file. Throws `TrainingJobError` where it can't be read or is empty.
  ///
  /// - Parameter onExample: is given the hashes of its first examples.
  static func read(
    _ path: String, onExample: (String) -> Void = { _ in }
  ) throws -> TrainingData.File {
    let data = try data(at: path)
    var examples = 0
    for line in data.split(separator: UInt8(ascii: "\n")) where !isBlank(line) {
      examples += 1
      if examples <= mostLookedUp, let json = try? JSON(parsing: line),
        let example = TrainingExample(json: json)
      {
        onExample(example.hash)
      }
    }
    guard examples > 0 else {
      throw TrainingJobError("\(path) holds no examples: write some with whet tune write.")
    }
    return TrainingData.File(
      path: path, hash: data.withUnsafeBytes { ContentHash.of($0) }, bytes: data.count,
      examples: examples)
  }

  /// Throws a sentence where a file that still has to go up isn't what it was when the job was made.
  static func check(_ record: TrainingJobRecord) throws {
    let there: TrainingFiles
    switch record.journey.stage {
    case .ready(let files), .uploading(_, let files): there = files
    default: return
    }
    let files = [
      there.training == nil ? record.data.training : nil,
      there.validation == nil ? record.data.validation : nil,
    ]
    for case let file? in files {
      guard try data(at: file.path).withUnsafeBytes({ ContentHash.of($0) }) == file.hash else {
        throw TrainingJobError(
          "\(file.path) has changed since the job was made: put it back, or cancel the job and "
            + "start another one.")
      }
    }
  }

  /// It is read where it lies: it may be larger than memory.
  private static func data(at path: String) throws -> Data {
    do {
      return try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    } catch {
      throw TrainingJobError("\(path) can't be read: check the file.")
    }
  }

  private static func isBlank(_ line: Data) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}
