import Core
import FineTuning
import Sessions

// A file of examples on its way into a training set: a record at a time, and all of it or none.

/// Why a file can't be taken into a set, as a sentence.
public struct ExampleImportError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// It was stopped by the person; nothing was taken in.
  public static let stopped = ExampleImportError(description: "Stopped; nothing was taken in.")
}

/// Takes files of examples into training sets.
public struct ExampleImport: Sendable {
  /// What came of an import.
  public struct Report: Hashable, Sendable {
    public var appended = AppendReport()
    /// Records that hold no example, where those were to be passed over, and the first of them.
    public var badLines = 0
    public var firstBadLines: [String] = []
    /// How often a member was left out since examples have no place for it, by its name.
    public var leftOut: [String: Int] = [:]
  }

  /// How far an import is.
  public struct Progress: Hashable, Sendable {
    public var lines: Int
    public var bytes: Int
    /// Nil where it isn't known.
    public var total: Int?
  }

  private let store: SessionStore
  private let format: RecordFormat?
  private let keepsDuplicates: Bool
  private let passesOverBadLines: Bool

  /// - Parameter format: of all records; nil where each tells its own.
  public init(
    store: SessionStore, format: RecordFormat? = nil, keepsDuplicates: Bool = false,
    passesOverBadLines: Bool = false
  ) {
    self.store = store
    self.format = format
    self.keepsDuplicates = keepsDuplicates
    self.passesOverBadLines = passesOverBadLines
  }

  /// Adds the examples of a file, or of the standard input for `-`, to a set.
  ///
  /// - Parameters:
  ///   - seconds: now, since 1970.
  ///   - onProgress: told now and then how far it is; false stops it.
  ///
  /// Throws `SessionError`, `ExampleImportError`, and what reading throws; nothing is changed then.
  public func add(
    _ path: String, to set: String, at seconds: Double,
    onProgress: (Progress) -> Bool = { _ in true }
  ) throws -> Report {
    var records = try ExampleRecords(path: path, format: format)
    var reader = ExampleReader(format: records.format)
    var report = Report()
    let name = path == LineChunks.standardInput ? "standard input" : path
    report.appended = try store.appendExamples(to: set, keepsDuplicates: keepsDuplicates) {
      while let record = try records.next() {
        if record.startsPiece, let progress = records.progress, !onProgress(progress) {
          throw ExampleImportError.stopped
        }
        let problem: String
        switch record.content {
        case .json(let json):
          do throws(ExampleFormatError) {
            return IncomingExample(
              try reader.example(of: json),
              lineage: ExampleLineage(source: .file(name, line: record.line), addedAt: seconds))
          } catch {
            problem = error.description
          }
        case .bad(let sentence): problem = sentence
        }
        let sentence = "\(name):\(record.line): \(problem)"
        guard passesOverBadLines else {
          throw ExampleImportError(
            description: "\(sentence) Nothing was taken in; --skip-bad passes over such records.")
        }
        report.badLines += 1
        if report.firstBadLines.count < 10 { report.firstBadLines.append(sentence) }
      }
      return nil
    }
    report.leftOut = reader.leftOut
    return report
  }
}
