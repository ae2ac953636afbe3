import Core

// A theme as it is written: YAML with a palette of names, styles by role, and perhaps another
// theme that it inherits from.

/// What is wrong with a theme file, in one sentence.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// What one theme file says, before anything is inherited.
public struct ThemeFile {
  /// The name of the theme that fills in what this one leaves out; nil for none.
  public private(set) var inherits: String?
  /// `background: light`; nil leaves it to what is inherited.
  private var isLight: Bool?
  private var palette: [String: Color] = [:]
  private var styles: [(role: String, entry: YAML.Entry)] = []
  private let path: String

  /// Reads a theme file's text.
  ///
  /// Throws `ThemeError` with the file, the line and what was expected there.
  public init(parsing text: String, path: String) throws(ThemeError) {
    self.path = path
    let root: YAML
    do {
      root = try YAML(parsing: text)
    } catch {
      throw ThemeError(description: "\(path):\(error.line): not YAML: \(error.problem)")
    }
    guard let entries = root.map else {
      throw fail(root, "a theme is a list of `role: style` lines")
    }
    for entry in entries {
      switch entry.key {
      case "inherits": inherits = entry.value.scalar?.string
      case "background": isLight = try readBackground(entry.value)
      case "palette": try readPalette(entry.value)
      case let role: styles.append((role, entry))
      }
    }
  }

  private func fail(_ value: YAML, _ problem: String) -> ThemeError {
    fail(line: value.line, problem)
  }

  private func fail(line: Int, _ problem: String) -> ThemeError {
    ThemeError(description: "\(path):\(line): \(problem)")
  }

  private func readBackground(_ value: YAML) throws(ThemeError) -> Bool {
    switch value.scalar?.string {
    case "light": return true
    case "dark": return false
    default: throw fail(value, "a background is light or dark")
    }
  }

  private mutating func readPalette(_ value: YAML) throws(ThemeError) {
    guard let entries = value.map else {
      throw fail(value, "a palette is a list of `name: \"#rrggbb\"` lines")
    }
    for entry in entries { palette[entry.key] = try color(entry.value) }
  }

  /// The theme of a chain of files: the first is the theme, each next is what it inherits from.
  static func theme(named name: String, chain: [ThemeFile]) throws(ThemeError) -> Theme {
    var palette: [String: Color] = [:]
    for file in chain.reversed() { palette.merge(file.palette) { $1 } }
    var named: [String: Style] = [:]
    let known = Set(StyleRole.allCases.map(\.rawValue))
    for var file in chain.reversed() {
      // What is inherited is painted with this theme's palette.
      file.palette = palette
      for (role, entry) in file.styles {
        guard known.contains(role) else {
          throw file.fail(
            line: entry.line,
            "there is no role '\(role)'; there are \(known.sorted().joined(separator: ", "))")
        }
        named[role] = try file.style(entry.value)
      }
    }
    var resolved: [StyleRole: Style] = [:]
    for role in StyleRole.allCases {
      var ancestor = Substring(role.rawValue)
      while named[String(ancestor)] == nil, let dot = ancestor.lastIndex(of: ".") {
        ancestor = ancestor[..<dot]
      }
      resolved[role] = named[String(ancestor)] ?? named["text"] ?? .plain
    }
    let isLight = chain.lazy.compactMap(\.isLight).first ?? false
    return Theme(name: name, isLight: isLight, styles: resolved)
  }

  // MARK: Values

  private func style(_ value: YAML) throws(ThemeError) -> Style {
    guard let entries = value.map else { return Style(foreground: try color(value)) }
    var style = Style()
    for entry in entries {
      switch entry.key {
      case "fg": style.foreground = try color(entry.value)
      case "bg": style.background = try color(entry.value)
      default:
        guard let attribute = Self.attributes[entry.key] else {
          throw fail(
            line: entry.line,
            "'\(entry.key)' is not fg, bg, bold, dim, italic, underline or reverse")
        }
        if entry.value.scalar?.bool == true { style.attributes.insert(attribute) }
      }
    }
    return style
  }

  private static let attributes: [String: Style.Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]

  private func color(_ value: YAML) throws(ThemeError) -> Color {
    guard let name = value.scalar?.string else { throw fail(value, "a colour was expected") }
    if let color = palette[name] ?? Self.terminalColors[name] { return color }
    if name.hasPrefix("#"), name.utf8.count == 7, let rgb = UInt32(name.dropFirst(), radix: 16) {
      return .rgb(UInt8(rgb >> 16 & 0xFF), UInt8(rgb >> 8 & 0xFF), UInt8(rgb & 0xFF))
    }
    throw fail(
      value, "'\(name)' is no colour: write \"#rrggbb\", a name of the palette or of the terminal")
  }

  private static let terminalColors: [String: Color] = {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    var colors: [String: Color] = ["default": .terminalDefault]
    for (index, name) in names.enumerated() {
      colors[name] = .ansi(UInt8(index))
      colors["bright-\(name)"] = .ansi(UInt8(index + 8))
    }
    return colors
  }()
}

extension Theme {
  /// The theme of a name, with all that it inherits.
  ///
  /// - Parameter read: the text and the path of a theme by its name; throws when there is none.
  public static func load(
    _ name: String, read: (String) throws -> (text: String, path: String)
  ) throws -> Theme {
    var chain: [ThemeFile] = []
    var names: [String] = []
    var next: String? = name
    while let current = next {
      guard !names.contains(current) else {
        throw ThemeError(description: "theme '\(name)' inherits from itself")
      }
      names.append(current)
      let (text, path) = try read(current)
      let file = try ThemeFile(parsing: text, path: path)
      chain.append(file)
      next = file.inherits
    }
    return try ThemeFile.theme(named: name, chain: chain)
  }
}
