// Reads a session file run by run, so that no more than one run is in memory. It trusts nothing
// that it reads, and says where and what is wrong.

import Core

public struct SessionFileReader: ~Copyable {
  public let session: Session
  /// The version of the format that the file says it has.
  public let version: Int
  /// Lines so far whose kind this version doesn't know, and which it left out.
  public private(set) var unknownLines = 0

  /// What was preferred, as far as it has been read; all of it once there is no run left.
  public private(set) var preferences: [RecordedPreference] = []
  /// The branches, as far as they have been read.
  public private(set) var branches: [Branch] = []

  private var lines: LineReader
  /// The run whose line has been read, and whose events and answer follow.
  private var begun: Run?

  /// Bytes in all the lines of the largest run that is read.
  private static let largestRun = 256 << 20

  /// Opens a session file and reads its first line.
  ///
  /// Throws `SessionError`: `laterFile` when a later whet wrote it, `badFile` for what is no
  /// session file.
  public init(path: String) throws(SessionError) {
    var lines = try LineReader(path: path)
    let first = try Self.nextRecord(&lines, isFirst: true)
    guard case .session(let session, let version)? = first?.record else {
      throw .badFile(path: path, line: 1, problem: "the file is empty")
    }
    self.session = session
    self.version = version
    self.lines = lines
    begun = nil
  }

  /// The next run, with its events and its answer; nil after the last.
  ///
  /// Throws `badFile` with the line; what was returned before is sound.
  public mutating func next() throws(SessionError) -> RecordedRun? {
    var recorded = begun.map { RecordedRun(run: $0, events: [], answer: Answer()) }
    begun = nil
    var size = 0
    var hasAnswer = false
    while let (record, bytes) = try Self.nextRecord(&lines) {
      size += bytes
      if size > Self.largestRun {
        throw problem("the run is larger than \(Self.largestRun >> 20) MB")
      }
      switch record {
      case .session: throw problem("a second session starts here")
      case .run(let run):
        guard run.session == session.id else {
          throw problem("the run belongs to another session, '\(run.session)'")
        }
        if let recorded {
          begun = run
          return recorded
        }
        recorded = RecordedRun(run: run, events: [], answer: Answer())
      case .event(let event, let number, let run):
        guard recorded?.run.id == run, !hasAnswer else { throw stray("event", of: run) }
        let expected = recorded?.events.count ?? 0
        guard number == expected else {
          throw problem("event \(number) stands where event \(expected) was expected")
        }
        recorded?.events.append(event)
      case .answer(let answer, let run):
        guard recorded?.run.id == run, !hasAnswer else { throw stray("answer", of: run) }
        recorded?.answer = answer
        hasAnswer = true
      case .rating(let rating, let run):
        guard recorded?.run.id == run, recorded?.rating == nil else {
          throw stray("rating", of: run)
        }
        recorded?.rating = rating
      case .remark(let remark, let run):
        guard recorded?.run.id == run, recorded?.remark.isEmpty == true else {
          throw stray("remark", of: run)
        }
        recorded?.remark = remark
      case .preference(let preference): preferences.append(preference)
      case .branch(let branch): branches.append(branch)
      case .correction(let correction, let run):
        guard recorded?.run.id == run else { throw stray("correction", of: run) }
        recorded?.corrections.append(correction)
      case .unknown: unknownLines += 1
      }
    }
    return recorded
  }

  private func stray(_ kind: String, of run: Identifier) -> SessionError {
    problem("this \(kind) of the run '\(run)' doesn't stand behind its run's line")
  }

  private func problem(_ text: String) -> SessionError {
    .badFile(path: lines.path, line: lines.number, problem: text)
  }

  /// The record of the next line that isn't empty, and the line's length in bytes.
  private static func nextRecord(
    _ lines: inout LineReader, isFirst: Bool = false
  ) throws(SessionError) -> (record: SessionRecord, bytes: Int)? {
    while let line = try lines.next() {
      if line.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: " ") }) { continue }
      return (try record(of: line, in: lines, isFirst: isFirst), line.count)
    }
    return nil
  }

  private static func record(
    of line: ArraySlice<UInt8>, in lines: borrowing LineReader, isFirst: Bool
  ) throws(SessionError) -> SessionRecord {
    func bad(_ problem: String) -> SessionError {
      .badFile(path: lines.path, line: lines.number, problem: problem)
    }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(parsing: line)
    } catch {
      if line.starts(with: "<<<<<<<".utf8) || line.starts(with: ">>>>>>>".utf8) {
        throw bad("a conflict was left here by a merge: take its marks out and keep both sides")
      }
      guard lines.wasTerminated else {
        throw bad("the last line is half-written: remove it to read what stands before")
      }
      throw bad("the line is no JSON: \(error)")
    }
    do throws(SessionRecord.Problem) {
      return isFirst ? try SessionRecord(header: json) : try SessionRecord(json: json)
    } catch {
      switch error {
      case .unfit(let problem): throw bad(problem)
      case .laterVersion(let version): throw .laterFile(path: lines.path, version: version)
      }
    }
  }
}
