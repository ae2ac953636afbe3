// The beginning of an answer that a model goes on from. Some servers send it back before what is new
// (Mistral's API, llama.cpp where it doesn't stream), most don't.

import Core

/// Tells what is new in a stream that may begin by repeating what it was given.
struct GivenBeginning: Sendable {
  private let text: String
  /// Bytes of it that the stream has repeated so far; nil once it is known whether it does.
  private var repeatedCount: Int?

  init(_ text: String) {
    self.text = text
    repeatedCount = text.isEmpty ? nil : 0
  }

  /// Takes the beginning out of the next events; what may turn out to be of it is withheld.
  mutating func takeOut(of events: inout [StreamEvent]) {
    guard repeatedCount != nil else { return }
    let arrived = events
    events = []
    for event in arrived {
      if case .text(let piece) = event {
        events.append(new(in: piece), as: StreamEvent.text)
      } else {
        if event.endsAnswer { events.append(finish(), as: StreamEvent.text) }
        events.append(event)
      }
    }
  }

  private mutating func new(in piece: String) -> String {
    guard let count = repeatedCount else { return piece }
    let rest = text.utf8.dropFirst(count)
    if rest.count > piece.utf8.count, rest.starts(with: piece.utf8) {
      repeatedCount = count + piece.utf8.count
      return ""
    }
    repeatedCount = nil
    // All of it, or else none: a text that only begins alike is the model's own.
    guard piece.utf8.starts(with: rest) else { return withheld(count) + piece }
    return String(decoding: piece.utf8.dropFirst(rest.count), as: UTF8.self)
  }

  /// What was withheld, when nothing follows.
  private mutating func finish() -> String {
    defer { repeatedCount = nil }
    return withheld(repeatedCount ?? 0)
  }

  private func withheld(_ count: Int) -> String {
    String(decoding: text.utf8.prefix(count), as: UTF8.self)
  }
}
