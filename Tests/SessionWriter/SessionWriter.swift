// A program for the session store's tests to kill: it records runs as fast as it can, and says on
// standard output what the store has taken in, a line each time, after the store has.
//
//   SessionWriter STORE        a line "session ID", then "begun RUN" and "events RUN COUNT"
//   SessionWriter STORE COUNT [FILE]
//                              so many runs, one after the other, to their ends: "ended RUN"; then
//                              the session is exported to the file
//   SessionWriter STORE train  a training set 'kept' of 3000 examples, then forever: 12,000 more to it,
//                              all changed, that undone; a set 'new' added to and removed. Lines
//                              "row NUMBER" while 500 are added, "changed COUNT" while 1000 are
//                              changed, "count COUNT" after each append
//
// Event n of each run is the body "RUN n", so that what is found again can be told to be right.

import Core
import FineTuning
import Glibc
import Sessions

@main
enum SessionWriter {
  static func main() throws {
    let store = try SessionStore(path: CommandLine.arguments[1])
    if CommandLine.arguments.dropFirst(2).first == "train" { return try train(store) }
    let session = try store.createSession(name: "writer")
    say("session \(session.id)")
    if CommandLine.arguments.count > 2, let count = Int(CommandLine.arguments[2]) {
      try recordWhole(count, in: session, of: store)
      if let file = CommandLine.arguments.dropFirst(3).first, !file.isEmpty {
        try store.exportSession(session.id, to: file)
      }
      return
    }
    while true {
      let runs = try (0..<4).map { column in
        let run = Run(
          id: store.identifiers.next(now: session.createdAt), session: session.id,
          startedAt: session.createdAt, column: column, promptText: "prompt", inputs: [:],
          request: CompletionRequest(model: .echo, messages: []))
        try store.begin(run)
        say("begun \(run.id)")
        return run
      }
      for batch in 0..<10 {
        for run in runs {
          let numbers = batch * 5..<batch * 5 + 5
          try store.append(
            numbers.map {
              TimedWireEvent(time: Double($0), event: .body(Array("\(run.id) \($0)".utf8)))
            }, to: run.id)
          say("events \(run.id) \(numbers.upperBound)")
        }
      }
    }
  }

  private static func recordWhole(_ count: Int, in session: Session, of store: SessionStore) throws
  {
    for _ in 0..<count {
      let id = store.identifiers.next(now: session.createdAt)
      try store.begin(
        Run(
          id: id, session: session.id, startedAt: session.createdAt, column: 0,
          promptText: "prompt", inputs: [:],
          request: CompletionRequest(model: .echo, messages: [])))
      for batch in 0..<10 {
        try store.append(
          (0..<4).map {
            TimedWireEvent(
              time: Double(batch * 4 + $0),
              event: .body(Array(repeating: UInt8(ascii: "a"), count: 3000)))
          }, to: id)
      }
      var answer = Answer()
      answer.apply(.text("all of \(id)"), at: 1)
      answer.apply(.finish(.stop), at: 2)
      try store.finish(id, answer: answer)
      say("ended \(id)")
    }
  }

  private static func train(_ store: SessionStore) throws {
    func append(_ numbers: Range<Int>, to name: String) throws {
      var next = numbers.lowerBound
      _ = try store.appendExamples(to: name) {
        guard next < numbers.upperBound else { return nil }
        defer { next += 1 }
        if next % 500 == 0 { say("row \(next)") }
        let messages = [
          TrainingMessage(role: "user", text: "\(next)"),
          TrainingMessage(role: "assistant", text: "answer \(next)"),
        ]
        return IncomingExample(
          TrainingExample(messages: messages),
          lineage: ExampleLineage(source: .file("f", line: next), addedAt: 0))
      }
    }
    var count = (try? store.trainingSet("kept").count) ?? 0
    if count == 0 {
      try append(1..<3001, to: "kept")
      count = 3000
    }
    while true {
      say("count \(count)")
      try append(count + 1..<count + 12_001, to: "kept")
      count += 12_000
      say("count \(count)")
      try store.perform(
        CurationAction(.filter(""), .replaceInAnswers("answer", with: "a")), on: "kept"
      ) { _, changed in say("changed \(changed)") }
      try store.undoCuration(of: "kept")
      try append(1..<2000, to: "new")
      try store.removeTrainingSet("new")
    }
  }

  private static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    write(STDOUT_FILENO, bytes, bytes.count)
  }
}
