import Core
import Glibc
import Playground

// What could have stood at the cursor in an answer, in place of the column's figures.

extension Renderer {
  /// The token at the cursor and the likeliest others, each with its probability, as far as there is
  /// room.
  func drawAlternatives(
    to tokens: ArraySlice<TokenLogprob>, in area: Rectangle, on grid: inout Grid
  ) {
    var place = Point(x: area.x, y: area.y)
    func put(_ candidate: TokenLogprob.Candidate, isChosen: Bool, on grid: inout Grid) {
      let text =
        "\(Self.quoted(candidate.token)) \(Self.percent(Self.probability(candidate.logprob)))"
        .shortened(toCells: area.width)
      let width = DisplayText.width(of: text)
      if place.x > area.x, place.x + width > area.right {
        place = Point(x: area.x, y: place.y + 1)
      }
      guard place.y < area.bottom else { return }
      let role: StyleRole = isChosen ? .accent : .columnNumbers
      place.x += grid.put(text, x: place.x, y: place.y, style: theme.style(role)) + 2
    }
    for token in tokens {
      let chosen = TokenLogprob.Candidate(token: token.token, logprob: token.logprob)
      put(chosen, isChosen: true, on: &grid)
      for candidate in token.top where candidate.token != token.token && !candidate.token.isEmpty {
        put(candidate, isChosen: false, on: &grid)
      }
    }
  }

  /// A token with its blanks visible at its edges.
  private static func quoted(_ token: String) -> String {
    "“\(token.replacing("\n", with: "↵").replacing("\t", with: "⇥"))”"
  }

  /// From 0 to 1, whatever the server says.
  static func probability(_ logprob: Double) -> Double { max(0, min(exp(logprob), 1)) }

  static func percent(_ probability: Double) -> String {
    probability < 0.0005 ? "<.1 %" : "\(Numbers.rate(probability * 100)) %"
  }
}
