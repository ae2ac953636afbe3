import ArgumentParser
import Core
import Foundation
import Playground
import Runtime

// `whet`, `whet FILE` and `whet tour`: the playground.

struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the playground (what whet does by default).")

  @Argument(help: "A prompt file; without one, whet opens where you left it.")
  var file: String?

  @Option(help: "The index that passages come from.")
  var index: String?

  @Option(name: [.customShort("M"), .long], help: "A model for a column; may be repeated.")
  var model: [String] = []

  func validate() throws {
    // A bare word that is no file is more likely a command gone wrong than a prompt to be.
    if let file, !file.contains("/"), !file.contains("."),
      !FileManager.default.fileExists(atPath: file)
    {
      throw ValidationError("There is no command and no file '\(file)'.")
    }
  }

  func run() throws {
    try Self.open(file: file, index: index, models: try model.map(ModelOption.reference))
  }

  static func open(
    file: String? = nil, index: String? = nil, models: [ModelReference] = []
  ) throws {
    let (surroundings, problem) = Surroundings.tolerant()
    var opening = try Opening(file: file, index: index, models: models, in: surroundings)
    opening.note(problem)
    try Playing.start(opening, in: surroundings)
  }
}

struct TourCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tour",
    abstract: "Open the playground on a small example that needs no server and no network.")

  @Flag(help: "Begin anew, whatever was made of it before.")
  var fresh = false

  func run() throws {
    let (surroundings, problem) = Surroundings.tolerant()
    var opening = try Opening.tour(isFresh: fresh, in: surroundings)
    opening.note(problem)
    try Playing.start(opening, in: surroundings)
  }
}
