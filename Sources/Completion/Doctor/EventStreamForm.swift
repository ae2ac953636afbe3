// How an event stream is written, as far as EventStreamParser makes the same of it either way: line
// ends, comments, spaces, where reads end. It makes nothing of the events.

import Core

/// Looks at the lines of one event stream, whose bytes may be split anywhere.
struct EventStreamForm {
  /// The start of the line that has no end yet, for its name or as an example.
  private var lineStart: [UInt8] = []
  private var lineIsEmpty = true
  private var isOnFirstLine = true
  /// The last byte was a CR: an LF would belong to the same line end.
  private var isAfterCarriageReturn = false
  /// Whether the event that has no blank line yet has a field.
  private var hasFields = false
  /// Whether another read than that in which it began belongs to it.
  private var isSplit = false

  private static let longestStart = 80

  mutating func take(_ bytes: [UInt8], _ sightings: inout Sightings) {
    guard !bytes.isEmpty else { return }
    if isAfterCarriageReturn, bytes.first == lineFeed { sightings.note(.splitLineEnd) }
    if hasFields || !lineIsEmpty { isSplit = true }
    for byte in bytes {
      if isAfterCarriageReturn {
        isAfterCarriageReturn = false
        sightings.note(byte == lineFeed ? .lineEndsInCRLF : .lineEndsInCR)
        if byte == lineFeed { continue }
      }
      switch byte {
      case lineFeed: endLine(&sightings)
      case carriageReturn:
        endLine(&sightings)
        isAfterCarriageReturn = true
      default:
        lineIsEmpty = false
        if lineStart.count < Self.longestStart { lineStart.append(byte) }
      }
    }
  }

  /// The stream has ended.
  mutating func end(_ sightings: inout Sightings) {
    if isAfterCarriageReturn { sightings.note(.lineEndsInCR) }
    if !lineIsEmpty { endLine(&sightings) }
    if hasFields, isSplit { sightings.note(.splitEvent) }
  }

  private mutating func endLine(_ sightings: inout Sightings) {
    defer {
      lineStart.removeAll(keepingCapacity: true)
      lineIsEmpty = true
      isOnFirstLine = false
    }
    if lineIsEmpty {
      if hasFields, isSplit { sightings.note(.splitEvent) }
      hasFields = false
      isSplit = false
      return
    }
    var line = lineStart[...]
    if isOnFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    look(at: line, &sightings)
  }

  private mutating func look(at line: ArraySlice<UInt8>, _ sightings: inout Sightings) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.indices.last.map({ $0 + 1 })
    else { return }
    let value = line[colon...].dropFirst()
    if colon == line.startIndex {
      return sightings.note(.comment, String(decoding: value, as: UTF8.self))
    }
    let name = String(decoding: line[..<colon], as: UTF8.self)
    switch name {
    case "data":
      hasFields = true
      if let first = value.first, first != UInt8(ascii: " ") {
        sightings.note(.noSpaceAfterColon)
      }
    case "event", "id", "retry": hasFields = true
    case _ where name.utf8.allSatisfy(Self.isOfNames):
      sightings.note(.unknownStreamFields, name)
    default: sightings.note(.strayLine, String(decoding: line, as: UTF8.self))
    }
  }

  private static func isOfNames(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}

private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
