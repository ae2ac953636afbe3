import Core
import Testing

@Suite struct PassageCurationTests {
  private let found = (0..<4).map { Self.passage($0) }

  private static func passage(_ number: Int, tokens: Int = 100) -> Passage {
    let text = "passage \(number)"
    return Passage(
      source: "\(number).md", bytes: 0..<text.utf8.count, lines: 1...1, text: text,
      score: Double(10 - number), standings: [.bm25: Standing(rank: number + 1, score: 1)],
      matches: [0..<7], tokens: tokens)
  }

  private func sources(_ passages: [Passage]) -> String {
    passages.map { String($0.source.prefix(1)) }.joined()
  }

  private func order(_ curation: PassageCuration, of found: [Passage]) -> [PassageOrigin] {
    curation.applied(to: found, budget: nil).order
  }

  @Test func `without changes the budget alone decides`() {
    let curation = PassageCuration()
    #expect(curation.isEmpty)
    let result = curation.applied(to: found, budget: 250)
    #expect(sources(result.given) == "01")
    #expect(sources(result.cut) == "23")
    #expect(curation.applied(to: found, budget: nil).given == found)
  }

  @Test func `a pinned passage comes first in the budget and keeps its place`() {
    var curation = PassageCuration()
    curation.togglePin(found[3])
    #expect(sources(curation.applied(to: found, budget: 250).given) == "03")
    curation.togglePin(found[3])
    #expect(curation.isEmpty)
  }

  @Test func `a pinned passage stays though nothing finds it, and says so`() {
    var curation = PassageCuration()
    curation.togglePin(found[0])
    let result = curation.applied(to: Array(found[2...]), budget: nil)
    #expect(sources(result.given) == "230")
    #expect(result.given.last?.standings == [:])
    #expect(result.given.last?.matches == [])
  }

  @Test func `a dropped passage is shown in its place and not given, and makes room`() {
    var curation = PassageCuration()
    curation.toggleDrop(found[1].origin)
    let result = curation.applied(to: found, budget: 200)
    #expect(sources(result.given) == "02")
    #expect(result.entries.map(\.state) == [.given, .dropped, .given, .cut])
    curation.togglePin(found[1])
    #expect(!curation.isDropped(found[1].origin))
    curation.toggleDrop(found[1].origin)
    #expect(!curation.isPinned(found[1].origin))
    curation.toggleDrop(found[1].origin)
    #expect(curation.isEmpty)
  }

  @Test func `an edit takes its own tokens, keeps the original and is taken back by it`() {
    var curation = PassageCuration()
    curation.edit(found[0], to: "short")
    let result = curation.applied(to: found, budget: nil)
    #expect(result.given[0].text == "short")
    #expect(result.given[0].tokens == TokenEstimate.tokens(in: "short"))
    #expect(result.given[0].matches == [])
    #expect(result.entries[0].original == found[0])
    curation.edit(found[0], to: found[0].text)
    #expect(curation.isEmpty)
  }

  @Test func `a moved passage keeps its place while the others come and go`() {
    var curation = PassageCuration()
    curation.move(found[2].origin, to: 0, in: order(curation, of: found))
    #expect(sources(curation.applied(to: found, budget: nil).given) == "2013")
    #expect(sources(curation.applied(to: found.reversed(), budget: nil).given) == "2310")
    #expect(sources(curation.applied(to: [found[3], found[2]], budget: nil).given) == "23")
    curation.move(found[1].origin, to: 0, in: order(curation, of: found))
    #expect(sources(curation.applied(to: found, budget: nil).given) == "1203")
    curation.move(found[1].origin, to: 1, in: order(curation, of: found))
    #expect(sources(curation.applied(to: found, budget: nil).given) == "2103")
    curation.move(found[1].origin, to: 9, in: order(curation, of: found))
    #expect(sources(curation.applied(to: found, budget: nil).given) == "2103")
  }

  @Test func `undo takes back all that was changed about one passage`() {
    var curation = PassageCuration()
    curation.togglePin(found[1])
    curation.edit(found[1], to: "x")
    curation.move(found[1].origin, to: 3, in: order(curation, of: found))
    #expect(curation.isChanged(found[1].origin))
    curation.undo(found[1].origin)
    #expect(curation.isEmpty)
  }

  @Test func `the largest counts of tokens don't overflow`() {
    var curation = PassageCuration()
    curation.togglePin(Self.passage(0, tokens: .max))
    let result = curation.applied(to: [Self.passage(1, tokens: .max)], budget: 100)
    #expect(result.given.isEmpty)
    #expect(result.cut.count == 2)
  }

  @Test func `changes say what entered, moved and left`() {
    let changes = PassageChanges(
      from: [found[0], found[1], found[2]], to: [found[2], found[0], found[3]])
    #expect(changes[found[2].origin] == .movedUp(2))
    #expect(changes[found[0].origin] == .movedDown(1))
    #expect(changes[found[3].origin] == .entered)
    #expect(changes.left == [found[1]])
    #expect(PassageChanges(from: found, to: found).isEmpty)
    #expect(PassageChanges().isEmpty)
  }
}
