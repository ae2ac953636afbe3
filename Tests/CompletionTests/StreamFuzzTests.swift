import Core
import RandomSource
import Testing

@testable import Completion

@Suite("Streams with mistakes in them")
struct StreamFuzzTests {
  private static let pieces = [
    "data:", "data: ", "\n", "\r", "\r\n", "\n\n", "[DONE]", "{", "}", "[", "]", "\"", "\\u", "\\",
    ":", ",", "null", "{\"error\":", "\"delta\":", "\"choices\":[", "event: error\n", "-1",
    "999999999999999999999", "1e999", "\u{0}", "\u{FEFF}", "👩‍💻",
  ].map { Array($0.utf8) }

  private func mutate(_ body: [UInt8], with random: inout SeededRandom) -> [UInt8] {
    var body = body
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let position = Int.random(in: 0...body.count, using: &random)
      let end = min(body.count, position + Int.random(in: 0...40, using: &random))
      switch Int.random(in: 0..<5, using: &random) {
      case 0: body.removeSubrange(position..<end)
      case 1: body.insert(contentsOf: body[position..<end], at: position)
      case 2: body.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: position)
      case 3: body.insert(UInt8.random(in: .min ... .max, using: &random), at: position)
      default:
        if position < body.count {
          body[position] ^= UInt8.random(in: .min ... .max, using: &random)
        }
      }
    }
    return body
  }

  private func cut(_ body: [UInt8], with random: inout SeededRandom) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = body[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...60, using: &random))
      pieces.append(Array(piece))
      rest = rest.dropFirst(piece.count)
    }
    return pieces
  }

  @Test func `20,000 mutated streams end, and alike however they are cut`() {
    var random = SeededRandom(seed: 20_260_101)
    for round in 0..<20_000 {
      let body = mutate(fixtures[round % fixtures.count].body, with: &random)
      let whole = Outcome(bodies: [body])
      let inPieces = Outcome(bodies: cut(body, with: &random))
      #expect(whole.finishReason != nil, "round \(round)")
      if whole != inPieces { Issue.record("round \(round): \(whole) != \(inPieces)") }
    }
  }
}
