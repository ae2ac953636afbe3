// The patterns of one `.gitignore` (gitignore(5)): comments, negation, folders only, anchored
// patterns, `*`, `?`, `[…]` and `**`. Git's global excludes and the files above the folder that is
// indexed are not looked at. A hostile pattern costs no more than its length times the path's.

struct IgnoreRules {
  private struct Rule {
    /// A glob for each name of the path; `**` for any number of names.
    var globs: [ArraySlice<UInt8>]
    var isNegated = false
    var isForFolders = false
  }

  /// Bytes of the path of the rules' folder, with its slash.
  private let prefixLength: Int
  private let rules: [Rule]

  /// - Parameter folder: the absolute path of the folder that the file stands in.
  init(text: [UInt8], folder: String) {
    prefixLength = folder == "/" ? 1 : folder.utf8.count + 1
    rules = TextLines(text: text).compactMap { Self.rule(text[$0.bytes]) }
  }

  /// Whether the last rule that fits a path leaves it out; nil when none fits.
  ///
  /// - Parameter path: absolute, below the rules' folder.
  func ignores(_ path: String, isFolder: Bool) -> Bool? {
    let names = Array(path.utf8.dropFirst(prefixLength)).split(separator: UInt8(ascii: "/"))
    let rule = rules.last {
      (isFolder || !$0.isForFolders) && Self.fits(names, globs: $0.globs)
    }
    return rule.map { !$0.isNegated }
  }

  private static let anyDepth = ArraySlice("**".utf8)

  private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
    var pattern = line
    while let last = pattern.last, last.isWhiteSpace,
      pattern.dropLast().last != UInt8(ascii: "\\")
    {
      pattern.removeLast()
    }
    guard let first = pattern.first, first != UInt8(ascii: "#") else { return nil }
    var rule = Rule(globs: [])
    if first == UInt8(ascii: "!") {
      rule.isNegated = true
      pattern.removeFirst()
    }
    if pattern.last == UInt8(ascii: "/") {
      rule.isForFolders = true
      pattern.removeLast()
    }
    rule.globs = pattern.split(separator: UInt8(ascii: "/"))
    // A pattern without a slash is for names at any depth; `folder/**` is for what is in it.
    if !pattern.contains(UInt8(ascii: "/")) { rule.globs.insert(anyDepth, at: 0) }
    if rule.globs.last == anyDepth { rule.globs.append(ArraySlice("*".utf8)) }
    return pattern.isEmpty ? nil : rule
  }

  /// Whether the globs fit all names. It is enough to go back to the last `**`: what an earlier one
  /// could take, that one can.
  private static func fits(_ names: [ArraySlice<UInt8>], globs: [ArraySlice<UInt8>]) -> Bool {
    var glob = 0
    var name = 0
    var retry: (glob: Int, name: Int)?
    while name < names.count {
      if glob < globs.count, globs[glob] == anyDepth {
        glob += 1
        retry = (glob, name)
      } else if glob < globs.count, fits(names[name], glob: globs[glob]) {
        glob += 1
        name += 1
      } else if let last = retry {
        (glob, name) = (last.glob, last.name + 1)
        retry = (glob, name)
      } else {
        return false
      }
    }
    return glob == globs.count
  }

  /// Whether a glob fits all of a name; the same with `*` and bytes.
  private static func fits(_ name: ArraySlice<UInt8>, glob: ArraySlice<UInt8>) -> Bool {
    var glob = glob
    var name = name
    var retry: (glob: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while let byte = name.first {
      if glob.first == UInt8(ascii: "*") {
        glob.removeFirst()
        retry = (glob, name)
      } else if let rest = rest(of: glob, after: byte) {
        glob = rest
        name.removeFirst()
      } else if let last = retry {
        (glob, name) = (last.glob, last.name.dropFirst())
        retry = (glob, name)
      } else {
        return false
      }
    }
    return glob.allSatisfy { $0 == UInt8(ascii: "*") }
  }

  /// What is left of a glob whose first element fits a byte; nil when it doesn't.
  private static func rest(of glob: ArraySlice<UInt8>, after byte: UInt8) -> ArraySlice<UInt8>? {
    switch glob.first {
    case UInt8(ascii: "?"): return glob.dropFirst()
    case UInt8(ascii: "["):
      guard let end = glob.dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else { break }
      return contains(byte, set: glob[(glob.startIndex + 1)..<end]) ? glob[(end + 1)...] : nil
    case UInt8(ascii: "\\") where glob.count > 1:
      return glob.dropFirst().first == byte ? glob.dropFirst(2) : nil
    default: break
    }
    return glob.first == byte ? glob.dropFirst() : nil
  }

  /// Whether a byte is in a set as between brackets: `a-z`, `!a`.
  private static func contains(_ byte: UInt8, set: ArraySlice<UInt8>) -> Bool {
    var set = set
    let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
    if isNegated { set.removeFirst() }
    while let low = set.popFirst() {
      var high = low
      if set.count > 1, set.first == UInt8(ascii: "-") {
        high = set[set.startIndex + 1]
        set = set.dropFirst(2)
      }
      if low <= byte, byte <= high { return !isNegated }
    }
    return isNegated
  }
}
