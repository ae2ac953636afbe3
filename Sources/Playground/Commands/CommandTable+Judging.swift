// The keys of the pages that compare answers.

extension CommandTable {
  static let blind: [CommandEntry] =
    [
      entry(.preferFirst, .blind, "1 left", "1 is better", hint: "1 is better"),
      entry(.preferSecond, .blind, "2 right", "2 is better", hint: "2 is better"),
      entry(.preferNeither, .blind, "t =", "A tie: neither is better", hint: "tie"),
      entry(.rejectBoth, .blind, "b", "Both are bad", hint: "both bad"),
      entry(.skipPair, .blind, "s", "Leave these two for later", hint: "skip"),
      entry(.nextPair, .blind, "enter n", "The next two, once you have picked"),
      entry(.showWins, .blind, "W", "Show which columns won, once you have picked"),
    ] + scrolling(in: .blind, pageUp: "page-up") + [
      entry(.close, .blind, "escape q", "Leave", hint: "leave")
    ]

  static let wins: [CommandEntry] =
    scrolling(in: .wins) + [entry(.close, .wins, "escape q W", "Close", hint: "close")]

  static let judging: [CommandEntry] =
    [entry(.showWins, .judging, "W", "Show the table of wins", hint: "wins")]
    + scrolling(in: .judging)
    + [entry(.close, .judging, "escape q", "Stop, and close", hint: "stop, close")]
}
