// Parts of the list of a set's examples, with and without a filter.

import Core
import FineTuning
import Testing

@testable import Sessions

@Suite struct TrainingWindowTests {
  let folder: TemporaryFolder
  let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("sessions.sqlite"))
    try store.add((1...3000).map { .numbered($0) }, to: "s")
  }

  private func window(_ filter: String, _ offset: Int, _ limit: Int) throws -> ExampleWindow {
    try store.exampleWindow(
      set: "s", filter: try ExampleFilter(filter), offset: offset, limit: limit)
  }

  @Test func `a part stands where its offset says`() throws {
    for offset in [0, 1, 1500, 2995, 3000, 9000, -4] {
      let part = try window("", offset, 10)
      let first = max(0, offset) + 1
      #expect(part.rows.map(\.number) == Array((first..<first + 10).prefix { $0 <= 3000 }))
      #expect(part.count == 3000 && part.isComplete && part.offset == max(0, offset))
    }
    #expect(try window("", 0, 0).rows.isEmpty)
  }

  @Test func `a part of what fits is what a look at each example gives`() throws {
    let filters = [
      "\"question 1\"", "line:100..200 and not 15", "state:pending number>=2990",
      "/^answer 2\\d+$/",
      "in:answer 77", "tokens<1", "source:file", "source:run", "in:user answer",
    ]
    let all = try store.examples(of: "s")
    for text in filters {
      let filter = try ExampleFilter(text)
      let expected = all.filter(filter.fits).map(\.number)
      for offset in [0, 7, expected.count - 2] where offset >= 0 {
        let part = try window(text, offset, 5)
        #expect(part.rows.map(\.number) == Array(expected.dropFirst(offset).prefix(5)), "\(text)")
        #expect(part.count == expected.count && part.isComplete)
      }
    }
  }

  @Test func `a search that is ended goes on where it was`() throws {
    let filter = try ExampleFilter("/answer \\d*7$/")
    var calls = 0
    var found = 0
    while true {
      var isEnded = false
      let part = try store.exampleWindow(set: "s", filter: filter, offset: 0, limit: 1) { part in
        isEnded = true
        #expect(part.rows.map(\.number) == [7])
        return false
      }
      #expect(part.count >= found)
      found = part.count
      calls += 1
      if part.isComplete { break }
      #expect(isEnded)
    }
    #expect(found == 300)
    #expect(calls <= 3000)
  }

  @Test func `what was found follows actions and appends`() throws {
    let all = try store.examples(of: "s")
    #expect(try window("state:pending", 0, 3).count == 3000)
    try store.perform(
      CurationAction(.examples([all[1].example.hash]), .setState(.approved)), on: "s")
    #expect(try window("state:pending", 0, 3).rows.map(\.number) == [1, 3, 4])
    #expect(try window("state:pending", 0, 3).count == 2999)
    try store.undoCuration(of: "s")
    #expect(try window("state:pending", 0, 3).rows.map(\.number) == [1, 2, 3])
    try store.add([.numbered(4000)], to: "s")
    #expect(try window("state:pending", 2999, 5).rows.map(\.number) == [3000, 3001])
    // Another store's work is seen, too.
    let other = try SessionStore(path: store.path)
    try other.perform(CurationAction(.filter("number<10"), .setState(.rejected)), on: "s")
    #expect(try window("state:pending", 0, 1).rows.map(\.number) == [10])
  }
}
