// One line of a session file, to and from JSON (docs/session-format.md). What it reads may have
// been written by anyone: identifiers, times and numbers are checked here, before anybody counts
// with them or shows them.

import Core

enum SessionRecord {
  case session(Session, version: Int = SessionRecord.version)
  case run(Run)
  /// - number: its place among the run's events, from 0.
  case event(TimedWireEvent, number: Int, run: Identifier)
  case answer(Answer, run: Identifier)
  case rating(Rating, run: Identifier)
  case remark(Remark, run: Identifier)
  case correction(Correction, run: Identifier)
  case preference(RecordedPreference)
  case branch(Branch)
  /// A kind that a later whet may have added.
  case unknown

  /// What is wrong with a line, as the end of a sentence.
  enum Problem: Error {
    case unfit(String)
    case laterVersion(Int)
  }

  /// The version of the format that is written, and the latest that is read.
  static let version = 2

  var json: JSON {
    switch self {
    case .session(let session, let version):
      [
        "whet": "session", "version": .integer(version), "id": .string(session.id),
        "name": .string(session.name), "created_at": .number(session.createdAt),
      ]
    case .run(let run):
      Self.object(["record": "run"], run.json)
    case .event(let event, let number, let run):
      Self.object(
        ["record": "event", "run": .string(run), "number": .integer(number)], event.json)
    case .answer(let answer, let run):
      Self.object(["record": "answer", "run": .string(run)], .object(answer.json))
    case .rating(let rating, let run):
      ["record": "rating", "run": .string(run), "value": .string(rating.word)]
    case .remark(let remark, let run):
      Self.object(["record": "remark", "run": .string(run)], .object(remark.json))
    case .preference(let recorded):
      Self.object(
        [
          "record": "preference", "id": .string(recorded.id), "made_at": .number(recorded.madeAt),
        ], .object(recorded.preference.json))
    case .branch(let branch):
      [
        "record": "branch", "name": .string(branch.name), "moment": .string(branch.moment),
      ]
    case .correction(let correction, let run):
      [
        "record": "correction", "run": .string(run), "made_at": .number(correction.madeAt),
        "text": .string(correction.text),
      ]
    case .unknown: .null
    }
  }

  /// The line of a run, and those behind it.
  static func all(of recorded: RecordedRun) -> [SessionRecord] {
    let id = recorded.run.id
    var records = [SessionRecord.run(recorded.run)]
    records += recorded.events.enumerated().map { .event($1, number: $0, run: id) }
    if recorded.answer.isFinished { records.append(.answer(recorded.answer, run: id)) }
    if let rating = recorded.rating { records.append(.rating(rating, run: id)) }
    if !recorded.remark.isEmpty { records.append(.remark(recorded.remark, run: id)) }
    return records + recorded.corrections.map { .correction($0, run: id) }
  }

  private static func object(_ first: JSON.Object, _ rest: JSON) -> JSON {
    .object(JSON.Object(first.members + (rest.object?.members ?? [])))
  }
}

extension SessionRecord {
  /// The record of the first line.
  init(header json: JSON) throws(Problem) {
    guard json["whet"]?.string == "session" else {
      throw .unfit("this is no session file: its first line would hold \"whet\":\"session\"")
    }
    guard let version = json["version"]?.integer, version >= 1 else {
      throw .unfit("the session file's \"version\" is missing or not a number from 1")
    }
    guard version <= Self.version else { throw .laterVersion(version) }
    guard let name = json["name"]?.string else {
      throw .unfit("the session's \"name\" is missing or not a string")
    }
    self = .session(
      Session(
        id: try Self.identifier(json, "id"), name: name,
        createdAt: try Self.date(json, "created_at")
      ), version: version)
  }

  /// The record of any other line.
  init(json: JSON) throws(Problem) {
    switch json["record"]?.string {
    case "run": self = .run(try Self.run(json))
    case "event":
      guard let event = TimedWireEvent(json: json), Self.times.contains(event.time) else {
        throw .unfit(
          "the event lacks \"at_ms\" in milliseconds, or one of \"request\", \"head\", \"body\", "
            + "\"body_base64\", \"retry\" and \"end\" that can be read")
      }
      guard let number = json["number"]?.integer else {
        throw .unfit("the event's \"number\" is missing or not a whole number")
      }
      self = .event(event, number: number, run: try Self.identifier(json, "run"))
    case "answer":
      guard let answer = Answer(json: json), Self.times.contains(answer.timing.total),
        Self.times.contains(answer.timing.firstActivity ?? 0),
        Self.times.contains(answer.timing.firstText ?? 0)
      else {
        throw .unfit("the answer has a \"finish_reason\" or a \"timing\" that can't be")
      }
      self = .answer(answer, run: try Self.identifier(json, "run"))
    case "rating":
      guard let rating = json["value"]?.string.flatMap(Rating.init(word:)) else {
        throw .unfit("the rating's \"value\" is neither \"good\" nor \"bad\"")
      }
      self = .rating(rating, run: try Self.identifier(json, "run"))
    case "remark":
      guard let remark = Remark(json: json) else {
        throw .unfit("the remark has a \"score\" that isn't 1 to 5, or no text for a note or a tag")
      }
      self = .remark(remark, run: try Self.identifier(json, "run"))
    case "preference":
      guard let preference = Preference(json: json) else {
        throw .unfit("the preference lacks two answers with their variants, an outcome or a judge")
      }
      for side in ["first", "second"] { _ = try Self.identifier(json[side] ?? .null, "run") }
      self = .preference(
        RecordedPreference(
          id: try Self.identifier(json, "id"), madeAt: try Self.date(json, "made_at"), preference))
    case "branch":
      guard let name = json["name"]?.string, Branch.name(from: name) == name else {
        throw .unfit("the branch's \"name\" is missing, empty, or no single line")
      }
      self = .branch(Branch(name: name, moment: try Self.identifier(json, "moment")))
    case "correction":
      guard let text = json["text"]?.string else {
        throw .unfit("the correction's \"text\" is missing or not a string")
      }
      self = .correction(
        Correction(text: text, madeAt: try Self.date(json, "made_at")),
        run: try Self.identifier(json, "run"))
    case .some: self = .unknown
    case nil: throw .unfit("the line is no record: its \"record\" is missing or not a string")
    }
  }

  private static func run(_ json: JSON) throws(Problem) -> Run {
    let id = try identifier(json, "id")
    _ = try identifier(json, "session")
    if let parent = json["parent"], !parent.isNull {
      guard try identifier(json, "parent") != id else {
        throw .unfit("the run is its own parent")
      }
    }
    _ = try date(json, "started_at")
    guard let request = json["request"], CompletionRequest(json: request) != nil else {
      throw .unfit("the run's \"request\" is missing, or a part of it can't be read")
    }
    guard let run = Run(json: json) else {
      throw .unfit("one of the run's \"inputs\" can't be read")
    }
    guard columns.contains(run.column) else { throw .unfit("the run's \"column\" can't be") }
    return run
  }

  /// Letters, digits, `-` and `_`: nothing that a path, a terminal or an option would notice.
  private static func identifier(_ json: JSON, _ member: String) throws(Problem) -> Identifier {
    let text = json[member]?.string ?? ""
    let isFit =
      text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
    guard isFit, 1...64 ~= text.utf8.count, !text.hasPrefix("-") else {
      throw .unfit("\"\(member)\" is no identifier: 1 to 64 letters, digits, '_' and '-'")
    }
    return text
  }

  private static func date(_ json: JSON, _ member: String) throws(Problem) -> Double {
    guard let seconds = json[member]?.double, dates.contains(seconds) else {
      throw .unfit("\"\(member)\" is missing or no time in seconds since 1970")
    }
    return seconds
  }

  /// Seconds from 1970 to the end of the year 9999.
  private static let dates = 0..<253_402_300_800.0
  /// Milliseconds within a run: thirty years.
  private static let times = 0...1e12
  private static let columns = 0..<256
}
