// What is common to adding paths to any index: which paths there are, and what is remembered of them.

import Core
import Foundation

extension IndexingRun {
  /// Brings an index up to date with some paths, or, where there are none, with all that were ever
  /// added; see `PassageIndex.add`.
  ///
  /// - Parameters:
  ///   - excluded: paths that are never read: the index's own files.
  ///   - isShared: whether others add paths of their machines, which aren't gone because they aren't
  ///     here.
  static func add(
    _ paths: [String], reading settings: ReadingSettings, by chunkings: [Chunking],
    except excluded: Set<String>, isShared: Bool = false, to writer: any DocumentWriter,
    _ tell: (IndexProgress) -> Void,
    _ isCancelled: () -> Bool
  ) throws -> IndexReport {
    let given = try paths.map { try RootPath.identity(of: $0, writer) }
    var roots = given
    let isNew = try writer.add(chunkings)
    if paths.isEmpty || isNew {
      let remembered = try writer.rememberedSettings().roots.keys.sorted()
      let readable = isShared ? remembered.filter { RootPath.resolved($0) != nil } : remembered
      if roots.isEmpty, readable.isEmpty, let missing = remembered.first {
        throw IndexError.noSuchFile(path: missing)
      }
      roots += readable.filter { !roots.contains($0) }
    }
    if !paths.isEmpty { try writer.remember(settings, for: given) }
    var run = try IndexingRun(writer: writer)
    return try run.update(roots, except: excluded, tell, isCancelled)
  }
}

/// The paths that an index is told to read.
enum RootPath {
  /// The identity of a path: the same for all the names that a file has by links and dots.
  static func identity(of path: String, _ writer: any DocumentWriter) throws -> String {
    if let resolved = resolved(path) { return resolved }
    guard errno == ENOENT || errno == ENOTDIR else {
      throw IndexError.unreachable(path: path, reason: String(cString: strerror(errno)))
    }
    let name = (path as NSString).lastPathComponent
    let folder = (path as NSString).deletingLastPathComponent
    guard let parent = resolved(folder.isEmpty ? "." : folder) else {
      throw IndexError.noSuchFile(path: path)
    }
    let gone = parent == "/" ? "/" + name : parent + "/" + name
    guard try !writer.files(below: [gone]).isEmpty else {
      throw IndexError.noSuchFile(path: path)
    }
    return gone
  }

  /// A path without links and dots; nil, with errno, where there is nothing.
  static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
  }
}
