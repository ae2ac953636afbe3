import Core
import Foundation
import Playground

// The partials of a prompt are files beside it. What they hold comes from anywhere: their number and
// size have limits.

extension PromptFiles {
  private static let mostPartials = 64
  private static let mostPartialBytes = 1 << 20
  /// More names than these are no list to choose from.
  private static let mostListed = 1000

  /// The texts of the partials that a prompt puts in, and of those that they put in themselves, by
  /// their names: `{{> name}}` is `_name.prompt`, else `name.prompt`.
  ///
  /// What isn't there, or can't be read, is left out. May wait for the disk.
  ///
  /// - Parameter folder: that of the prompt's file.
  public static func partials(of text: String, in folder: String) -> [String: String] {
    partials(named: Template.partialNames(in: text), in: folder)
  }

  /// The same for the names that a text mentions.
  public static func partials(named names: Set<String>, in folder: String) -> [String: String] {
    var texts: [String: String] = [:]
    var seen = names
    var waiting = names.sorted()
    while let name = waiting.popLast(), texts.count < mostPartials {
      guard let text = partial(named: name, in: folder) else { continue }
      texts[name] = text
      let others = Template.partialNames(in: text).subtracting(seen)
      seen.formUnion(others)
      waiting += others.sorted()
    }
    return texts
  }

  /// The names of the partials in a folder, sorted: those of files `_name.prompt`, and of the other
  /// prompts, which can be put in, too. May wait for the disk.
  ///
  /// - Parameter file: the name of the prompt's own file, which it can't put in.
  static func partialNames(in folder: String, without file: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let names = files.compactMap { name -> String? in
      guard name.hasSuffix(".prompt"), !name.hasPrefix("."), name != file else { return nil }
      let stem = name.dropLast(".prompt".count)
      return String(stem.hasPrefix("_") ? stem.dropFirst() : stem)
    }
    return Set(names).filter { name in !name.contains(where: \.isWhitespace) && !name.isEmpty }
      .sorted().prefix(mostListed).map { $0 }
  }

  private static func partial(named name: String, in folder: String) -> String? {
    // A name leads nowhere else.
    guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"), !name.contains("\0") else {
      return nil
    }
    for file in ["_\(name).prompt", "\(name).prompt"] {
      if let text = try? read("\(folder)/\(file)", mostBytes: mostPartialBytes) { return text }
    }
    return nil
  }
}

extension Runtime {
  /// Tells which partials stand beside a prompt's file.
  func listPartials(besides path: String) {
    withFiles {
      let file = PromptFiles.absolute(path) as NSString
      return .partialsListed(
        PromptFiles.partialNames(
          in: file.deletingLastPathComponent, without: file.lastPathComponent), path: path)
    }
  }

  /// Brings the partials that stand beside a prompt's file.
  func readPartials(named names: Set<String>, besides path: String) {
    withFiles {
      let folder = (PromptFiles.absolute(path) as NSString).deletingLastPathComponent
      return .partialsRead(PromptFiles.partials(named: names, in: folder), path: path)
    }
  }
}
