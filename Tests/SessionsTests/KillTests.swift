// kill -9 of a program that records: whatever the store had taken in is found again.

import Core
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Sessions

/// What a killed writer had said before it died.
private struct Acknowledged {
  var session: Identifier?
  /// How many events each run was said to have.
  var events: [Identifier: Int] = [:]

  init(_ output: Data) {
    // The last line may have been cut off by the kill.
    let whole = output[..<(output.lastIndex(of: UInt8(ascii: "\n")) ?? output.startIndex)]
    for line in String(decoding: whole, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch words[0] {
      case "session": session = words[1]
      case "begun": events[words[1]] = 0
      default: events[words[1]] = Int(words[2])
      }
    }
  }
}

@Suite struct KillTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sessions.sqlite")
  }

  private func killWriter(
    of path: String, afterLines lines: Int, microseconds: UInt32
  ) throws -> Acknowledged {
    Acknowledged(
      try outputOfKilledWriter([path], afterLines: lines, microseconds: microseconds))
  }

  @Test func nothingThatWasTakenInIsLostInFiftyKills() throws {
    var random = SeededRandom(seed: 5)
    for _ in 0..<50 {
      let acknowledged = try killWriter(
        of: path, afterLines: .random(in: 0...120, using: &random),
        microseconds: .random(in: 0...4000, using: &random))

      let store = try SessionStore(path: path)
      let check = try store.connection.read {
        try String.fetchAll($0, sql: "PRAGMA integrity_check")
      }
      #expect(check == ["ok"])
      let interrupted = try store.interruptedRuns().map(\.id)
      #expect(Set(interrupted).isSuperset(of: acknowledged.events.keys))
      if let session = acknowledged.session {
        #expect(try store.findSession(session).name == "writer")
      }
      for id in interrupted {
        let events = try store.loadRun(id).events
        #expect(events.count >= acknowledged.events[id] ?? 0)
        for (number, event) in events.enumerated() {
          #expect(event.event == .body(Array("\(id) \(number)".utf8)))
        }
        try store.markInterrupted(id, answer: Answer())
      }
      #expect(try store.interruptedRuns().isEmpty)
    }
    let store = try SessionStore(path: path)
    let runs = try store.sessions().flatMap { try store.runs(of: $0.session.id) }
    #expect(runs.count > 100)
    #expect(runs.allSatisfy { $0.state == .ended(.interrupted) })
  }

  @Test func aStoreWhoseMakingWasKilledOpensAgain() throws {
    var random = SeededRandom(seed: 6)
    for round in 0..<20 {
      let path = folder.file("new-\(round).sqlite")
      _ = try killWriter(
        of: path, afterLines: 0, microseconds: .random(in: 0...40_000, using: &random))
      try SessionStore(path: path).createSession(name: "after the kill")
    }
  }
}
