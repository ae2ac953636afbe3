import Testing

@testable import Screen

@Suite("Themes")
struct ThemeTests {
  @Test(
    "The themes that ship load, and every role looks like something",
    arguments: ["dark", "light", "sixteen"])
  func shipped(name: String) throws {
    let theme = try Theme.shipped(name)
    #expect(theme.name == name)
    for role in [
      StyleRole.mutedText, .focusedBorder, .focusedTitle, .status, .error, .passageMatch,
      .selectedItem, .selection, .promptVariable, .hintKey,
    ] {
      #expect(theme.style(role) != .plain, "\(role) is plain in \(name)")
    }
    #expect(theme.style(.error) != theme.style(.success))
    #expect(theme.style(.focusedBorder) != theme.style(.border))
  }

  @Test("The light theme has the roles of the dark one in its own colours")
  func inherited() throws {
    let (dark, light) = (try Theme.shipped("dark"), try Theme.shipped("light"))
    #expect(light.style(.error).foreground == .rgb(0xB3, 0x25, 0x1C))
    #expect(dark.style(.error).foreground == .rgb(0xEE, 0x8A, 0x80))
    #expect(light.style(.hintKey).attributes == dark.style(.hintKey).attributes)
  }

  @Test("The theme of sixteen colours uses no others")
  func sixteen() throws {
    let theme = try Theme.shipped("sixteen")
    for role in StyleRole.allCases {
      for color in [theme.style(role).foreground, theme.style(role).background] {
        if case .rgb = color.kind { Issue.record("\(role) is no terminal colour") }
      }
    }
  }

  @Test("A role that is left out looks like the one before its last dot")
  func fallback() throws {
    let theme = try load(["a": "text: red\nborder: {bold: true}\n"])
    #expect(theme.style(.mutedText).foreground == .ansi(1))
    #expect(theme.style(.focusedBorder).attributes == .bold)
    #expect(theme.style(.hintKey) == theme.style(.text))
  }

  @Test(
    "What is wrong with a theme is told with its file and line",
    arguments: [
      ("text: red\nborders: blue", "a.yaml:2: there is no role 'borders'"),
      ("text: red\ntitle: mauve", "a.yaml:2: 'mauve' is no colour"),
      ("text: red\ntitle: {colour: red}", "a.yaml:2: 'colour' is not fg, bg"),
      ("palette:\n  x: \"#12345\"", "a.yaml:2: '#12345' is no colour"),
      ("palette: 3", "a.yaml:1: a palette is a list"),
      ("- text", "a.yaml:1: a theme is a list of `role: style` lines"),
      ("text: [", "a.yaml:"),
      ("inherits: a", "theme 'a' inherits from itself"),
      ("inherits: missing", "no such theme"),
    ])
  func errors(text: String, message: String) {
    do {
      _ = try load(["a": text])
      Issue.record("no error")
    } catch {
      #expect("\(error)".hasPrefix(message), "\(error)")
    }
  }

  private struct NoSuchTheme: Error, CustomStringConvertible {
    var description: String { "no such theme" }
  }

  private func load(_ files: [String: String]) throws -> Theme {
    try Theme.load("a") { name in
      guard let text = files[name] else { throw NoSuchTheme() }
      return (text, "\(name).yaml")
    }
  }
}
