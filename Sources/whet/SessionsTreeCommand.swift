import ArgumentParser
import Core
import Playground
import Runtime
import Sessions

// `whet sessions tree`, `branch` and `prune`: what the page of the tree does, for scripts.

extension SessionsCommand {
  struct Tree: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tree", abstract: "Show a session as a tree: what was made from what.")

    @Argument(help: "The id of a session, how it begins, or its name.")
    var id: String

    func run() throws {
      let store = try SessionsCommand.store()
      let tree = try store.tree(of: try store.findSession(id).id)
      let graph = TreeGraph(tree)
      for (place, moment) in tree.moments.enumerated() {
        let names = tree.names(of: place).map { "[\($0)]" }
        let facts = [
          LocalTime.system.minute(moment.startedAt), moment.runs.first?.version ?? "",
          moment.models.map(\.description).joined(separator: ", "), Numbers.total(moment.cost),
        ]
        let words = (names + facts).filter { !$0.isEmpty }.joined(separator: "  ")
        let beginning = moment.runs.map(\.beginning).first { !$0.isEmpty } ?? ""
        Console.line("\(graph.rows[place])  \(moment.id)  \(words)\t\(beginning)")
      }
      if tree.prunedCount > 0 {
        Console.line(
          "\(tree.prunedCount) pruned: 'whet sessions prune --undo' brings the last back.")
      }
    }
  }

  struct BranchName: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "branch", abstract: "Name a moment of a session, or take a name away.")

    @Argument(help: "The id of a session, how it begins, or its name.")
    var id: String

    @Argument(help: "The branch's name.")
    var name: String

    @Argument(help: "The id of a moment or a run, or how it begins.")
    var moment: String?

    @Flag(help: "Take the name away; the moment stays.")
    var delete = false

    func validate() throws {
      guard delete == (moment == nil) else {
        throw ValidationError("Name a moment for the branch, or --delete it.")
      }
      guard Branch.name(from: name) == name else {
        throw ValidationError(
          "A branch's name is one line of at most \(Branch.longestName) bytes.")
      }
    }

    func run() throws {
      let store = try SessionsCommand.store()
      let session = try store.findSession(id)
      if let moment {
        let place = try SessionsCommand.moment(moment, in: try store.tree(of: session.id))
        try store.name(place.id, name, in: session.id)
        Console.line("'\(name)' is \(place.id)")
      } else {
        guard try store.deleteBranch(named: name, in: session.id) else {
          throw CommandError("The session '\(session.name)' has no branch '\(name)'.")
        }
        Console.line("took the name '\(name)' away")
      }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Put a moment, and what was made from it, out of sight; or bring it back.")

    @Argument(help: "The id of a session, how it begins, or its name.")
    var id: String

    @Argument(help: "The id of a moment or a run, or how it begins; or a branch's name.")
    var moment: String?

    @Flag(help: "Bring back what was pruned last.")
    var undo = false

    func validate() throws {
      guard undo == (moment == nil) else {
        throw ValidationError("Name the moment to prune, or --undo what was pruned last.")
      }
    }

    func run() throws {
      let store = try SessionsCommand.store()
      let session = try store.findSession(id)
      guard let moment else {
        let count = try store.undoPruning(in: session.id)
        Console.line(count == 0 ? "nothing is pruned" : "brought \(count) back")
        return
      }
      let tree = try store.tree(of: session.id)
      let found = try SessionsCommand.moment(moment, in: tree)
      guard let place = tree.place(of: found.id) else { return }
      let descent = tree.descent(of: place)
      try store.prune(descent, in: session.id)
      Console.line(
        "pruned \(descent.count): --undo brings back what 'whet sessions gc' has not taken")
    }
  }

  /// The moment of a tree that is named so, or whose id or a run's begins so.
  static func moment(_ text: String, in tree: SessionTree) throws -> Moment {
    if let branch = tree.branches.first(where: { $0.name == text }),
      let place = tree.place(of: branch.moment)
    {
      return tree.moments[place]
    }
    let beginning = text.uppercased()
    let found = tree.moments.filter { moment in
      moment.id == text || moment.id.hasPrefix(beginning)
        || moment.runs.contains { $0.id == text || $0.id.hasPrefix(beginning) }
    }
    guard let first = found.first, !text.isEmpty else {
      throw CommandError("The session '\(tree.session.name)' has no moment '\(text)'.")
    }
    guard found.count == 1 else {
      throw CommandError(
        "'\(text)' begins \(found.count) moments: "
          + found.prefix(5).map(\.id).joined(separator: ", ") + ".")
    }
    return first
  }
}
