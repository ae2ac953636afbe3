// The one table of commands: from it come the keymap, the help, the hint line, the palette and the
// written key list.

/// A command in one scope, with its keys and the words for it.
public struct CommandEntry: Hashable, Sendable {
  public var command: Command
  public var scope: Scope
  /// The first is the one that hints and the palette show.
  public var keys: [Key]
  /// A few words, as the help and the palette show them.
  public var title: String
  /// A word for the hint line; nil keeps it off that line.
  public var hint: String?
}

/// All entries, and what a key means by them.
public enum CommandTable {
  /// In the order of help and palette; a command has an entry in each of its scopes.
  public static let entries: [CommandEntry] =
    anywhere + text + context + passage + absence + measuring + column + answer + correcting + wire
    + versions + blind + wins + judging + sessions + tree + playback
    + evaluations + evaluationPlan + grid + ladder + map + trainingSets + trainingExamples
    + findings

  /// The command that a key means in a pane; the pane's own keys come first.
  public static func command(for key: Key, inPane scope: Scope) -> Command? {
    byKey[scope]?[key] ?? byKey[.anywhere]?[key]
  }

  /// The command that a key means in a scope, by that scope's own keys.
  static func command(for key: Key, in scope: Scope) -> Command? { byKey[scope]?[key] }

  private static let byKey: [Scope: [Key: Command]] =
    Dictionary(grouping: entries, by: \.scope).mapValues { entries in
      entries.reduce(into: [:]) { keymap, entry in
        for key in entry.keys { keymap[key] = entry.command }
      }
    }

  static func entry(
    _ command: Command, _ scope: Scope, _ keys: String, _ title: String, hint: String? = nil
  ) -> CommandEntry {
    CommandEntry(
      command: command, scope: scope,
      keys: keys.split(separator: " ").compactMap { Key(name: String($0)) }, title: title,
      hint: hint)
  }

  private static let anywhere: [CommandEntry] = [
    entry(.run, .anywhere, "ctrl-r", "Run the prompt in every column", hint: "run"),
    entry(.cancel, .anywhere, "ctrl-c", "Cancel all that runs", hint: "cancel"),
    entry(.nextPane, .anywhere, "tab", "Go to the next pane", hint: "pane"),
    entry(.previousPane, .anywhere, "shift-tab", "Go to the pane before"),
    entry(.palette, .anywhere, "ctrl-p", "Find a command by name", hint: "commands"),
    entry(.help, .anywhere, "f1 alt-?", "Show every key that works here"),
    entry(.pickModel, .anywhere, "alt-m", "Pick the model of a column", hint: "model"),
    entry(.addColumn, .anywhere, "alt-a", "Add a column"),
    entry(.removeColumn, .anywhere, "alt-x", "Remove the column"),
    entry(.showWire, .anywhere, "", "Show what went over the wire"),
    entry(.zoom, .anywhere, "alt-z", "Let the pane fill the screen, or give it back"),
    entry(
      .sessions, .anywhere, "alt-s", "Look at earlier runs: find, open, replay", hint: "sessions"),
    entry(.showTree, .anywhere, "alt-g", "Show the tree of the session", hint: "tree"),
    entry(
      .startScreen, .anywhere, "f2", "Show the start screen: where to begin, sessions that teach"),
    entry(.pickIndex, .anywhere, "alt-i", "Pick the index that passages come from"),
    entry(.openPrompt, .anywhere, "alt-o", "Open a prompt file"),
    entry(.savePrompt, .anywhere, "ctrl-s", "Save the prompt to its file"),
    entry(.savePromptAs, .anywhere, "alt-S", "Save the prompt under another name"),
    entry(.importPrompt, .anywhere, "", "Import a prompt of another program"),
    entry(.versions, .anywhere, "alt-h", "Look at the versions of the prompt", hint: "versions"),
    entry(.techniques, .anywhere, "alt-k", "Pick a technique to apply to the prompt"),
    entry(.addInstructions, .anywhere, "", "Technique: add sections of instructions"),
    entry(.splitIntoSteps, .anywhere, "", "Technique: split the prompt into two steps"),
    entry(.giveTimeToThink, .anywhere, "", "Technique: give the model time to think"),
    entry(.addExamples, .anywhere, "", "Technique: add examples (few-shot)"),
    entry(.askForQuotes, .anywhere, "", "Technique: ask for quotes from the passages first"),
    entry(.answerAsJSON, .anywhere, "", "Technique: ask for JSON of a schema"),
    entry(.showParts, .anywhere, "alt-c", "Count what each part of the prompt takes"),
    entry(.pickDataset, .anywhere, "alt-t", "Fill the variables from the cases of a dataset"),
    entry(.nextCase, .anywhere, "alt-.", "Next case"),
    entry(.previousCase, .anywhere, "alt-,", "Case before"),
    entry(.exportSession, .anywhere, "alt-e", "Export the session to a file"),
    entry(.importSession, .anywhere, "", "Import a session from a file"),
    entry(.newSession, .anywhere, "alt-n", "Start a new session"),
    entry(
      .evaluations, .anywhere, "alt-E f5",
      "Evaluations: run one, see what passes, open its cases"),
    entry(
      .runAsVariant, .anywhere, "alt-R",
      "Run this prompt as a new variant of the evaluation, the failed cases first"),
    entry(
      .saveCase, .anywhere, "alt-C",
      "Save the inputs and the answer as a case of a dataset"),
    entry(
      .trainingSets, .anywhere, "alt-T f6",
      "Training sets: look through examples, approve, edit and check them"),
    entry(.suspend, .anywhere, "ctrl-z", "Stop whet; `fg` brings it back"),
    entry(.redraw, .anywhere, "ctrl-l", "Paint the screen anew"),
    entry(.quit, .anywhere, "ctrl-q", "Quit; the draft and every run are kept", hint: "quit"),
    entry(.lint, .anywhere, "", "Check the prompt for mistakes"),
  ]

  private static let text: [CommandEntry] = [
    entry(.characterForward, .text, "right ctrl-f", "Next character"),
    entry(.characterBackward, .text, "left ctrl-b", "Character before"),
    entry(.wordForward, .text, "alt-f ctrl-right alt-right", "Next word"),
    entry(.wordBackward, .text, "alt-b ctrl-left alt-left", "Word before"),
    entry(.lineStart, .text, "ctrl-a home", "Start of the line"),
    entry(.lineEnd, .text, "ctrl-e end", "End of the line"),
    entry(.rowUp, .text, "up", "Row above"),
    entry(.rowDown, .text, "down ctrl-n", "Row below"),
    entry(.pageUp, .text, "page-up alt-v", "A page up"),
    entry(.pageDown, .text, "page-down ctrl-v", "A page down"),
    entry(.textStart, .text, "alt-< ctrl-home", "Start of the text"),
    entry(.textEnd, .text, "alt-> ctrl-end", "End of the text"),
    entry(.paragraphBackward, .text, "alt-{ ctrl-up", "Start of the paragraph"),
    entry(.paragraphForward, .text, "alt-} ctrl-down", "End of the paragraph"),
    entry(.newLine, .text, "enter ctrl-j", "New line"),
    entry(.deleteBackward, .text, "backspace ctrl-h", "Delete the character before"),
    entry(.deleteForward, .text, "delete ctrl-d", "Delete the character under the cursor"),
    entry(.killLine, .text, "ctrl-k", "Kill to the end of the line"),
    entry(.killLineStart, .text, "ctrl-u", "Kill to the start of the line"),
    entry(.killWord, .text, "alt-d", "Kill the next word"),
    entry(.killWordBackward, .text, "ctrl-w alt-backspace", "Kill the word before"),
    entry(.yank, .text, "ctrl-y", "Yank what was killed last"),
    entry(.yankEarlier, .text, "alt-y", "Put what was killed before in place of what was yanked"),
    entry(.transpose, .text, "ctrl-t", "Exchange the two characters around the cursor"),
    entry(.undo, .text, "ctrl-_ alt-u", "Undo"),
    entry(.redo, .text, "alt-_ alt-r", "Redo"),
    entry(.setMark, .text, "ctrl-space", "Begin a selection; motions widen it"),
    entry(.selectAll, .text, "alt-A", "Select everything"),
    entry(.selectCharacterForward, .text, "shift-right", "Select the next character"),
    entry(.selectCharacterBackward, .text, "shift-left", "Select the character before"),
    entry(.selectWordForward, .text, "ctrl-shift-right", "Select the next word"),
    entry(.selectWordBackward, .text, "ctrl-shift-left", "Select the word before"),
    entry(.selectRowUp, .text, "shift-up", "Select to the row above"),
    entry(.selectRowDown, .text, "shift-down", "Select to the row below"),
    entry(.selectLineStart, .text, "shift-home", "Select to the start of the line"),
    entry(.selectLineEnd, .text, "shift-end", "Select to the end of the line"),
    entry(.selectTextStart, .text, "ctrl-shift-home", "Select to the start of the text"),
    entry(.selectTextEnd, .text, "ctrl-shift-end", "Select to the end of the text"),
    entry(.dropSelection, .text, "escape", "Select nothing any more"),
    entry(.copySelection, .text, "alt-w", "Copy the selection"),
    entry(.find, .text, "ctrl-g f3", "Find a text, or the next place of it"),
    entry(.replace, .text, "alt-% f4", "Replace a text by another"),
    entry(.complete, .text, "alt-/", "Complete a variable, a helper or a partial"),
    entry(.matchingBrace, .text, "ctrl-]", "Go to the matching brace"),
    entry(.externalEditor, .text, "ctrl-o", "Edit the text in $VISUAL or $EDITOR"),
    entry(.lockValue, .text, "alt-l", "Keep the value while cases change, or let it go"),
  ]

  private static let context: [CommandEntry] = [
    entry(.selectUp, .context, "up k", "Passage above"),
    entry(.selectDown, .context, "down j", "Passage below"),
    entry(.readPassage, .context, "enter", "Read the passage in its document", hint: "read"),
    entry(.openSource, .context, "o", "Open the source in $VISUAL or $EDITOR, at the line"),
    entry(.whyNot, .context, "w", "Ask why a passage isn't here", hint: "why not?"),
    entry(.measure, .context, "v", "Measure the settings by what was judged"),
    entry(.pinPassage, .context, "p", "Pin the passage, or let it go", hint: "pin"),
    entry(.dropPassage, .context, "d", "Drop the passage, or take it back", hint: "drop"),
    entry(.morePassages, .context, "+ =", "One passage more", hint: "more"),
    entry(.fewerPassages, .context, "minus", "One passage fewer", hint: "fewer"),
    entry(.nextMethod, .context, "m", "Search by words, by vectors, by both", hint: "method"),
    entry(.showExactText, .context, "x", "Show the exact text that is sent", hint: "exact text"),
    entry(.editPassage, .context, "e", "Edit the passage for this prompt", hint: "edit"),
    entry(.leavePassageOut, .context, "l", "Ask without the passage, in a column of its own"),
    entry(.movePassageUp, .context, "K alt-up", "Move the passage up"),
    entry(.movePassageDown, .context, "J alt-down", "Move the passage down"),
    entry(.undoPassage, .context, "u", "Undo what was changed about the passage"),
    entry(.undoAllPassages, .context, "U", "Undo what was changed about all passages"),
    entry(
      .judgeRelevant, .context, "r", "Mark the passage as relevant, or take it back",
      hint: "relevant"),
    entry(.judgeNotRelevant, .context, "n", "Mark the passage as not relevant, or take it back"),
    entry(.lowerVectorWeight, .context, "[", "Vectors count less, words more"),
    entry(.raiseVectorWeight, .context, "]", "Vectors count more, words less"),
    entry(.lowerBudget, .context, "<", "A smaller budget of tokens"),
    entry(.raiseBudget, .context, ">", "A larger budget of tokens"),
    entry(.filterPassages, .context, "f", "Filter by path, heading, page, field", hint: "filter"),
    entry(.nextDiversity, .context, "D", "Prefer passages unlike those before: more, not at all"),
    entry(.nextRewriting, .context, "t", "Rewrite the question first: the next way, or none"),
    entry(.toggleReranker, .context, "R", "Have a model order the passages anew, or not"),
    entry(.nextChunking, .context, "c", "Cut the documents in the next way that the index has"),
    entry(.nextFusion, .context, "S", "Bring scores together, or ranks"),
    entry(.resetRetrieval, .context, "0", "Put the settings back as whet was started with"),
    entry(.scrollTop, .context, "g home", "First passage"),
    entry(.scrollEnd, .context, "G end", "Last passage"),
    entry(.scrollPageUp, .context, "page-up", "A page up"),
    entry(.scrollPageDown, .context, "page-down space", "A page down"),
    entry(.pickIndex, .context, "i", "Pick the index"),
    entry(.zoom, .context, "z", "Fill the screen, or give it back", hint: "zoom"),
    entry(.sessions, .context, "s", "Earlier runs"),
    entry(.help, .context, "?", "Every key that works here", hint: "help"),
    entry(.quit, .context, "q", "Quit"),
  ]

  private static let passage: [CommandEntry] =
    [
      entry(.nextPassage, .passage, "n", "Next passage", hint: "next"),
      entry(.previousPassage, .passage, "p", "Passage before", hint: "before"),
      entry(
        .showDetails, .passage, "tab", "Everything known of the passage, or back to the text",
        hint: "details"),
      entry(
        .compareChunking, .passage, "c", "Show the cuts of another chunking beside these",
        hint: "cuts"),
      entry(
        .openSource, .passage, "o", "Open the source in $VISUAL or $EDITOR, at the line",
        hint: "open"),
    ] + scrolling(in: .passage) + [
      entry(.close, .passage, "escape q enter", "Close", hint: "close")
    ]

  private static let absence: [CommandEntry] =
    [
      entry(.nextPassage, .absence, "n tab right l", "Next passage that is meant", hint: "next"),
      entry(.previousPassage, .absence, "N shift-tab left h", "Passage before"),
      entry(.pinPassage, .absence, "p", "Pin the passage, or let it go", hint: "pin"),
      entry(.readPassage, .absence, "enter", "Read the passage in its document", hint: "read"),
      entry(
        .applyRemedy, .absence, "a", "Search with the first change that brings it in",
        hint: "apply the first"),
      entry(.openSource, .absence, "o", "Open the source in $VISUAL or $EDITOR, at the line"),
      entry(.whyNot, .absence, "w", "Ask about another one", hint: "another"),
    ] + scrolling(in: .absence) + [
      entry(.close, .absence, "escape q", "Close", hint: "close")
    ]

  private static let measuring: [CommandEntry] =
    scrolling(in: .measuring) + [
      entry(.close, .measuring, "escape q v", "Stop, and close", hint: "stop, close")
    ]

  /// The keys of a page to read, which scroll it and tell of all others.
  static func scrolling(in scope: Scope, pageUp: String = "page-up b") -> [CommandEntry] {
    [
      entry(.scrollUp, scope, "up k", "Row above"),
      entry(.scrollDown, scope, "down j", "Row below"),
      entry(.scrollPageUp, scope, pageUp, "A page up"),
      entry(.scrollPageDown, scope, "page-down space", "A page down"),
      entry(.scrollTop, scope, "g home", "Top"),
      entry(.scrollEnd, scope, "G end", "End"),
      entry(.help, scope, "? f1 alt-?", "Every key that works here", hint: "help"),
    ]
  }

  private static let column: [CommandEntry] = [
    entry(.scrollUp, .column, "up k", "Row above"),
    entry(.scrollDown, .column, "down j", "Row below"),
    entry(.scrollPageUp, .column, "page-up", "A page up"),
    entry(.scrollPageDown, .column, "page-down space", "A page down"),
    entry(.scrollTop, .column, "g home", "Top"),
    entry(.scrollEnd, .column, "G end", "End, and follow what comes"),
    entry(.enterAnswer, .column, "enter", "Put the cursor into the answer", hint: "cursor"),
    entry(.findInAnswer, .column, "/ ctrl-g", "Find a text in the answer", hint: "find"),
    entry(.nextMatch, .column, "n", "Next place of what was looked for"),
    entry(.previousMatch, .column, "N", "Place before"),
    entry(.dropMatches, .column, "escape", "Mark no places any more"),
    entry(.toggleScrollingTogether, .column, "L", "Scroll the columns together, or each alone"),
    entry(.nextArrangement, .column, "|", "Show two columns, only columns, or all panes"),
    entry(.columnLeft, .column, "left h", "Column to the left"),
    entry(.columnRight, .column, "right l", "Column to the right"),
    entry(.pickModel, .column, "m", "Pick the model"),
    entry(.addColumn, .column, "a", "Add a column", hint: "add"),
    entry(.sameBut, .column, "S", "Add a column that asks the same, but…", hint: "same but…"),
    entry(.duplicateColumn, .column, "D", "Add a column that asks the same"),
    entry(.removeColumn, .column, "x", "Remove the column"),
    entry(.restoreColumn, .column, "X", "Bring back the column that was removed last"),
    entry(.moveColumnLeft, .column, "<", "Move the column to the left"),
    entry(.moveColumnRight, .column, ">", "Move the column to the right"),
    entry(.nameColumn, .column, "i", "Name the column"),
    entry(.setParameters, .column, "P", "Set parameters over those of the prompt"),
    entry(.repeatColumn, .column, "R", "Ask several times in this column"),
    entry(.nextAttempt, .column, ".", "Next answer of a column that asks several times"),
    entry(.previousAttempt, .column, ",", "Answer before"),
    entry(.columnSets, .column, "C", "Save the columns under a name, or bring others back"),
    entry(.cancelColumn, .column, "c", "Cancel this column"),
    entry(.toggleRaw, .column, "r", "Show the answer as it came, or as it is meant", hint: "raw"),
    entry(.toggleThinking, .column, "t", "Unfold the thinking, or fold it"),
    entry(.toggleToolCalls, .column, "T", "Unfold the tool calls, or fold them"),
    entry(.copyAnswer, .column, "y", "Copy the answer", hint: "copy"),
    entry(.showWire, .column, "w", "Show what went over the wire", hint: "wire"),
    entry(
      .showLogprobs, .column, "p", "Colour the tokens by how likely they were; list them; neither"),
    entry(
      .toggleSteps, .column, "o", "Unfold the steps before the last, or fold them",
      hint: "steps"),
    entry(
      .pinBaseline, .column, "b", "Compare the other answers with this one, or with none",
      hint: "baseline"),
    entry(
      .nextDifferenceView, .column, "d",
      "Mark what differs from the baseline, show all of it, only it, or nothing", hint: "diff"),
    entry(.exportComparison, .column, "E", "Export the comparison as HTML, Markdown or SVG"),
    entry(.rateGood, .column, "+ =", "Rate the answer good, or take it back", hint: "good"),
    entry(.rateBad, .column, "minus", "Rate the answer bad, or take it back", hint: "bad"),
    entry(.scoreOne, .column, "1", "Score the answer 1 of 5, or take it back"),
    entry(.scoreTwo, .column, "2", "Score it 2 of 5"),
    entry(.scoreThree, .column, "3", "Score it 3 of 5"),
    entry(.scoreFour, .column, "4", "Score it 4 of 5"),
    entry(.scoreFive, .column, "5", "Score it 5 of 5"),
    entry(.noteAnswer, .column, ";", "Write a note on the answer"),
    entry(.tagAnswer, .column, "#", "Tag the answer"),
    entry(
      .pickBlind, .column, "B", "Pick the better of two answers without their names",
      hint: "pick blind"),
    entry(.showWins, .column, "W", "Show which columns won, and how sure that is", hint: "wins"),
    entry(.askJudge, .column, "J", "Have a judge model compare the columns"),
    entry(.correctAnswer, .column, "e", "Correct the answer", hint: "correct"),
    entry(
      .nextSide, .column, "V", "Show a corrected answer, what differs, or the original",
      hint: "original"),
    entry(.copyToFile, .column, "Y", "Write the answer to a file"),
    entry(.toggleSupport, .column, "u", "Underline what no passage supports, or don't"),
    entry(.pickLeftOut, .column, "O", "Ask without one of the passages, in a column of its own"),
    entry(.pickVersion, .column, "v", "Pick the version of the prompt that it runs"),
    entry(.zoom, .column, "z", "Fill the screen, or give it back", hint: "zoom"),
    entry(.sessions, .column, "s", "Earlier runs"),
    entry(.help, .column, "?", "Every key that works here", hint: "help"),
    entry(.quit, .column, "q", "Quit"),
  ]

  private static let answer: [CommandEntry] = [
    entry(.cursorLeft, .answer, "left h", "Character to the left"),
    entry(.cursorRight, .answer, "right l", "Character to the right"),
    entry(.cursorUp, .answer, "up k", "Row above"),
    entry(.cursorDown, .answer, "down j", "Row below"),
    entry(.cursorWordForward, .answer, "w ctrl-right alt-f", "Next word"),
    entry(.cursorWordBackward, .answer, "b ctrl-left alt-b", "Word before"),
    entry(.cursorRowStart, .answer, "0 home ctrl-a", "Start of the row"),
    entry(.cursorRowEnd, .answer, "$ end ctrl-e", "End of the row"),
    entry(.cursorPageUp, .answer, "page-up", "A page up"),
    entry(.cursorPageDown, .answer, "page-down space", "A page down"),
    entry(.cursorStart, .answer, "g", "Start of the answer"),
    entry(.cursorEnd, .answer, "G", "End of the answer"),
    entry(.findInAnswer, .answer, "/ ctrl-g", "Find a text in the answer", hint: "find"),
    entry(.nextMatch, .answer, "n", "Next place of what was looked for"),
    entry(.previousMatch, .answer, "N", "Place before"),
    entry(
      .selectInAnswer, .answer, "v ctrl-space", "Begin a selection, or drop it", hint: "select"),
    entry(.copyFromAnswer, .answer, "y", "Copy the selection", hint: "copy"),
    entry(.copyCode, .answer, "c", "Copy the code block at the cursor", hint: "copy code"),
    entry(.help, .answer, "?", "Every key that works here", hint: "help"),
    entry(.leaveAnswer, .answer, "escape q enter", "Leave the answer", hint: "leave"),
  ]

  /// Beside those for any text.
  private static let correcting: [CommandEntry] = [
    entry(.keepCorrection, .correcting, "ctrl-s", "Keep the correction", hint: "keep"),
    entry(
      .continueAnswer, .correcting, "alt-enter ctrl-r",
      "Let the model go on from the cursor, with what stands before it as the beginning",
      hint: "go on from here"),
    entry(
      .close, .correcting, "escape", "Leave it; what was typed is kept as a draft", hint: "leave"),
    entry(
      .externalEditor, .correcting, "ctrl-o", "Edit the text in $VISUAL or $EDITOR",
      hint: "your editor"),
    entry(.help, .correcting, "f1 alt-?", "Every key that works here", hint: "help"),
  ]

  private static let wire: [CommandEntry] = [
    entry(.nextPart, .wire, "tab right l", "Next part: request, events, doctor", hint: "part"),
    entry(.previousPart, .wire, "shift-tab left h", "Part before"),
    entry(.showRequest, .wire, "1", "The request as it was sent"),
    entry(.showEvents, .wire, "2", "Every event of the stream, with its time"),
    entry(.showFindings, .wire, "3", "What the stream doctor found"),
    entry(.copyRequest, .wire, "y", "Copy the request as a curl command", hint: "copy as curl"),
    entry(.copyStream, .wire, "Y", "Copy the raw stream", hint: "copy stream"),
    entry(.scrollUp, .wire, "up k", "Row above"),
    entry(.scrollDown, .wire, "down j", "Row below"),
    entry(.scrollPageUp, .wire, "page-up b", "A page up"),
    entry(.scrollPageDown, .wire, "page-down space", "A page down"),
    entry(.scrollTop, .wire, "g home", "Top"),
    entry(.scrollEnd, .wire, "G end", "End, and follow what comes"),
    entry(.cancelColumn, .wire, "c", "Cancel this run"),
    entry(.help, .wire, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .wire, "escape q w", "Close", hint: "close"),
  ]

  private static let versions: [CommandEntry] = [
    entry(.selectUp, .versions, "up k", "Version above"),
    entry(.selectDown, .versions, "down j", "Version below"),
    entry(.markVersion, .versions, "space", "Compare with this one", hint: "compare with"),
    entry(.restoreVersion, .versions, "enter", "Put it back as the prompt", hint: "restore"),
    entry(.compareVersion, .versions, "c", "Run it in a column of its own", hint: "as a column"),
    entry(.nameVersion, .versions, "n", "Name it", hint: "name"),
    entry(.noteVersion, .versions, "e", "Write a note on it", hint: "note"),
    entry(.scrollPageUp, .versions, "page-up b", "A page of the difference up"),
    entry(.scrollPageDown, .versions, "page-down", "A page of the difference down"),
    entry(.scrollTop, .versions, "g home", "Newest version"),
    entry(.scrollEnd, .versions, "G end", "Oldest version"),
    entry(.help, .versions, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .versions, "escape q", "Close", hint: "close"),
  ]
}

extension CommandTable {
  /// The entries whose keys work in a pane, its own first.
  public static func entries(inPane scope: Scope) -> [CommandEntry] {
    entries.filter { $0.scope == scope } + entries.filter { $0.scope == .anywhere }
  }

  /// The keys of a scope that have a hint, each with its word.
  public static func hints(of scope: Scope) -> [(key: String, word: String)] {
    entries.filter { $0.scope == scope }.compactMap { entry in
      entry.hint.map { (entry.keys.first?.display ?? "", $0) }
    }
  }

  /// The key list as Markdown, for docs/keys.md.
  public static var markdown: String {
    var text = "# Keys\n\nMade by `make docs` from the table of commands; don't edit.\n"
    text += "`^R` is Control and R; `M-x` is Alt and x; `⇧` is Shift.\n"
    for scope in Scope.allCases {
      text += "\n## \(scope.title)\n\n| key | command | what it does |\n|---|---|---|\n"
      for entry in entries where entry.scope == scope {
        let keys = entry.keys.map { "`\($0.display)`" }.joined(separator: " ")
        text += "| \(keys) | \(entry.command.rawValue) | \(entry.title) |\n"
      }
    }
    return text
  }
}
