import Core
import RandomSource
import Testing

@testable import Playground

@Suite("Raw bytes as rows")
struct RawBytesTests {
  private func rows(_ text: String, width: Int = 40) -> [String] {
    rows(Array(text.utf8), width: width)
  }

  private func rows(_ bytes: [UInt8], width: Int = 40) -> [String] {
    RawBytes.rows(of: bytes, width: width).map { row in
      RawBytes.pieces(of: row, in: bytes).map(\.text).joined()
    }
  }

  @Test("An event of a stream stands on one row with the blank line that ends it")
  func lineEnds() {
    #expect(rows("data: 1\n\ndata: 2\r\n\r\n") == ["data: 1↵↵", "data: 2␍↵␍↵"])
    #expect(rows("a\rb\r") == ["a␍", "b␍"])
    #expect(rows("\n\nx") == ["↵↵", "x"])
    #expect(rows("no end") == ["no end"])
    #expect(rows("") == [""])
  }

  @Test("A line that is too wide goes on in the next row, wide characters whole")
  func wideLines() {
    #expect(rows("abcdefg", width: 4) == ["abcd", "efg"])
    #expect(rows("a検索b", width: 4) == ["a検", "索b"])
    #expect(rows("abcd\nx", width: 4) == ["abcd", "↵", "x"])
  }

  @Test("A character that is split between two pieces shows as the numbers of its bytes")
  func splitCharacters() {
    let bytes = Array("é検".utf8)
    #expect(rows(Array(bytes.prefix(4))) == ["é\\xE6\\xA4"])
    #expect(rows(Array(bytes.dropFirst(4))) == ["\\x9C"])
  }

  @Test("What is no UTF-8 at all is shown byte by byte")
  func invalidBytes() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x62]
    #expect(rows(bytes) == ["a\\xFF\\xC0\\x80\\xED\\xA0\\x80b"])
    let kinds = RawBytes.pieces(of: 0..<8, in: bytes).map(\.kind)
    #expect(kinds == [.body, .invalid, .body])
  }

  @Test("Rows of random bytes hold each byte once, and are no wider than asked", arguments: 0..<8)
  func randomBytes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      let width = Int.random(in: 4...30, using: &random)
      let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : UInt8.random(in: 0x20..<0x7F, using: &random)
      }
      let rows = RawBytes.rows(of: bytes, width: width)
      #expect(rows.first?.lowerBound == 0 && rows.last?.upperBound == bytes.count)
      #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      for row in rows {
        let text = RawBytes.pieces(of: row, in: bytes).map(\.text).joined()
        #expect(DisplayText.width(of: text) <= width)
      }
    }
  }
}
