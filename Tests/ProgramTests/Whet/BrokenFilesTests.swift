import Foundation
import GRDB
import Playground
import Testing

// Files that are broken, not to be read or of a later version: each is told in one sentence, and
// left as it is.

@Suite struct BrokenFilesTests {
  private let home: WhetHome

  init() throws {
    home = try WhetHome()
    try home.write("Hello?", to: "a.prompt")
    try home.write("screen\n", to: "script")
  }

  /// Runs a command that must fail with one sentence, and leave a file as it is.
  private func expectRefusal(
    _ words: [String], leaving file: String, sentence: String, status: CInt = 1,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = FileManager.default.contents(atPath: home.path(file))
    let result = try home.command(words).finish()
    #expect(result.status == status, sourceLocation: sourceLocation)
    #expect(result.output == "", sourceLocation: sourceLocation)
    let start = "whet: " + sentence.replacing("HOME", with: home.directory.path)
    #expect(result.errors.hasPrefix(start), sourceLocation: sourceLocation)
    #expect(result.errors.split(separator: "\n").count == 1, sourceLocation: sourceLocation)
    let after = FileManager.default.contents(atPath: home.path(file))
    #expect(after == before, sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    ("providers:\n  - name: [\n", ":3: not YAML: "),
    ("models: [nothing]\n", ":1: a model is written 'provider/model'"),
    ("theme: dark\nfuture: 1\n", ":2: unknown key 'future'"),
    ("providers:\n- name: a\n  base_url: http://a/v1\n  api_key: secret\n", ":4: a key must not"),
    ("retrieval:\n  k: 0\n", ":2: 'k' must be a whole number"),
    ("\u{0}", ":"),
  ])
  func `a broken configuration is told with its line`(text: String, sentence: String) throws {
    try home.write(text, to: "config/whet/config.yaml")
    let start = "HOME/config/whet/config.yaml" + sentence
    for words in [
      ["sessions", "list"], ["index", "list"], ["search", "x"], ["models"], ["play", "script"],
    ] {
      try expectRefusal(words, leaving: "config/whet/config.yaml", sentence: start)
    }
    try expectRefusal(
      ["run", "a.prompt"], leaving: "config/whet/config.yaml", sentence: start, status: 2)
    let doctor = try home.run("doctor")
    #expect(doctor.status == 1)
    #expect(
      doctor.output.contains(
        "FIX  configuration  \(start.replacing("HOME", with: home.directory.path))"))
    #expect(doctor.output.contains("\nok   theme          dark\n"), "it goes on")
  }

  @Test(arguments: [
    ("config/whet/config.yaml", "theme: dark\nfuture: 1\n", ":2: unknown key 'future'"),
    ("config/whet/config.yaml", "models: [\n", ":2: not YAML: "),
    ("config/whet/themes/dark.yaml", "text: {fg: \"#12345\"}\n", ":1: "),
    ("config/whet/themes/dark.yaml", "future.role: red\n", ":1: there is no role"),
  ])
  func `the playground opens with a sentence about what is broken`(
    file: String, text: String, sentence: String
  ) throws {
    try home.write(text, to: file)
    let size = Size(width: 250, height: 30)
    for words in [["tour"], ["open", "a.prompt"]] {
      let terminal = try home.start(words, size: size)
      try terminal.wait("what is broken") {
        $0.contains("\(home.path(file))\(sentence)")
      }
      try terminal.press("ctrl-r")
      try terminal.wait("both answers") { $0.text.matches(of: /· stop/).count == 2 }
      try terminal.press("ctrl-q")
      #expect(try terminal.waitForExit() == .exited(0))
    }
    #expect(FileManager.default.contents(atPath: home.path(file)) == Data(text.utf8))
  }

  @Test func `a theme that is not there is told in the playground`() throws {
    try home.write("theme: mine\n", to: "config/whet/config.yaml")
    let terminal = try home.open("tour")
    try terminal.wait(for: "There is no theme 'mine': ")
  }

  @Test func `files that are no text are told`() throws {
    let bytes = Data([0xFF, 0xFE, 0x00])
    try home.write(bytes, to: "b.prompt")
    try expectRefusal(
      ["run", "b.prompt"], leaving: "b.prompt", sentence: "b.prompt is not UTF-8 text.", status: 2)
    try expectRefusal(
      ["open", "b.prompt"], leaving: "b.prompt", sentence: "HOME/b.prompt is not UTF-8 text.")
    try home.write(bytes, to: "config/whet/themes/dark.yaml")
    let theme = "config/whet/themes/dark.yaml"
    try expectRefusal(
      ["play", "script"], leaving: theme, sentence: "HOME/\(theme) is not UTF-8 text.")
    try home.write(bytes, to: "config/whet/config.yaml")
    try expectRefusal(
      ["sessions", "list"], leaving: "config/whet/config.yaml",
      sentence: "HOME/config/whet/config.yaml is not UTF-8 text.")
  }

  @Test func `files that may not be read are told`() throws {
    home.launcher = Self.unprivileged
    func forbid(_ name: String) throws {
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: home.path(name))
    }
    let end = " can't be read: is it a file, and yours?"
    try forbid("a.prompt")
    try expectRefusal(
      ["run", "a.prompt"], leaving: "a.prompt", sentence: "a.prompt" + end, status: 2)
    let theme = "config/whet/themes/dark.yaml"
    try home.write("{}", to: theme)
    try forbid(theme)
    try expectRefusal(["play", "script"], leaving: theme, sentence: "HOME/" + theme + end)
    for name in ["data/whet/sessions.sqlite", "data/whet/indexes/default.sqlite"] {
      try home.write("", to: name)
      try forbid(name)
    }
    try expectRefusal(
      ["sessions", "list"], leaving: "data/whet/sessions.sqlite",
      sentence: "HOME/data/whet/sessions.sqlite can't be opened: permission denied;")
    try expectRefusal(
      ["search", "x"], leaving: "data/whet/indexes/default.sqlite",
      sentence: "can't open the index HOME/data/whet/indexes/default.sqlite: ")
    try forbid("config/whet/config.yaml")
    try expectRefusal(
      ["models"], leaving: "config/whet/config.yaml",
      sentence: "HOME/config/whet/config.yaml" + end)
  }

  /// Root reads and writes whatever it likes, but not without its capabilities.
  static let unprivileged =
    getuid() == 0
    ? ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"] : []

  @Test(arguments: [
    ("palette:\n  red: [\"x\n", ":3: not YAML: "), ("- a\n", ":1: a theme is a list of"),
    ("text: {fg: \"#12345\"}\n", ":1: "), ("future.role: red\n", ":1: there is no role"),
  ])
  func `a broken theme is told with its line`(text: String, sentence: String) throws {
    try home.write("theme: mine\n", to: "config/whet/config.yaml")
    try home.write(text, to: "config/whet/themes/mine.yaml")
    try expectRefusal(
      ["play", "script"], leaving: "config/whet/themes/mine.yaml",
      sentence: "HOME/config/whet/themes/mine.yaml" + sentence)
  }

  @Test(arguments: [
    ("---\nmodel: [\n---\nHi", "b.prompt:3:1: "), ("a\n{{#if x}}\n", "b.prompt:2:1: "),
    ("---\nconfig: {temperature: hot}\n---\nHi", "b.prompt:2: "),
  ])
  func `a broken prompt is told with its line`(text: String, sentence: String) throws {
    try home.write(text, to: "b.prompt")
    try expectRefusal(["run", "b.prompt"], leaving: "b.prompt", sentence: sentence, status: 2)
    // The editor is the place to mend it.
    let terminal = try home.open("open", "b.prompt")
    try terminal.press("ctrl-r")
    try terminal.wait(for: "Nothing was run: ")
  }

  // MARK: Stores and indexes

  @Test func `a store that is none is told and runs go on unkept`() throws {
    try home.write(
      "This is no database, but longer than its header.", to: "data/whet/sessions.sqlite")
    try expectUnusableStore(
      sentence: "HOME/data/whet/sessions.sqlite is not a session store, and was left as it is")
  }

  @Test func `a store of a later version is told and runs go on unkept`() throws {
    #expect(try home.run("run", "a.prompt").status == 0)
    try change(home.store, "INSERT INTO grdb_migrations VALUES ('of a later version')")
    try expectUnusableStore(
      sentence: "HOME/data/whet/sessions.sqlite was written by a later version of whet")
  }

  private func expectUnusableStore(sentence: String) throws {
    let file = "data/whet/sessions.sqlite"
    try expectRefusal(["sessions", "list"], leaving: file, sentence: sentence)
    try home.write("{\"whet\":\"session\",\"version\":1}\n", to: "a.jsonl")
    try expectRefusal(["sessions", "import", "a.jsonl"], leaving: file, sentence: sentence)

    let before = FileManager.default.contents(atPath: home.store)
    let start = sentence.replacing("HOME", with: home.directory.path)
    let run = try home.run("run", "a.prompt", "-M", "builtin/echo")
    #expect(run.status == 0)
    #expect(run.output == "Hello?\n")
    #expect(run.errors.hasPrefix("whet: Nothing is being kept: " + start))

    let terminal = try home.open("tour")
    try terminal.wait(for: "Nothing is being kept: " + home.directory.path)
    try terminal.wait(for: "tour · 62 passages")
    try terminal.press("ctrl-r")
    try terminal.wait("both answers") { $0.text.matches(of: /· stop/).count == 2 }
    try terminal.press("ctrl-q")
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(FileManager.default.contents(atPath: home.store) == before)
  }

  @Test func `an index of a later version is told`() throws {
    #expect(try home.run("index", "add", "a.prompt").status == 0)
    let file = "data/whet/indexes/default.sqlite"
    try change(home.path(file), "INSERT INTO grdb_migrations VALUES ('of a later version')")
    let sentence = "the index HOME/\(file) was made by a later version of whet"
    try expectIndexIsRefused(sentence: sentence, file: file)
  }

  @Test func `an index that is none is told`() throws {
    let file = "data/whet/indexes/default.sqlite"
    try home.write("This is no database, but longer than its header.", to: file)
    try expectIndexIsRefused(sentence: "HOME/\(file) is not an index of whet", file: file)
  }

  private func expectIndexIsRefused(sentence: String, file: String) throws {
    for words in [
      ["search", "x"], ["index", "add", "a.prompt"], ["index", "list"],
      ["index", "remove", "default"],
    ] {
      try expectRefusal(words, leaving: file, sentence: sentence)
    }
    try expectRefusal(
      ["run", "a.prompt", "--index", "default"], leaving: file, sentence: sentence, status: 2)

    try home.write("{{question}}", to: "q.prompt")
    let terminal = try home.open("open", "q.prompt", "--index", "default")
    try terminal.press("tab")
    try terminal.type("anything")
    // The sentence is wrapped in its pane.
    let words = sentence.contains("later") ? "laterversionofwhet" : "notanindexofwhet"
    try terminal.wait("the context pane says why") { screen in
      screen.text.filter { !"│ \n".contains($0) }.contains(words)
    }
  }

  private func change(_ path: String, _ statement: String) throws {
    try DatabaseQueue(path: path).inDatabase { try $0.execute(sql: statement) }
  }
}
