import Core
import Playground

// Where a playback is: at the left of the bottom line, before its keys.

extension Renderer {
  /// Draws how far runs were played again; gives the cell after it.
  func draw(_ playback: Playback, in area: Rectangle, on grid: inout Grid) -> Int {
    let position = playback.position
    let sign = playback.pace.isPaused ? "⏸" : position.isAtEnd ? "■" : "▶"
    var x = area.x + 1
    func put(_ text: String, _ role: StyleRole) {
      x += grid.put(text, x: x, y: area.y, style: theme.style(role), limit: area.right)
    }
    put("\(sign) \(Self.clock(min(position.time, playback.length))) ", .accent)
    let width = max(6, min(24, area.width / 6))
    let played = Int((Double(width) * playback.playedShare).rounded(.down))
    put(String(repeating: "━", count: played), .accent)
    put(String(repeating: "─", count: width - played), .mutedText)
    put(" \(Self.clock(playback.length))", .mutedText)
    if playback.pace.speed != 1 { put(" ×\(Self.times(playback.pace.speed))", .accent) }
    if position.lines > 0 || playback.pace.isPaused { put(" event \(position.events)", .mutedText) }
    if playback.moments.count > 1 {
      put(" moment \(playback.place + 1) of \(playback.moments.count)", .mutedText)
    }
    return x + 1
  }

  /// Minutes, seconds and tenths.
  private static func clock(_ milliseconds: Double) -> String {
    let tenths = Int(max(0, min(milliseconds, 1e10)) / 100)
    let (minutes, rest) = (tenths / 600, tenths % 600)
    return "\(minutes):\(rest < 100 ? "0" : "")\(rest / 10).\(rest % 10)"
  }

  private static func times(_ speed: Double) -> String {
    speed == speed.rounded() ? "\(Int(speed))" : "\(speed)"
  }
}
