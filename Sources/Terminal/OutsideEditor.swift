import CTerminal
import Glibc
import Playground

// The person's own editor at work on a text: it writes the text to a file, starts the editor, and
// reads the file when that has ended; or the editor shows a file, which stays as it leaves it. Who has the terminal meanwhile is not its business.

/// An editor that was started on a temporary file of its own, or on a file of the person's.
struct OutsideEditor {
  /// Can be read once the editor has ended.
  let descriptor: CInt
  private let process: pid_t
  private let command: EditorCommand
  /// Nil for a file that isn't ours.
  private let file: TemporaryText?
  /// What the person is to have changed; nil where that doesn't matter.
  private let original: String?

  /// Why no editor runs.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  init(starting edit: OutsideEdit) throws(Failure) {
    let file = try TemporaryText(edit.text, name: "text.prompt", permissions: 0o600)
    try self.init(on: file.path, line: edit.line, temporary: file, original: edit.text)
  }

  /// Shows a file, or a text that can't be changed.
  init(showing view: OutsideView) throws(Failure) {
    switch view {
    case .file(let path, let line):
      try self.init(on: path, line: line, temporary: nil, original: nil)
    case .text(let text, let name, let line):
      let file = try TemporaryText(text, name: name, permissions: 0o400)
      try self.init(on: file.path, line: line, temporary: file, original: nil)
    }
  }

  private init(
    on path: String, line: Int, temporary file: TemporaryText?, original: String?
  ) throws(Failure) {
    self.file = file
    self.original = original
    guard let command = EditorCommand.chosen() else {
      file?.remove()
      throw Failure(description: "There is no editor: set VISUAL or EDITOR to one.")
    }
    self.command = command
    process = Self.spawn(command.arguments(file: path, line: line))
    descriptor = process > 0 ? open_process(process) : -1
    guard descriptor >= 0 else {
      let reason = Terminal.lastError
      if process > 0 { Glibc.kill(process, SIGKILL) }
      file?.remove()
      throw Failure(description: "The editor can't be started: \(reason).")
    }
  }

  /// The process; -1 with errno.
  private static func spawn(_ arguments: [String]) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this program lets pass while the editor runs is the editor's to deal with.
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var strings = arguments.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var process: pid_t = -1
    let error = posix_spawn(&process, "/bin/sh", nil, &attributes, &strings, environ)
    errno = error
    return error == 0 ? process : -1
  }

  /// Asks the editor to end, since the terminal is going away.
  func end() { Glibc.kill(process, SIGHUP) }

  func kill() { Glibc.kill(process, SIGKILL) }

  /// How it went, once the editor has ended; then the file is gone. nil while it runs.
  ///
  /// - Parameter wasInterrupted: whether it ended because the terminal went away: then what it has
  ///   saved counts, whatever its status.
  func result(wasInterrupted: Bool) -> OutsideResult? {
    var status: CInt = 0
    guard has_ended(process, &status) != 0 else { return nil }
    close(descriptor)
    defer { file?.remove() }
    switch status {
    case _ where status == 0 || wasInterrupted:
      // What was only looked at brings nothing back.
      guard let file, let original else { return .edited("") }
      return file.read(original: original)
    case 127:
      return .failed("'\(command.name)' can't be run: set VISUAL or EDITOR to an editor.")
    case ..<0:
      return .failed("'\(command.name)' was killed by signal \(-status)\(consequence)")
    default:
      return .failed("'\(command.name)' ended with status \(status)\(consequence)")
    }
  }
}

extension OutsideEditor {
  /// What it means for the text that it wasn't left in good order.
  private var consequence: String { original == nil ? "." : ": the text is as it was." }
}

/// The command line of an editor.
struct EditorCommand: Hashable {
  /// As the person wrote it: words for the shell.
  let words: String

  /// That of `$VISUAL` or `$EDITOR`, else one that is mostly there; nil for none.
  static func chosen() -> EditorCommand? {
    for name in ["VISUAL", "EDITOR"] {
      if let words = Terminal.variable(name), words.contains(where: { !$0.isWhitespace }) {
        return EditorCommand(words: words)
      }
    }
    let folders = (Terminal.variable("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    return ["sensible-editor", "vi", "nano"]
      .first { name in folders.contains { access("\($0)/\(name)", X_OK) == 0 } }
      .map(EditorCommand.init)
  }

  /// The program's name, without its folder and its options.
  var name: String {
    let word = words.split(separator: " ").first ?? ""
    return word.split(separator: "/").last.map(String.init) ?? words
  }

  /// What the shell is started with, so that it starts the editor at a line where that is known to
  /// take one.
  func arguments(file: String, line: Int) -> [String] {
    let operands: [String] =
      switch name {
      case "vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "joe",
        "micro", "kak", "sensible-editor":
        ["+\(line)", file]
      case "hx", "helix", "subl", "zed": ["\(file):\(line)"]
      case "code", "codium": ["-g", "\(file):\(line)"]
      default: [file]
      }
    // In place of the shell, which would end at a ^C that the editor takes; env lets the words begin
    // with assignments.
    return ["sh", "-c", "exec env \(words) \"$@\"", name] + operands
  }
}

/// A text in a file that only its owner can read, in a folder of its own: whatever an editor puts
/// beside it goes with it.
private struct TemporaryText {
  let folder: String
  let path: String

  /// - Parameter name: the file's; a slash in it would lead elsewhere, and is none.
  init(_ text: String, name: String, permissions: mode_t) throws(OutsideEditor.Failure) {
    let place = Terminal.variable("TMPDIR") ?? "/tmp"
    var template = Array("\(place)/whet-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw OutsideEditor.Failure(
        description: "No temporary file can be made in \(place): \(Terminal.lastError).")
    }
    folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    path = "\(folder)/\(name.replacing("/", with: "_"))"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
    var rest = Array(text.utf8)[...]
    while descriptor >= 0, !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest.removeFirst(count)
    }
    let reason = Terminal.lastError
    guard descriptor >= 0, close(descriptor) == 0, rest.isEmpty else {
      remove()
      throw OutsideEditor.Failure(description: "\(folder) can't be written to: \(reason).")
    }
  }

  func read(original: String) -> OutsideResult {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .failed("The editor took its file away: the text is as it was.")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .failed("The editor's file: \(Terminal.lastError).") }
      guard count > 0 else { break }
      bytes += piece.prefix(count)
    }
    guard var text = String(validating: bytes, as: UTF8.self) else {
      return .failed("The editor left a text that is not UTF-8: the text is as it was.")
    }
    // Editors end a file with a line end, whether or not the text had one.
    if text.last?.isNewline == true, original.last?.isNewline != true { text.removeLast() }
    return .edited(text)
  }

  func remove() {
    if let entries = opendir(folder) {
      while let entry = readdir(entries) {
        let name = withUnsafePointer(to: entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { unlink("\(folder)/\(name)") }
      }
      closedir(entries)
    }
    rmdir(folder)
  }
}
