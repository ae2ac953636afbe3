import Foundation

// Indexes go by names, which are also the names of their files; of one that is kept by a server, a file
// holds the address.

/// The folder of the indexes, from their names to their files.
public struct IndexFolder: Sendable {
  /// The index that is meant when none is named.
  public static let standardName = "default"

  public let path: String

  public init(_ path: String) { self.path = path }

  /// The names of all indexes, sorted.
  public var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let names = [Self.ending, Self.remoteEnding].flatMap { ending in
      files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
    }
    return Set(names).sorted()
  }

  /// The index of a prompt that is opened for the first time: the one that is meant when none is
  /// named, if it is there.
  public var standard: String? {
    names.contains(Self.standardName) ? Self.standardName : nil
  }

  /// The file of an index; nil for what could not be a file's name everywhere.
  public func file(of name: String) -> String? {
    path(of: name, Self.ending)
  }

  /// The file that holds the address of an index that is elsewhere, in one line.
  public func addressFile(of name: String) -> String? {
    path(of: name, Self.remoteEnding)
  }

  /// The file of what this machine has of an index that is kept by a server, where it keeps anything.
  public func mirrorFile(of name: String) -> String? {
    path(of: name, Self.mirrorEnding)
  }

  /// The file of an index, or that of its address, whichever is there.
  public func existingFile(of name: String) -> String? {
    [file(of: name), addressFile(of: name)].lazy.compactMap { $0 }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  private func path(of name: String, _ ending: String) -> String? {
    let isPlain = name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0"..."9" ~= $0 || "-_.".unicodeScalars.contains($0)
    }
    guard isPlain, !name.isEmpty, !name.hasPrefix("."), name.utf8.count <= 100 else { return nil }
    return "\(path)/\(name)\(ending)"
  }

  private static let ending = ".sqlite"
  private static let remoteEnding = ".remote"
  private static let mirrorEnding = ".mirror"
}
