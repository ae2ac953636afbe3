import Core
import Foundation
import Playground
import Sessions

// The sessions that ship, to learn from: listed by what their files call them, and taken into the
// store when one is opened, where it can be gone on with like any other.

extension Runtime {
  /// Tells of the sessions that ship, in the order in which they were made to be read.
  func listLessons() {
    guard let folder = settings.folders.lessons else { return }
    mailbox.work(on: lessonReader) { [mailbox] in
      mailbox.post(.lessonsListed(Self.lessons(in: folder)))
    }
  }

  /// A file that can't be read is no lesson: the tests of those that ship read each.
  static func lessons(in folder: String) -> [Lesson] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }
      .compactMap { name -> (Session, path: String)? in
        let path = "\(folder)/\(name)"
        return (try? SessionFileReader(path: path).session).map { ($0, path) }
      }
      .sorted { $0.0.createdAt < $1.0.createdAt }
      .map { Lesson(title: $0.0.name, path: $0.path) }
  }
}

extension Recorder {
  /// Takes a session that ships into the store, and shows its tree. What was made of it there since
  /// stays.
  func open(_ lesson: Lesson) {
    withStore(isAsked: true) { recorder, store in
      let session = try store.importSession(from: lesson.path).session
      recorder.mailbox.post(.treeRead(try store.tree(of: session.id), at: nil))
    }
  }
}
