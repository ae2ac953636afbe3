// Histories that are JSON: a value a line, a list of them, or one that holds all. The first value
// tells whose they are.

import Core

/// Reads the values of a file, whichever way they are kept in it.
protocol JSONValues: AnyObject {
  /// The next value that can be read, and what it is called; nil after the last. What can't be
  /// read is told to the notes.
  func next() throws(SessionError) -> (json: JSON, place: String)?
}

/// The sessions that a file's values are.
final class HistoryValues: HistorySource {
  private let values: any JSONValues
  private let name: String
  private let time: Double
  private let notes: HistoryNotes
  /// The first value, which was read to see what there is.
  private var pending: (json: JSON, place: String)?

  /// Throws `unknownFile` where the first value is of no known history.
  ///
  /// - Parameters:
  ///   - name: of a session that has none of its own.
  ///   - time: in seconds since 1970, for what has no time of its own.
  init(
    _ values: any JSONValues, path: String, name: String, at time: Double, notes: HistoryNotes
  ) throws {
    (self.values, self.name, self.time, self.notes) = (values, name, time, notes)
    pending = try values.next()
    guard let json = pending?.json,
      ChatGPTConversation.isOne(json) || PromptfooEvaluation.isOne(json)
        || MessageLines.isOne(json) || AnswerLines.areMade(of: json)
    else {
      throw SessionError.unknownFile(
        path: path,
        problem: notes.notes.first
          ?? "it holds no history of llm, promptfoo, ChatGPT or OpenAI, and no lists of messages")
    }
  }

  func next() throws -> HistorySession? {
    while let (json, place) = try nextValue() {
      do throws(ImportError) {
        if ChatGPTConversation.isOne(json) {
          return session(try ChatGPTConversation.session(of: json, place: place, at: time))
        }
        if PromptfooEvaluation.isOne(json) {
          return session(
            try PromptfooEvaluation.session(of: json, name: name, place: place, at: time))
        }
      } catch {
        notes.leaveOut("\(error)")
        continue
      }
      if MessageLines.isOne(json) { return try conversation(json, place) }
      if let answers = AnswerLines(first: json, name: name, at: time) {
        pending = (json, place)
        return session(answers)
      }
      notes.leaveOut("\(place): it is nothing that can be imported.")
    }
    return nil
  }

  private func nextValue() throws(SessionError) -> (json: JSON, place: String)? {
    defer { pending = nil }
    if let pending { return pending }
    return try values.next()
  }

  private func session(_ imported: ImportedSession) -> HistorySession {
    notes.add(imported.notes)
    return HistorySession(imported)
  }

  /// All values from this one on as one conversation.
  private func conversation(_ json: JSON, _ place: String) throws -> HistorySession {
    var messages = MessageLines(first: json, name: name, at: time)
    var next: (json: JSON, place: String)? = (json, place)
    while let (json, place) = next {
      do throws(ImportError) {
        try messages.append(json, place: place)
      } catch {
        notes.leaveOut("\(error)")
      }
      next = try values.next()
    }
    return HistorySession(try messages.imported(place: name))
  }

  /// All values from the pending one on as one session.
  private func session(_ answers: AnswerLines) -> HistorySession {
    var answers = answers
    return HistorySession(answers.session) { [self] in
      while let (json, place) = try nextValue() {
        do throws(ImportError) {
          return try answers.run(of: json, place: place)
        } catch {
          notes.leaveOut("\(error)")
        }
      }
      return nil
    }
  }
}

/// The lines of a file of JSON Lines.
final class JSONLines: JSONValues {
  private var lines: LineReader
  private let notes: HistoryNotes

  init(path: String, notes: HistoryNotes) throws(SessionError) {
    lines = try LineReader(path: path)
    self.notes = notes
  }

  func next() throws(SessionError) -> (json: JSON, place: String)? {
    while let line = try lines.next() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let place = "\(lines.path):\(lines.number)"
      do throws(JSONError) {
        return (try JSON(parsing: line), place)
      } catch {
        notes.leaveOut("\(place): the line is no JSON: \(error.problem).")
      }
    }
    return nil
  }
}

/// The items of a file that is one list.
final class JSONItems: JSONValues {
  private var items: JSONElementReader
  private let notes: HistoryNotes

  init(path: String, notes: HistoryNotes) throws(SessionError) {
    items = try JSONElementReader(path: path)
    self.notes = notes
  }

  func next() throws(SessionError) -> (json: JSON, place: String)? {
    while let (bytes, line) = try items.next() {
      let place = "\(items.path):\(line): item \(items.number)"
      do throws(JSONError) {
        return (try JSON(parsing: bytes), place)
      } catch {
        notes.leaveOut("\(place): it is no JSON: \(error.problem).")
      }
    }
    return nil
  }
}

/// One value, or those of its member `data`, as a server answers with a list.
final class JSONDocument: JSONValues {
  private var values: ArraySlice<JSON>
  private let path: String
  private let count: Int

  init(_ document: JSON, path: String) {
    self.path = path
    let items = document["object"]?.string == "list" ? document["data"]?.array : nil
    values = (items ?? [document])[...]
    count = values.count
  }

  func next() -> (json: JSON, place: String)? {
    values.popFirst().map {
      ($0, count == 1 ? path : "\(path): item \(count - values.count)")
    }
  }
}
