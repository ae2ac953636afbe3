import Core
import Foundation
import Sessions

// A session on its way to a file, in one of the forms that are read elsewhere.

/// In which form a session is written.
public enum SessionFormat: String, Hashable, Sendable, CaseIterable {
  /// A session file: everything, to be read back.
  case jsonl
  /// A document.
  case markdown = "md"
  /// A document that browsers show.
  case html
  /// A recording of a terminal in which it is played again.
  case cast
  /// A picture of one moment.
  case svg

  /// The form that a file's name ends in, or that is asked for by such an ending; nil for another.
  public init?(ending: String) {
    switch ending.lowercased() {
    case "jsonl": self = .jsonl
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    case "cast": self = .cast
    case "svg": self = .svg
    default: return nil
    }
  }
}

/// Draws recorded moments; the room that draws is not one of those below this one.
public struct SessionDrawing: Sendable {
  /// The screen with the runs of a moment, as SVG.
  public var picture: @Sendable ([RecordedRun]) throws -> String
  /// All moments played again, as a recording of a terminal.
  public var cast: @Sendable (RecordedSession) throws -> String

  public init(
    picture: @escaping @Sendable ([RecordedRun]) throws -> String,
    cast: @escaping @Sendable (RecordedSession) throws -> String
  ) {
    self.picture = picture
    self.cast = cast
  }
}

/// Why a session was not exported, in a sentence.
public struct SessionExportError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// Writes a session of a store.
public struct SessionExport {
  public var session: Identifier
  public var format: SessionFormat
  /// A run of the moment that a picture shows; nil for the newest.
  public var run: Identifier?
  /// What is left out.
  public var redaction: Redaction?
  /// Draws casts and pictures; nil where nothing draws.
  public var drawing: SessionDrawing?
  public var localTime = LocalTime.system

  public init(
    session: Identifier, format: SessionFormat, run: Identifier? = nil,
    redaction: Redaction? = nil, drawing: SessionDrawing? = nil
  ) {
    self.session = session
    self.format = format
    self.run = run
    self.redaction = redaction
    self.drawing = drawing
  }

  /// - Parameter path: the file, whose name says the form.
  public init(
    session: Identifier, path: String, run: Identifier? = nil, redaction: Redaction? = nil,
    drawing: SessionDrawing? = nil
  ) throws(SessionExportError) {
    guard let format = SessionFormat(ending: URL(filePath: path).pathExtension) else {
      throw SessionExportError(
        description: "\(path) is not written: its name should end in .jsonl, .md, .html, .cast or "
          + ".svg, which says the form.")
    }
    self.init(session: session, format: format, run: run, redaction: redaction, drawing: drawing)
  }

  /// Writes the file, whole or not at all.
  ///
  /// Throws `SessionError`, `fileExists` unless it may be replaced, `SessionExportError` and
  /// `WholeFileError`.
  public func write(to path: String, replacing: Bool = false, from store: SessionStore) throws {
    if format == .jsonl {
      try store.exportSession(session, to: path, replacing: replacing, redaction: redaction)
      return
    }
    var status = stat()
    let isThere = lstat(path, &status) == 0
    // To rename over a folder or a device would take away more than a file.
    guard !isThere || (replacing && status.st_mode & S_IFMT == S_IFREG) else {
      throw SessionError.fileExists(path: path)
    }
    try WholeFile.place(text(from: store), at: path, overwrites: isThere)
  }

  /// What the file holds. Of a session file, all of it is in memory at once.
  public func text(from store: SessionStore) throws -> String {
    let recorded = try recorded(from: store)
    switch format {
    case .jsonl: return SessionFile.text(of: recorded)
    case .markdown: return SessionDocument(recorded, time: localTime.minute).markdown
    case .html: return SessionDocument(recorded, time: localTime.minute).html
    case .cast: return try needed(drawing).cast(recorded)
    case .svg:
      return try needed(drawing).picture(try moment(of: recorded))
    }
  }

  /// The session without what is left out; what still streams as far as it has come.
  private func recorded(from store: SessionStore) throws -> RecordedSession {
    var recorded = try store.recordedSession(session, withEvents: format.needsStreams)
    if format != .jsonl {
      for index in recorded.runs.indices where !recorded.runs[index].answer.isFinished {
        let run = try store.loadRun(recorded.runs[index].run.id)
        recorded.runs[index].answer = Answer(replaying: run)
      }
    }
    return redaction?.redacted(recorded) ?? recorded
  }

  private func needed(_ drawing: SessionDrawing?) throws(SessionExportError) -> SessionDrawing {
    guard let drawing else {
      throw SessionExportError(description: "Nothing here draws .\(format.rawValue) files.")
    }
    return drawing
  }

  private func moment(of recorded: RecordedSession) throws -> [RecordedRun] {
    guard
      let shown = try run.map({ id in
        guard let found = recorded.runs.first(where: { $0.run.id == id }) else {
          throw SessionExportError(
            description: "The run '\(id)' is none of '\(recorded.session.name)', or is pruned.")
        }
        return found
      }) ?? recorded.runs.last
    else {
      throw SessionExportError(
        description: "The session '\(recorded.session.name)' has no runs to draw.")
    }
    return recorded.runs.filter { $0.run.batch == shown.run.batch }.inColumnOrder
  }
}

extension SessionFormat {
  /// Whether it says more than what an answer came to.
  fileprivate var needsStreams: Bool { self == .jsonl || self == .cast }
}

extension [RecordedRun] {
  /// The runs of a moment in the order of their columns, and of the repetitions and steps of these.
  public var inColumnOrder: [RecordedRun] {
    sorted { first, second in
      let (a, b) = (first.run, second.run)
      return (a.column, a.repetition ?? 0, a.step ?? 0, a.id)
        < (b.column, b.repetition ?? 0, b.step ?? 0, b.id)
    }
  }
}
