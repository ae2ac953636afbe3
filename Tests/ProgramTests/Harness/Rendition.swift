// How a letter looks, as the SGR sequences left it (ECMA-48, 8.3.117).

struct Rendition: Hashable {
  /// The colour's own part of the sequence, such as `31`, `38;5;208` or `38;2;255;135;0`; nil is the
  /// terminal's default.
  var foreground: String?
  var backgroundColor: String?
  /// The numbers of the attributes that are on: 1 bold, 2 dim, 3 italic, 4 underline, 7 reverse.
  var attributes: Set<Int> = []

  /// What erased cells keep of it.
  var background: Rendition { Rendition(backgroundColor: backgroundColor) }

  mutating func apply(_ groups: [[Int]]) {
    var index = 0
    while index < groups.count {
      let group = groups[index]
      index += 1
      switch group[0] {
      case 0: self = Rendition()
      case 1...9: attributes.insert(group[0])
      case 22: attributes.subtract([1, 2])
      case 23...29: attributes.remove(group[0] - 20)
      case 38, 48:
        // With colons all is in one group, with an empty colour space; with semicolons in several.
        var color = group.count > 1 ? group : []
        if color.count == 6 { color.remove(at: 2) }
        if color.isEmpty {
          let count = groups.dropFirst(index).first?.first == 5 ? 2 : 4
          color = [group[0]] + groups.dropFirst(index).prefix(count).map { $0[0] }
          index += count
        }
        set(color.map(String.init).joined(separator: ";"), isForeground: group[0] == 38)
      case 30...37, 90...97: set("\(group[0])", isForeground: true)
      case 40...47, 100...107: set("\(group[0])", isForeground: false)
      case 39: foreground = nil
      case 49: backgroundColor = nil
      default: break
      }
    }
  }

  private mutating func set(_ color: String, isForeground: Bool) {
    if isForeground { foreground = color } else { backgroundColor = color }
  }
}
