// Servers that send all of the text again with each piece.

/// Tells pieces that repeat all the text before from those that go on with it.
struct RepeatingPieces {
  private var count = 0
  private var first: [UInt8] = []
  private var last: [UInt8] = []
  private var goesOn = false

  mutating func take(_ piece: String, _ sightings: inout Sightings) {
    guard !piece.isEmpty, !goesOn else { return }
    let bytes = Array(piece.utf8)
    if count > 0 {
      guard bytes.count > last.count, bytes.starts(with: last) else {
        goesOn = true
        last = []
        return
      }
    } else {
      first = bytes
    }
    count += 1
    last = bytes
    // Models write "ha", "haha"; a text that grows twice does not.
    if count > 2 { sightings.note(.repeatedText, count: count == 3 ? 2 : 1) }
  }

  func end(_ sightings: inout Sightings) {
    if count == 2, !goesOn, first.count >= 4 { sightings.note(.repeatedText) }
  }
}
