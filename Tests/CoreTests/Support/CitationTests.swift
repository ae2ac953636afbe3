import Testing

@testable import Core

@Suite("Citations")
struct CitationTests {
  private static func numbers(_ text: String) -> [[Int]] {
    var text = text
    return text.withUTF8 { bytes in
      Citation.all(in: bytes, 0..<bytes.count).map(\.numbers)
    }
  }

  @Test("Lists and ranges are written out")
  func forms() {
    #expect(
      Self.numbers("a [1] b [1, 3] c [2-4] d [5–6; 9]") == [[1], [1, 3], [2, 3, 4], [5, 6, 9]])
  }

  @Test("Code, links, years and ranges without end are none")
  func others() {
    #expect(Self.numbers("`a[1]` [x] [2019] [4-1] [1-999] [] [1 [") == [])
  }
}
