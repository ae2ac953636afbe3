// The keys of the pages about evaluations.

extension CommandTable {
  static let evaluations: [CommandEntry] = [
    entry(.selectUp, .evaluations, "up k", "Row above"),
    entry(.selectDown, .evaluations, "down j", "Row below"),
    entry(.openEvaluation, .evaluations, "enter", "Open its grid", hint: "open"),
    entry(
      .newEvaluation, .evaluations, "n", "Run the evaluation of a file", hint: "run a file"),
    entry(
      .resumeEvaluation, .evaluations, "r",
      "Go on with it where it was stopped, or run its file again", hint: "go on, run again"),
    entry(
      .showLadder, .evaluations, "L", "The ladder of all that was tried on its cases",
      hint: "ladder"),
    entry(.showMap, .evaluations, "m", "The map of the last diagnosis on its cases", hint: "map"),
    entry(
      .stopEvaluation, .evaluations, "s ctrl-c", "Stop the one that runs; nothing is lost",
      hint: "stop"),
    entry(.scrollPageUp, .evaluations, "page-up b", "A page up"),
    entry(.scrollPageDown, .evaluations, "page-down space", "A page down"),
    entry(.scrollTop, .evaluations, "g home", "Newest evaluation"),
    entry(.scrollEnd, .evaluations, "G end", "Oldest evaluation"),
    entry(.help, .evaluations, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .evaluations, "escape q", "Close", hint: "close"),
  ]

  static let evaluationPlan: [CommandEntry] =
    [entry(.startEvaluation, .evaluationPlan, "enter", "Run it", hint: "run it")]
    + scrolling(in: .evaluationPlan)
    + [entry(.close, .evaluationPlan, "escape q", "Leave it; nothing was sent", hint: "leave")]

  static let ladder: [CommandEntry] =
    scrolling(in: .ladder) + [entry(.close, .ladder, "escape q L", "Close", hint: "close")]

  static let map: [CommandEntry] =
    scrolling(in: .map) + [entry(.close, .map, "escape q m", "Close", hint: "close")]

  static let grid: [CommandEntry] = [
    entry(.selectUp, .grid, "up k", "Case above"),
    entry(.selectDown, .grid, "down j", "Case below"),
    entry(.columnLeft, .grid, "left h", "Variant to the left"),
    entry(.columnRight, .grid, "right l", "Variant to the right"),
    entry(
      .openCase, .grid, "enter", "Open the case in the panes, with everything as it was",
      hint: "open"),
    entry(.showPanel, .grid, "tab", "Show the cell alone, or beside the grid where it has room"),
    entry(.scrollDown, .grid, "J", "A row of the cell down"),
    entry(.scrollUp, .grid, "K", "A row of the cell up"),
    entry(.showFailed, .grid, "f", "Only cases that failed, or all", hint: "failed"),
    entry(
      .showChanged, .grid, "c",
      "Only cases that changed against the baseline; those fixed; those broken; all",
      hint: "changed"),
    entry(.showFlaky, .grid, "y", "Only cases whose repeats disagree, or all"),
    entry(.showUnmeasured, .grid, "u", "Only cases that could not be measured, or all"),
    entry(.showNextTag, .grid, "t", "Only the cases of the next tag", hint: "tag"),
    entry(.findCase, .grid, "/", "Only cases with a text in them", hint: "find"),
    entry(.showAllCases, .grid, "0", "All cases"),
    entry(.sortCases, .grid, "o", "Order by failures, or as in the file"),
    entry(.markVariant, .grid, "space", "Mark the variant: those marked are opened side by side"),
    entry(.pickBaselineVariant, .grid, "B", "Compare the other variants with this one"),
    entry(.newEvaluation, .grid, "n", "Run the evaluation of a file"),
    entry(
      .resumeEvaluation, .grid, "r", "Go on where it was stopped, or run its file again",
      hint: "go on"),
    entry(.showLadder, .grid, "L", "The ladder of all that was tried on these cases"),
    entry(.showMap, .grid, "m", "The map of the last diagnosis on these cases"),
    entry(
      .stopEvaluation, .grid, "s ctrl-c", "Stop the evaluation that runs; nothing is lost",
      hint: "stop"),
    entry(.scrollPageUp, .grid, "page-up b", "A page up"),
    entry(.scrollPageDown, .grid, "page-down", "A page down"),
    entry(.scrollTop, .grid, "g home", "First case"),
    entry(.scrollEnd, .grid, "G end", "Last case"),
    entry(.help, .grid, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .grid, "escape q", "Close; what runs goes on", hint: "close"),
  ]
}
