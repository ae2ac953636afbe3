import Core
import Testing

@Suite("The tree of a session")
struct SessionTreeTests {
  private static let session = Session(id: "s", name: "s", createdAt: 0)

  private static func run(
    _ id: String, from parent: String? = nil, batch: String? = nil, column: Int = 0,
    step: Int? = nil
  ) -> Moment.Run {
    Moment.Run(
      id: id, parent: parent, batch: batch ?? "m" + id, startedAt: 0, column: column, step: step,
      model: .echo, beginning: "says \(id)")
  }

  private static func tree(_ runs: [Moment.Run], pruned: Set<String> = []) -> SessionTree {
    // In the order of time, but for those that say otherwise.
    let runs = runs.enumerated().map { place, run in
      var run = run
      if run.startedAt == 0 { run.startedAt = Double(place) }
      return run
    }
    return SessionTree(session, runs: runs, pruned: pruned)
  }

  @Test("Runs that were started together are one moment, newest first")
  func moments() {
    let tree = Self.tree([
      Self.run("b", batch: "one", column: 1), Self.run("a", batch: "one"),
      Self.run("c", from: "a", batch: "two"), Self.run("d", from: "b", batch: "two", column: 1),
    ])
    #expect(tree.moments.map(\.id) == ["two", "one"])
    #expect(tree.moments[1].runs.map(\.id) == ["a", "b"])
    #expect(tree.parent(of: 0) == 1)
    #expect(tree.children(of: 1) == [0])
    #expect(tree.place(ofRun: "d") == 0)
  }

  @Test("The steps of a chain belong to one moment, and don't make it its own parent")
  func steps() {
    let tree = Self.tree([
      Self.run("a", batch: "one"), Self.run("s1", from: "a", batch: "two", step: 1),
      Self.run("s2", from: "s1", batch: "two", step: 2),
    ])
    #expect(tree.moments.map(\.id) == ["two", "one"])
    #expect(tree.moments[0].parent == "one")
  }

  @Test("A parent that is missing, or the run itself, is none, and circles are cut")
  func hostile() {
    let tree = Self.tree([
      Self.run("a", from: "c"), Self.run("b", from: "nowhere"), Self.run("c", from: "a"),
      Self.run("d", from: "d"),
    ])
    #expect(Set(tree.moments.map(\.id)) == ["ma", "mb", "mc", "md"])
    #expect(tree.moments.filter { $0.parent == nil }.count == 3)
    for place in tree.moments.indices {
      #expect(tree.parent(of: place).map { $0 > place } ?? true)
    }
  }

  @Test("A child whose clock was behind stands before its parent all the same")
  func clocks() {
    var late = Self.run("late", from: "b")
    late.startedAt = -100
    let tree = Self.tree([late, Self.run("a"), Self.run("b", from: "a")])
    #expect(tree.moments.map(\.id) == ["mlate", "mb", "ma"])
  }

  @Test("Fifty thousand moments in one line, the newest listed first, are no trouble")
  func deep() {
    let runs = (1..<50_000).reversed().map { Self.run("\($0)", from: "\($0 - 1)") }
    let tree = SessionTree(Self.session, runs: runs + [Self.run("0")])
    #expect(tree.moments.first?.id == "m49999")
    #expect(tree.moments.last?.id == "m0")
    #expect(TreeGraph(tree).rows.allSatisfy { $0 == "●" })
  }

  @Test("What is pruned isn't there, and what was made from it is a root")
  func pruned() {
    let runs = [Self.run("a"), Self.run("b", from: "a"), Self.run("c", from: "b")]
    let tree = Self.tree(runs, pruned: ["mb"])
    #expect(tree.moments.map(\.id) == ["mc", "ma"])
    #expect(tree.moments[0].parent == nil)
    #expect(tree.prunedCount == 1)
    #expect(Self.tree(runs).descent(of: 1) == ["mb", "mc"])
  }

  @Test("A moment is found by its words, from the next one on and round")
  func finding() {
    let tree = Self.tree([Self.run("a"), Self.run("z"), Self.run("az")])
    #expect(tree.place(after: 0, holding: "SAYS z") == 1)
    #expect(tree.place(after: 1, holding: "says z") == 0)
    #expect(tree.place(after: 0, holding: "nothing") == nil)
    #expect(tree.place(after: 0, holding: " ") == nil)
  }

  @Test("A line of work is one lane")
  func line() {
    let tree = Self.tree([Self.run("a"), Self.run("b", from: "a"), Self.run("c", from: "b")])
    #expect(TreeGraph(tree).rows == ["●", "●", "●"])
  }

  @Test("Forks are lanes that end at what they were made from")
  func forks() {
    let tree = Self.tree([
      Self.run("a"), Self.run("b", from: "a"), Self.run("c", from: "a"), Self.run("d", from: "b"),
      Self.run("e", from: "a"),
    ])
    #expect(
      TreeGraph(tree).rows == [
        "●",  // e
        "│ ●",  // d
        "│ │ ●",  // c
        "│ ● │",  // b
        "●─┴─╯",  // a
      ])
  }

  @Test("A lane that ended is used again, and one that only passes is crossed")
  func crossing() {
    let tree = Self.tree([
      Self.run("x"), Self.run("a"), Self.run("b", from: "a"), Self.run("y", from: "x"),
      Self.run("c", from: "a"),
    ])
    #expect(TreeGraph(tree).rows == ["●", "│ ●", "│ │ ●", "●─┼─╯", "  ●"])
  }

  @Test("A thousand forks of one moment stay narrow")
  func manyForks() {
    let runs = [Self.run("a")] + (0..<1000).map { Self.run("f\($0)", from: "a") }
    let rows = TreeGraph(Self.tree(runs)).rows
    #expect(rows.count == 1001)
    #expect(rows.allSatisfy { $0.count <= 2 * TreeGraph.mostLanes + 1 })
  }

  @Test("A branch's name is one line without blanks around it")
  func names() {
    #expect(Branch.name(from: "  their \n words ") == "their words")
    #expect(Branch.name(from: " \n") == nil)
    #expect(Branch.name(from: String(repeating: "x", count: 201)) == nil)
  }
}
