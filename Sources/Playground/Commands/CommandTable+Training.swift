// The keys of the pages about training sets.

extension CommandTable {
  static let trainingSets: [CommandEntry] = [
    entry(.selectUp, .trainingSets, "up k", "Row above"),
    entry(.selectDown, .trainingSets, "down j", "Row below"),
    entry(.openTrainingSet, .trainingSets, "enter", "Look through its examples", hint: "open"),
    entry(.newTrainingSet, .trainingSets, "n", "Make a new set", hint: "new"),
    entry(.checkTrainingSet, .trainingSets, "c", "Check it", hint: "check"),
    entry(.removeTrainingSet, .trainingSets, "D", "Delete it, when pressed twice"),
    entry(.scrollPageUp, .trainingSets, "page-up b", "A page up"),
    entry(.scrollPageDown, .trainingSets, "page-down space", "A page down"),
    entry(.scrollTop, .trainingSets, "g home", "First set"),
    entry(.scrollEnd, .trainingSets, "G end", "Last set"),
    entry(.help, .trainingSets, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .trainingSets, "escape q", "Close", hint: "close"),
  ]

  static let trainingExamples: [CommandEntry] = [
    entry(.selectUp, .trainingExamples, "up k", "Example above"),
    entry(.selectDown, .trainingExamples, "down j", "Example below"),
    entry(
      .approveExample, .trainingExamples, "a", "Approve it, or take that back; on to the next",
      hint: "approve"),
    entry(
      .rejectExample, .trainingExamples, "x", "Reject it, or take that back; on to the next",
      hint: "reject"),
    entry(.undoCuration, .trainingExamples, "u", "Undo the last action on the set", hint: "undo"),
    entry(.redoCuration, .trainingExamples, "U", "Do again what was undone"),
    entry(
      .filterExamples, .trainingExamples, "/ f",
      "Only examples that fit: words, \"phrases\", state:approved, tokens>500, -tag:draft",
      hint: "filter"),
    entry(.showAllExamples, .trainingExamples, "0", "All examples"),
    entry(.editExample, .trainingExamples, "e", "Edit the answer", hint: "edit"),
    entry(.editWholeExample, .trainingExamples, "E", "Edit the whole example as JSON"),
    entry(.tagExample, .trainingExamples, "t", "Add a tag; -tag takes it away", hint: "tag"),
    entry(
      .approveAllExamples, .trainingExamples, "A",
      "Approve all that fit the filter, when pressed twice"),
    entry(
      .rejectAllExamples, .trainingExamples, "X",
      "Reject all that fit the filter, when pressed twice"),
    entry(.checkTrainingSet, .trainingExamples, "c", "Check the set", hint: "check"),
    entry(
      .showExample, .trainingExamples, "enter tab",
      "Show the example alone, or beside the table where it has room"),
    entry(.scrollDown, .trainingExamples, "J", "A row of the example down"),
    entry(.scrollUp, .trainingExamples, "K", "A row of the example up"),
    entry(.goToExample, .trainingExamples, "#", "Go to an example by its number"),
    entry(.scrollPageUp, .trainingExamples, "page-up b", "A page up"),
    entry(.scrollPageDown, .trainingExamples, "page-down space", "A page down"),
    entry(.scrollTop, .trainingExamples, "g home", "First example"),
    entry(.scrollEnd, .trainingExamples, "G end", "Last example"),
    entry(.help, .trainingExamples, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .trainingExamples, "escape q", "Close", hint: "close"),
  ]

  static let findings: [CommandEntry] = [
    entry(.selectUp, .findings, "up k", "Finding above"),
    entry(.selectDown, .findings, "down j", "Finding below"),
    entry(.openFinding, .findings, "enter", "Go to the example", hint: "go there"),
    entry(
      .showFindingReport, .findings, "tab", "The report with its charts, or the list",
      hint: "charts"),
    entry(.scrollPageUp, .findings, "page-up b", "A page up"),
    entry(.scrollPageDown, .findings, "page-down space", "A page down"),
    entry(.scrollTop, .findings, "g home", "First finding"),
    entry(.scrollEnd, .findings, "G end", "Last finding"),
    entry(.help, .findings, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .findings, "escape q", "Close", hint: "close"),
  ]
}
