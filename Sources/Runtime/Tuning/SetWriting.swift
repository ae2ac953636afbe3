import Core
import Evaluation
import FineTuning
import Foundation
import Sessions

// Training sets on their way into files for trainers: read twice and never held as a whole, first to say
// where each example goes, then to write it there.

/// Why files for training were not written, as a sentence.
public struct SetWritingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// Writes the examples of training sets into files.
public struct SetWriting {
  /// What was written.
  public struct Report: Hashable, Sendable {
    public struct File: Hashable, Sendable {
      public var path: String
      public var lines: Int
    }

    public var files: [File]
    /// How many examples are in no file, by the reason.
    public var omissions: [WritePlan.Omission: Int]
  }

  private let store: SessionStore
  private let sets: [String]
  private let settings: WriteSettings
  private let cases: NearCases

  /// - Parameters:
  ///   - sets: by their names, in the order of the shares of a mixture.
  ///   - evaluations: files whose cases must not be trained on, beside those of all evaluations that the
  ///     store knows.
  public init(
    store: SessionStore, sets: [String], settings: WriteSettings, evaluations: [String] = []
  ) throws {
    self.store = store
    self.sets = sets
    self.settings = settings
    cases = NearCases(
      try evaluations.flatMap(Self.cases) + store.evaluatedDatasets().flatMap(\.cases))
  }

  private static func cases(of path: String) throws -> [EvaluationCase] {
    let ending = path.split(separator: ".").last?.lowercased() ?? ""
    if ["yaml", "yml", "json"].contains(ending),
      let plan = try? EvaluationFiles.plan(at: path), !plan.cases.isEmpty
    {
      return plan.cases
    }
    return try InputFiles.dataset(at: path, promptPath: nil).dataset.cases.enumerated().map {
      EvaluationCase(id: "\($0 + 1)", inputs: $1.values)
    }
  }

  /// Writes one file, or a file for each part into a folder. All of them are there in the end, or none is
  /// changed.
  ///
  /// - Parameters:
  ///   - path: a file's, which ends in `.jsonl`, or a folder's.
  ///   - overwrites: whether files that are there are replaced.
  ///
  /// Throws `SetWritingError`, `SessionError` and `WholeFileError`.
  public func write(to path: String, overwrites: Bool) throws -> Report {
    guard var plan = WritePlan(settings: settings, cases: cases) else {
      let formats = ExampleWriter.formats.map(\.rawValue).joined(separator: ", ")
      throw SetWritingError(
        description: "\(settings.format.rawValue) is only read: write one of \(formats).")
    }
    try forEachExample { stored, set in plan.take(stored, ofSet: set) }
    let assignment = plan.finish()
    guard assignment.lineCounts.contains(where: { $0 > 0 }) else {
      throw SetWritingError(
        description: "Nothing is left to write: \(Self.words(assignment.omissions)).")
    }
    let paths = try paths(for: path, overwrites: overwrites)
    try write(assignment, into: paths, overwrites: overwrites)
    return Report(
      files: zip(paths, assignment.lineCounts).map { Report.File(path: $0, lines: $1) },
      omissions: assignment.omissions)
  }

  /// `3 rejected, 2 not approved yet`.
  public static func words(_ omissions: [WritePlan.Omission: Int]) -> String {
    let parts = WritePlan.Omission.allCases.compactMap { omission in
      omissions[omission].map { "\(Numbers.grouped($0)) \(omission.rawValue)" }
    }
    return parts.isEmpty ? "there are no examples" : parts.joined(separator: ", ")
  }

  private func paths(for path: String, overwrites: Bool) throws -> [String] {
    let isFile = path.hasSuffix(".jsonl")
    guard !isFile || settings.parts.count == 1 else {
      throw SetWritingError(
        description: "\(settings.parts.count) files need a folder: \(path) is the name of one file."
      )
    }
    if !isFile {
      do {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
      } catch {
        throw SetWritingError(
          description: "\(path) can't be made a folder: \(String(cString: strerror(errno))).")
      }
    }
    let paths = isFile ? [path] : settings.parts.map { "\(path)/\($0.name).jsonl" }
    if !overwrites, let taken = paths.first(where: FileManager.default.fileExists) {
      throw SetWritingError(
        description: "\(taken) is there already: give another place, or --force to replace it.")
    }
    return paths
  }

  /// Opens all files before the first line is written, so that a failure leaves none behind.
  private func write(
    _ assignment: WriteAssignment, into paths: [String], overwrites: Bool
  ) throws {
    func open(_ opened: [(String) throws -> Void]) throws {
      guard opened.count < paths.count else { return try lines(assignment, opened) }
      try WholeFile.place(at: paths[opened.count], overwrites: overwrites) { write in
        try withoutActuallyEscaping(write) { try open(opened + [$0]) }
      }
    }
    try open([])
  }

  private func lines(
    _ assignment: WriteAssignment, _ files: [(String) throws -> Void]
  ) throws {
    guard let writer = ExampleWriter(format: settings.format) else { return }
    var place = 0
    let changed = SetWritingError(
      description: "The set was changed meanwhile: nothing was written; try again.")
    try forEachExample { stored, _ in
      defer { place += 1 }
      guard place < assignment.count else { throw changed }
      guard let (part, copies) = assignment[place] else { return }
      guard assignment.isSame(stored.example, at: place) else { throw changed }
      let record = try writer.record(of: stored.example)
      for _ in 0..<copies { try files[part](record + "\n") }
    }
    guard place == assignment.count else { throw changed }
  }

  private func forEachExample(_ body: (StoredExample, Int) throws -> Void) throws {
    for (number, set) in sets.enumerated() {
      try store.forEachExample(set: set) { stored in
        try body(stored, number)
        return true
      }
    }
  }
}
