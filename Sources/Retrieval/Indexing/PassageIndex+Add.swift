// Bringing an index up to date with files and folders: look at every file's stamp, read what isn't
// known by it, write in batches. Each batch is one transaction, so that a run can be stopped, or
// die, at any moment: the index holds whole documents only, and the next run goes on.

import Core
import GRDB

extension PassageIndex {
  /// Reads what is new or changed below the paths, and drops what is gone from there.
  ///
  /// A path that no longer exists is dropped with all that the index has from it; one that it never
  /// had throws `IndexError.noSuchFile` before anything is done. `isCancelled` is asked and
  /// `progress` told at least once a file, both on the calling thread.
  ///
  /// - Parameters:
  ///   - paths: where there are none, all that were ever added.
  ///   - settings: how files below the paths are read from now on; what they leave open stays as it
  ///     was for each path.
  ///   - chunkings: the ways in which documents are cut from now on, beside those that the index
  ///     has; one that holds nothing yet has only these. For a new one all that was ever added is
  ///     read again.
  @discardableResult
  public func add(
    _ paths: [String], reading settings: ReadingSettings = ReadingSettings(),
    by chunkings: [Chunking] = [],
    progress: (IndexProgress) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) throws -> IndexReport {
    do {
      let writer = try IndexWriter(openWriter())
      let own = ["", "-wal", "-shm"].compactMap { RootPath.resolved(path + $0) }
      return try IndexingRun.add(
        paths, reading: settings, by: chunkings, except: Set(own), to: writer, progress,
        isCancelled)
    } catch {
      throw IndexError(error, index: path)
    }
  }

  /// Drops every document that is not below a folder.
  public func drop(allBut folder: String) throws {
    do {
      let root = RootPath.resolved(folder) ?? folder
      let writer = try IndexWriter(openWriter())
      let others = try writer.files(below: ["/"]).keys.filter { !$0.hasPrefix(root + "/") }
      try writer.remove(others.sorted())
      try writer.forget(allBut: root)
    } catch {
      throw IndexError(error, index: path)
    }
  }
}
