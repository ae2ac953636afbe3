import Core

// How likely the tokens of an answer were: their colours, then the page of all tokens, then neither.

extension State {
  mutating func showLogprobs() {
    let index = currentColumn
    guard !columns[index].answer.logprobs.isEmpty else {
      notice = Notice(.information, lackOfLogprobs(inColumn: index))
      return
    }
    if columns[index].showsProbabilities {
      overlays.append(.tokens(TokenPage(column: index)))
      return
    }
    if columns[index].side != .original {
      columns[index].show(.original, height: columnInside(index).height)
    }
    columns[index].showProbabilities(true)
    notice = Notice(
      .information,
      "The less likely a token was, the stronger its colour. Enter goes in, for the others at a "
        + "place; p lists all, then puts the colours off.")
  }

  /// Closes the page of tokens, and puts the colours off.
  mutating func hideProbabilities(of page: TokenPage) {
    overlays.removeLast()
    if columns.indices.contains(page.column) { columns[page.column].showProbabilities(false) }
  }

  private func lackOfLogprobs(inColumn index: Int) -> String {
    let column = columns[index]
    if column.phase == .empty { return "There is no answer yet: ^R runs the prompt." }
    if column.model.isBuiltin { return "Built-in models have no probabilities to tell." }
    guard column.plan?.request.parameters.topLogprobs == nil else {
      return "The server told no probabilities, though `logprobs` asked for them."
    }
    return "This answer came without the probabilities of its tokens: `logprobs: 5` among the "
      + "column's parameters (P), or under `config:` in the prompt's front matter, asks for them."
  }
}
