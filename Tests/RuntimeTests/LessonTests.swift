import Completion
import Core
import Foundation
import Playground
import Sessions
import Testing

@testable import Runtime

// The sessions that ship: listed, each sound, each the same bytes after a round trip.

@Suite("The sessions that ship")
struct LessonTests {
  private static let share = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  static let lessons = Runtime.lessons(in: share + "/sessions")

  @Test("There are five, in the order in which they are read")
  func order() {
    #expect(
      Self.lessons.map { ($0.path as NSString).lastPathComponent } == [
        "tour.jsonl", "retrieval-mended.jsonl", "two-models.jsonl", "seven-versions.jsonl",
        "cut-off.jsonl",
      ])
  }

  @Test("Exported from an empty store they are the same bytes", arguments: lessons)
  func roundTrip(lesson: Lesson) throws {
    let workbench = try Workbench()
    defer { workbench.remove() }
    let store = try workbench.store
    let session = try store.importSession(from: lesson.path).session
    let exported = workbench.path + "/again.jsonl"
    try store.exportSession(session.id, to: exported)
    #expect(FileManager.default.contentsEqual(atPath: lesson.path, andPath: exported))
  }

  @Test("What their streams say is the answer that they hold", arguments: lessons)
  func replay(lesson: Lesson) throws {
    var reader = try SessionFileReader(path: lesson.path)
    var runs = 0
    while let recorded = try reader.next() {
      runs += 1
      let replayed = Answer(replaying: recorded)
      #expect(replayed.text == recorded.answer.text)
      #expect(replayed.finishReason == recorded.answer.finishReason)
      #expect(!recorded.events.isEmpty)
    }
    #expect(runs >= 2)
    #expect(reader.unknownLines == 0)
  }

  @Test("Each says something of its runs, and hangs together", arguments: lessons)
  func teaches(lesson: Lesson) throws {
    var reader = try SessionFileReader(path: lesson.path)
    var runs: [RecordedRun] = []
    while let recorded = try reader.next() { runs.append(recorded) }
    let known = Set(runs.map(\.run.id))
    #expect(runs.contains { !$0.remark.note.isEmpty })
    // One root, from which all the rest was made.
    let roots = Set(runs.filter { $0.run.parent == nil }.map(\.run.batch))
    #expect(roots.count == 1)
    #expect(runs.compactMap(\.run.parent).allSatisfy { known.contains($0) })
  }

  @Test("One that is opened is in the store, and opened again as it was left")
  func opening() throws {
    let workbench = try Workbench { settings in
      let folder = (settings.folders.data as NSString).deletingLastPathComponent
      settings.folders = Folders(allIn: folder, share: Self.share)
    }
    defer { workbench.remove() }
    let lesson = try #require(Self.lessons.first)
    workbench.perform(.listLessons)
    try workbench.run { $0.events.contains(.lessonsListed(Self.lessons)) }
    for _ in 0..<2 {
      workbench.perform(.openLesson(lesson))
      try workbench.run { $0.runtime.isIdle }
    }
    #expect(workbench.notices.isEmpty)
    #expect(try workbench.store.sessions().map(\.session.name) == [lesson.title])
  }
}
