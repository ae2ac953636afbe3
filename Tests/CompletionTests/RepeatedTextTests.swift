import Core
import RandomSource
import Testing

@testable import Completion

@Suite("Text that comes again with each piece is told from text that goes on")
struct RepeatedTextTests {
  private func text(_ pieces: [String]) -> String {
    var text = RepeatedText()
    return pieces.reduce("") { $0 + text.new(in: $1) } + text.finish()
  }

  /// Words of which no two are alike, so that only what repeats on purpose repeats.
  private func pieces(_ random: inout SeededRandom) -> [String] {
    (0..<Int.random(in: 3...30, using: &random)).map {
      let word = ["the", "né", "検索", "👩‍💻", "\n", "."].randomElement(using: &random) ?? ""
      return " \($0)\(word)"
    }
  }

  @Test func `pieces that follow each other come out as they are`() {
    var random = SeededRandom(seed: 13)
    for _ in 0..<5000 {
      let unit = ["ha", "-", "No. ", "\n", "検索"].randomElement(using: &random) ?? ""
      let laughter = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        String(repeating: unit, count: Int.random(in: 1...3, using: &random))
      }
      let pieces = laughter + pieces(&random)
      #expect(text(pieces) == pieces.joined())
    }
  }

  @Test func `pieces that repeat all the text come out once`() {
    var random = SeededRandom(seed: 31)
    for _ in 0..<5000 {
      // The first words say something, so that the text is no repetition of them.
      let pieces = ["Once upon", " a time "] + pieces(&random)
      let repeated = pieces.indices.map { pieces[...$0].joined() }
      #expect(text(repeated) == pieces.joined())
    }
  }

  @Test(arguments: [
    ["ha", "ha", "haha"], ["ha", "haha", "hahaha"], ["1", "10"], ["\n", "\n", "\nText"],
    ["=", "==", "====", "========"], ["No. ", "No. "],
    ["x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x", "x"],
  ])
  func `honest repetitions are kept`(pieces: [String]) {
    #expect(text(pieces) == pieces.joined())
  }

  @Test func `what is told is given at once`() {
    var text = RepeatedText()
    #expect(["The", " cat", " sat"].map { text.new(in: $0) } == ["The", " cat", " sat"])
    text = RepeatedText()
    let pieces = ["The", "The cat", "The cat sat", "The cat sat down"]
    #expect(pieces.map { text.new(in: $0) } == ["The", "", " cat sat", " down"])
  }

  @Test func `little is withheld of pieces that are long`() {
    var text = RepeatedText()
    let piece = String(repeating: "ha", count: 50_000)
    let given = (0..<3).map { _ in text.new(in: piece) }
    #expect(given.joined() == piece + piece + piece)
  }

  @Test func `pieces that go on after pieces that repeated are added`() {
    #expect(text(["The", "The cat", "The cat sat", " down", "."]) == "The cat sat down.")
  }

  @Test func `an older piece that comes once more says nothing`() {
    #expect(
      text(["The", "The cat", "The cat sat", "The cat", "The cat sat down"]) == "The cat sat down")
  }
}
