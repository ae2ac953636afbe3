import Core
import Playground

// The figures under an answer: what the run took, and how far it agrees with the baseline. The best
// among the columns has a star, so that nobody needs colours for it.

/// A figure of a run, with what is said of it where there is room.
private struct Figure {
  var text: String
  var isBest = false
  var detail = ""
  var isDetailBest = false
  var role = StyleRole.columnNumbers

  /// What is drawn, from the left.
  var pieces: [(text: String, role: StyleRole)] {
    [(text, isBest), (detail, isDetailBest)].filter { !$0.0.isEmpty }.map { text, isBest in
      isBest ? (text + "★", .bestNumber) : (text, role)
    }
  }

  var width: Int { pieces.reduce(0) { $0 + DisplayText.width(of: $1.text) } }
}

extension Renderer {
  func drawFigures(of index: Int, in state: State, area: Rectangle, on grid: inout Grid) {
    var figures = figures(of: index, in: state)
    for place in figures.indices.reversed()
    where places(of: figures, in: area).count < figures.count {
      figures[place].detail = ""
    }
    for (figure, place) in zip(figures, places(of: figures, in: area)) {
      if place.x > area.x {
        grid.put(" · ", x: place.x - 3, y: place.y, style: theme.style(.mutedText))
      }
      var x = place.x
      for piece in figure.pieces {
        x += grid.put(
          piece.text, x: x, y: place.y, style: theme.style(piece.role), limit: area.right)
      }
    }
  }

  /// Where each figure stands, as far as there is room for them.
  private func places(of figures: [Figure], in area: Rectangle) -> [Point] {
    var places: [Point] = []
    var end = Point(x: area.x, y: area.y)
    for figure in figures {
      if end.x > area.x { end.x += 3 }
      if end.x > area.x, end.x + figure.width > area.right {
        end = Point(x: area.x, y: end.y + 1)
      }
      guard end.y < area.bottom else { break }
      places.append(end)
      end.x += figure.width
    }
    return places
  }

  // MARK: What is told

  /// The figures of a run; those that matter most come first, since the rest may not fit.
  private func figures(of index: Int, in state: State) -> [Figure] {
    let column = state.columns[index]
    var figures: [Figure]
    switch column.phase {
    case .empty: figures = [Figure(text: "^R runs it", role: .mutedText)]
    case .waiting(let seconds): figures = self.figures(of: column, waiting: seconds)
    case .streaming, .finished:
      let runs = state.columns.map(\.figures)
      figures = self.figures(of: runs[index]) { RunFigures.best($0, among: runs) == index }
      if let agreement = agreement(of: column, in: state) {
        figures.insert(agreement, at: column.answer.finishReason?.isSuccess == true ? 0 : 1)
      }
    }
    figures = marks(of: column.remark) + standing(of: column) + figures
    if let rating = column.rating {
      figures.insert(
        Figure(
          text: "\(rating.sign) \(rating.word)", role: rating == .good ? .success : .error), at: 0)
    }
    return figures
  }

  private func marks(of remark: Remark) -> [Figure] {
    var figures: [Figure] = []
    if let score = remark.score { figures.append(Figure(text: "\(score)/5", role: .accent)) }
    let tags = remark.tags.map { "#\($0)" }.joined(separator: " ")
    if !tags.isEmpty { figures.append(Figure(text: tags, role: .accent)) }
    // `;` shows it whole.
    let note = remark.note.shortened(toCells: 24)
    if !note.isEmpty { figures.append(Figure(text: "“\(note)”", role: .mutedText)) }
    return figures
  }

  /// Whose text the answer is, where that isn't the model's alone.
  private func standing(of column: Column) -> [Figure] {
    var figures: [Figure] = []
    if column.isCorrected {
      let shown =
        switch column.side {
        case .correction: ""
        case .difference: ": what differs"
        case .original: ": the original"
        }
      figures.append(Figure(text: "corrected" + shown, role: .accent))
    }
    if !column.answer.given.isEmpty { figures.append(Figure(text: "continued", role: .accent)) }
    return figures
  }

  /// How far an answer agrees with the baseline; nil before they were compared.
  private func agreement(of column: Column, in state: State) -> Figure? {
    guard let difference = column.comparison?.difference, let label = state.baselineLabel,
      let agreement = difference.agreement
    else { return nil }
    let words = "\(agreement.percent) % as \(label)"
    guard let values = difference.values else { return Figure(text: words, role: .accent) }
    // Of JSON the values matter, in whatever words and order they come.
    let count = values.changes.count
    let text =
      count == 0
      ? "same values as \(label)"
      : "\(Numbers.grouped(count)) \(count == 1 ? "value" : "values") "
        + "other than \(label)"
    return Figure(text: text, detail: ", \(words)", role: .accent)
  }

  private func figures(of run: RunFigures, isBest: (RunFigures.Kind) -> Bool) -> [Figure] {
    let usage = run.usage
    let mark = usage.isEstimated ? "≈" : ""
    var figures: [Figure] = []
    // What a run that broke off may cost is worth more room than how fast it was.
    if let cost = run.cost {
      let text = words(for: cost)
      let range = run.range(of: .cost).map { " (\($0))" } ?? ""
      if !text.isEmpty { figures.append(Figure(text: text, isBest: isBest(.cost), detail: range)) }
    }
    if let first = run.text(of: .firstActivity) {
      let text = run.text(of: .firstText) ?? first
      var figure = Figure(text: "first \(first)", isBest: isBest(.firstActivity))
      if let range = run.range(of: .firstActivity) {
        figure.detail = " (\(range))"
      } else if text != first {
        figure.detail = " · text \(text)"
        figure.isDetailBest = isBest(.firstText)
      }
      figures.append(figure)
    }
    if let rate = run.text(of: .rate) {
      let range = run.range(of: .rate).map { " (\($0))" } ?? ""
      figures.append(Figure(text: "\(rate) tok/s", isBest: isBest(.rate), detail: range))
    }
    figures.append(
      Figure(
        text: "\(mark)\(Numbers.grouped(usage.outputTokens)) tok",
        detail: detail(usage.reasoningTokens, "thinking")))
    if let reason = run.finishReason {
      let role: StyleRole =
        switch reason {
        case .stop, .toolCalls: .success
        case .length, .contentFilter, .truncated, .cancelled, .interrupted: .warning
        case .error: .error
        }
      // How it ended says whether the rest can be trusted.
      let word = Figure(text: reason.words, role: role)
      if reason == .stop { figures.append(word) } else { figures.insert(word, at: 0) }
    }
    figures.append(
      Figure(
        text: "in \(mark)\(Numbers.grouped(usage.inputTokens))",
        detail: detail(usage.cachedInputTokens, "cached")))
    return figures
  }

  private func detail(_ tokens: Int, _ what: String) -> String {
    tokens > 0 ? ", \(Numbers.grouped(tokens)) \(what)" : ""
  }

  /// A cost that says what it is about; empty for what costs nothing.
  func words(for cost: Cost) -> String { cost.isUnknown ? "cost unknown" : Numbers.cost(cost) }

  /// What there is to tell before anything of the answer has come.
  private func figures(of column: Column, waiting seconds: Int) -> [Figure] {
    if let (_, seconds) = column.retryWait {
      return [Figure(text: "next try in \(Numbers.grouped(seconds))s", role: .warning)]
    }
    var figures: [Figure] = []
    if let retry = column.answer.pendingRetry {
      figures.append(Figure(text: Self.nextTry(after: retry), role: .warning))
    }
    if let progress = column.answer.progress, progress.totalTokens > 0 {
      let share = Double(progress.processedTokens) / Double(progress.totalTokens)
      figures.append(Figure(text: "reading the prompt \(Int(max(0, min(share, 1)) * 100)) %"))
      figures.append(
        Figure(
          text: "\(Numbers.grouped(progress.processedTokens)) of "
            + "\(Numbers.grouped(progress.totalTokens)) tok"))
    } else {
      figures.append(
        Figure(text: seconds == 0 ? "waiting…" : "waiting \(seconds)s…", role: .mutedText))
    }
    return figures
  }
}
