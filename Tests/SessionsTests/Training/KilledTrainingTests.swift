// kill -9 of a program that fills and changes training sets: each append and each action is there as a
// whole, or not at all.

import Core
import FineTuning
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Sessions

@Suite struct KilledTrainingTests {
  @Test func `what is cut off leaves the set as it was`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sessions.sqlite")
    var random = SeededRandom(seed: 11)
    var (cutAppends, cutActions) = (0, 0)
    var told = 0
    for round in 0..<6 {
      // A new store begins with seven lines of its own; an append has 24, the first 8300 examples of
      // which are written by the 17th.
      let lines =
        round % 2 == 0
        ? (round == 0 ? 7 : 0) + 1 + Int.random(in: 17...23, using: &random)
        : 26 + Int.random(in: 2...8, using: &random)
      let output = try outputOfKilledWriter(
        [path, "train"], afterLines: lines, microseconds: .random(in: 0...2_000, using: &random))
      for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
        let words = line.split(separator: " ")
        if words.count == 2, words[0] == "count" { told = Int(words[1]) ?? told }
      }

      let store = try SessionStore(path: path)
      if try store.garbage(withBackups: false).examples > 0 { cutAppends += 1 }
      let open = try store.read { db in
        try Int.fetchOne(
          db,
          sql: "SELECT count(*) FROM training_action WHERE standing IN ('performing', 'changing')")
      }
      if open == 1 { cutActions += 1 }
      guard let set = try store.trainingSets().first(where: { $0.name == "kept" }) else {
        // Killed before the first append was ended.
        #expect(told == 0)
        continue
      }
      #expect(set.count >= told && set.count % 12_000 == 3000)
      // To work on the set takes back what was cut off.
      try store.createTrainingSet("other \(round)")
      _ = try store.appendExamples(to: "kept") { nil }
      try store.removeTrainingRemains()
      #expect(try store.garbage(withBackups: false).examples == 0)
      let answers = Set(
        try store.examples(of: "kept").map { $0.example.answerBeginning.prefix(2) })
      let isPerformed = try store.actions(of: "kept").contains { $0.standing == .done }
      #expect(answers == [isPerformed ? "a " : "an"])
      if isPerformed { try store.undoCuration(of: "kept") }
      #expect(try store.check().isDamaged == false)
      #expect(try store.check().isMendable == false)
    }
    #expect(cutAppends > 0 && cutActions > 0)
  }
}
