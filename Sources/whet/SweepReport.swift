import Core
import Runtime

// What a sweep came to: its chart, the settings worth their price, and whether the best of them is
// really better.

struct SweepReport {
  private let sweep: RetrievalSweep
  /// What all settings have in common.
  private let base: RetrievalSettings
  /// How many settings there were to try.
  private let planned: Int

  init(_ sweep: RetrievalSweep, besides base: RetrievalSettings, of planned: Int) {
    self.sweep = sweep
    self.base = base
    self.planned = planned
  }

  // MARK: Text

  var lines: [String] {
    guard let winner = sweep.winner else {
      return ["Stopped before the first settings were tried; there is nothing to show."]
    }
    var lines: [String] = []
    if sweep.trials.count < planned {
      lines += ["Stopped after \(sweep.trials.count) of \(planned) settings; so far:", ""]
    }
    lines += chart + [""] + table + [""]
    let best = RetrievalReport.share(winner.mean)
    lines.append("Best \(sweep.metric.name): \(name(of: winner)), \(best).")
    lines += comparisons
    return lines
  }

  private var chart: [String] {
    let frontier = sweep.frontier
    func point(_ trial: RetrievalSweep.Trial, label: Character? = nil) -> ScatterChart.Point {
      ScatterChart.Point(x: trial.price(sweep.price), y: trial.mean, label: label)
    }
    return ScatterChart(
      points: sweep.trials.map { point($0) }
        + zip(frontier, Self.letters).map { point($0, label: $1) },
      steps: frontier.map { point($0) }, xTitle: sweep.price.rawValue, yTitle: sweep.metric.name
    ).lines(columns: 56, rows: 12, x: priceText, y: RetrievalReport.share)
  }

  private static let letters = (0..<26).map { Character(Unicode.Scalar(UInt8(ascii: "a") + $0)) }

  private var table: [String] {
    let header = ["", sweep.metric.name, "tokens", "ms"]
    let frontier = sweep.frontier
    let letters = Self.letters.map(String.init)
    let rows = frontier.enumerated().map { place, trial in
      [
        "\(place < letters.count ? letters[place] : " ") \(name(of: trial))",
        RetrievalReport.share(trial.mean), Numbers.fixed(trial.tokens, digits: 0),
        Numbers.fixed(trial.milliseconds, digits: 1),
      ]
    }
    return TextTable([header] + rows).lines
  }

  /// Whether the best is really better than the cheaper ones, the next first.
  private var comparisons: [String] {
    sweep.frontier.dropLast().reversed().prefix(3).compactMap { trial in
      guard let lead = sweep.lead(over: trial) else { return nil }
      let interval = lead.estimate.interval
      let verdict = lead.isSignificant ? "really better" : "may be chance"
      return "Over \(name(of: trial)): \(RetrievalReport.signed(lead.estimate.mean)) "
        + "(95 %: \(RetrievalReport.signed(interval.lowerBound)) to "
        + "\(RetrievalReport.signed(interval.upperBound))), \(verdict)."
    }
  }

  private func name(of trial: RetrievalSweep.Trial) -> String {
    var unlike = base
    // Its number of passages is always said.
    unlike.limit = 0
    return trial.settings.summary(besides: unlike)
  }

  private func priceText(_ price: Double) -> String {
    Numbers.fixed(price, digits: sweep.price == .tokens ? 0 : 1)
  }

  // MARK: JSON

  var json: JSON {
    let frontier = Set(sweep.frontier.map(\.settings))
    return [
      "metric": .string(sweep.metric.name), "price": .string(sweep.price.rawValue),
      "planned": .integer(planned),
      "trials": .array(
        sweep.trials.map { trial in
          [
            "settings": trial.settings.json, "mean": .number(trial.mean),
            "tokens": .number(trial.tokens), "ms": .number(trial.milliseconds),
            "frontier": .bool(frontier.contains(trial.settings)),
            "lead_of_winner": sweep.lead(over: trial).map { .object($0.json) } ?? .null,
          ]
        }),
      "winner": sweep.winner?.settings.json ?? .null,
    ]
  }
}
