// Finds the files below a path, without opening any but `.gitignore`. Hidden files and folders,
// `node_modules`, databases in use and what a `.gitignore` names are left out. No symbolic link is followed: what one
// points to inside of the folder is found where it stands, and the outside is not ours to read.

import Glibc

struct FileWalk {
  struct File: Equatable {
    /// Absolute, with no symbolic link in it: the file's identity.
    var path: String
    /// As it is shown: from the name of the folder that was given.
    var source: String
    var stamp: FileStamp
  }

  private struct Folder {
    var path: String
    var source: String
    /// The innermost last.
    var rules: [IgnoreRules]
  }

  private(set) var files: [File] = []
  private(set) var skipped: [SkippedFile] = []
  /// What could not be looked at: it, and what is below it, is not known to be gone.
  private(set) var unseen: [String] = []
  private var paths: Set<String> = []

  /// Adds what is below a path, in a fixed order. It must be free of symbolic links.
  ///
  /// - Parameter visit: called for every folder with the files found so far; false stops the walk.
  mutating func add(_ root: String, _ visit: (Int) -> Bool) {
    var status = stat()
    guard lstat(root, &status) == 0 else { return }
    let name = root.split(separator: "/").last.map(String.init) ?? ""
    guard status.st_mode & S_IFMT == S_IFDIR else {
      addFile(root, name, status)
      return
    }
    var folders = [Folder(path: root, source: name, rules: [])]
    while let folder = folders.popLast(), visit(files.count) {
      folders += list(folder).reversed()
    }
  }

  private mutating func addFile(_ path: String, _ source: String, _ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG, paths.insert(path).inserted else { return }
    files.append(File(path: path, source: source, stamp: FileStamp(status)))
  }

  private mutating func leaveOut(_ path: String) {
    unseen.append(path)
    skipped.append(SkippedFile(path: path, reason: .notReadable))
  }

  /// Takes the files of a folder; gives the folders in it.
  private mutating func list(_ folder: Folder) -> [Folder] {
    guard let names = names(in: folder.path) else {
      leaveOut(folder.path)
      return []
    }
    var folders: [Folder] = []
    var rules = folder.rules
    let ignoreFile = Self.join(folder.path, ".gitignore")
    if names.contains(".gitignore"), let text = try? SourceFile(path: ignoreFile).plainText() {
      rules.append(IgnoreRules(text: text, folder: folder.path))
    }
    let databases = Self.openDatabases(names)
    for name in names
    where !name.hasPrefix(".") && name != "node_modules" && !databases.contains(name) {
      let path = Self.join(folder.path, name)
      let source = Self.join(folder.source, name)
      var status = stat()
      guard lstat(path, &status) == 0 else {
        if errno != ENOENT { leaveOut(path) }
        continue
      }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      let verdict = rules.reversed().lazy.compactMap { $0.ignores(path, isFolder: isFolder) }.first
      if verdict == true { continue }
      if isFolder {
        folders.append(Folder(path: path, source: source, rules: rules))
      } else {
        addFile(path, source, status)
      }
    }
    return folders
  }

  /// The files of SQLite databases that are in use: closing one that this process has open would
  /// drop its locks (fcntl(2)), and with them what protects the data.
  private static func openDatabases(_ names: [String]) -> Set<String> {
    var files: Set<String> = []
    for name in names where name.hasSuffix("-wal") || name.hasSuffix("-journal") {
      let database = name[..<(name.lastIndex(of: "-") ?? name.endIndex)]
      files.formUnion([String(database), name, database + "-shm"])
    }
    return files
  }

  /// The names in a folder, sorted; nil when it can't be listed. A name that isn't UTF-8 is left
  /// out with a word: no path that we could store would lead back to it.
  private mutating func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { bytes in
          if let name = String(validatingCString: bytes) {
            names.append(name)
          } else {
            skipped.append(
              SkippedFile(path: Self.join(folder, String(cString: bytes)), reason: .nameNotUTF8))
          }
        }
      }
    }
    return names.sorted()
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty || folder == "/" ? folder + name : folder + "/" + name
  }
}
