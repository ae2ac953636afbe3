import Core

// What can lie over the panes. Overlays are a stack: keys go to the topmost, Escape takes it away.

/// A page, a list or a question over the panes.
public enum Overlay: Hashable, Sendable {
  case help(HelpPage)
  case picker(Picker)
  case passage(PassageReader)
  case pageEditor(PageEditor)
  case answerEditor(AnswerEditor)
  case exactText(ExactText)
  case absence(AbsencePage)
  case measuring(MeasuringPage)
  case blind(BlindPage)
  case wins(WinsPage)
  case judging(JudgingPage)
  case tree(TreePage)
  case sessions(SessionsPage)
  /// The list of evaluations, a plan, and the grid: what they show is the state's.
  case evaluations, evaluationPlan, grid
  /// The list of training sets, the examples of one, and what a check found: they are the state's, too.
  case trainingSets, trainingExamples, findings
  case ladder(LadderPage)
  case map(MapPage)
  case parts(PartsPage)
  case wire(WireView)
  case versions(VersionsView)
  case tokens(TokenPage)
  case examples(ExampleList)
  case line(LineInput)

  /// The keys that work in it, and a word for each, for the hint line.
  public var hints: [(key: String, word: String)] {
    switch self {
    case .wire: CommandTable.hints(of: .wire)
    case .versions: CommandTable.hints(of: .versions)
    case .passage: CommandTable.hints(of: .passage)
    case .absence: CommandTable.hints(of: .absence)
    case .measuring: CommandTable.hints(of: .measuring)
    case .blind(let page): page.hints
    case .wins: CommandTable.hints(of: .wins)
    case .judging: CommandTable.hints(of: .judging)
    case .tree: CommandTable.hints(of: .tree)
    case .sessions: CommandTable.hints(of: .sessions)
    case .evaluations: CommandTable.hints(of: .evaluations)
    case .evaluationPlan: CommandTable.hints(of: .evaluationPlan)
    case .grid: CommandTable.hints(of: .grid)
    case .trainingSets: CommandTable.hints(of: .trainingSets)
    case .trainingExamples: CommandTable.hints(of: .trainingExamples)
    case .findings: CommandTable.hints(of: .findings)
    case .ladder: CommandTable.hints(of: .ladder)
    case .map: CommandTable.hints(of: .map)
    case .tokens: [("↑ ↓", "scroll"), ("Esc", "close"), ("p", "close, and no colours")]
    case .help, .parts:
      [("↑ ↓", "scroll"), ("Space", "a page on"), ("Esc", "close")]
    case .pageEditor: [("^S", "take the text"), ("Esc", "leave it"), ("^O", "your editor")]
    case .answerEditor: CommandTable.hints(of: .correcting)
    case .exactText: [("↑ ↓", "scroll"), ("y", "copy"), ("Esc", "close")]
    case .picker(let picker): [("↑ ↓", "select")] + picker.hints + [("type", "to narrow the list")]
    case .examples: [("Space", "mark"), ("Enter", "add those marked"), ("Esc", "close")]
    case .line: [("Enter", "go"), ("Esc", "close")]
    }
  }
}

/// The keys that work where it was asked for.
public struct HelpPage: Hashable, Sendable {
  /// Where it was asked for: the keys of that place come first.
  public var scope: Scope
  /// The first row that is shown.
  public var top = 0

  public init(scope: Scope) { self.scope = scope }

  /// Headings and entries, a row each.
  public enum Row: Hashable, Sendable {
    case heading(Scope)
    case entry(CommandEntry)
    case blank
  }

  /// The scopes whose keys work there.
  private var places: [Scope] {
    switch scope {
    case .correcting: [.correcting, .text]
    case let scope: scope.isOverlay ? [scope] : [scope, .anywhere]
    }
  }

  /// Those of its own scope, then those that hold there, too; a blank row after each.
  public var rows: [Row] {
    places.flatMap { scope in
      [.heading(scope)]
        + CommandTable.entries.filter { $0.scope == scope && !$0.keys.isEmpty }.map(Row.entry)
        + [.blank]
    }
  }
}

/// The probabilities of the tokens of an answer.
public struct TokenPage: Hashable, Sendable {
  /// The column's place, from 0.
  public var column: Int
  /// The first token that is shown.
  public var top = 0

  public init(column: Int) { self.column = column }
}

/// A question that is answered with one line.
public struct LineInput: Hashable, Sendable {
  /// What is asked for, and what the answer is then used as.
  public enum Purpose: Hashable, Sendable {
    case openPrompt, savePromptAs, exportSession, importSession, exportComparison
    case openDataset, exampleFile, importPrompt
    case filterPassages
    /// A file, a line or a phrase that isn't among the passages.
    case missedPassage
    /// With the version's hash.
    case nameVersion(String)
    case noteVersion(String)
    case nameColumn(Int)
    case note(run: Identifier)
    /// With those that were given before.
    case tags(run: Identifier, inUse: [String])
    case parameters(column: Int)
    case repeatCount(column: Int)
    case saveColumnSet
    /// The name that it had before is empty where it had none.
    case nameBranch(moment: Identifier, before: String)
    case findMoment
    case nameSession(Identifier)
    case evaluationFile
    case findCase
    case trainingSetName, exampleFilter, exampleNumber
    case exampleTag(number: Int)
    /// The dataset that cases are added to.
    case caseFile
    /// The file that an answer goes to, with the answer.
    case copyToFile(String)

    /// Whether no text at all is an answer, too.
    var takesNothing: Bool {
      switch self {
      case .nameVersion, .noteVersion, .filterPassages, .nameColumn, .parameters, .repeatCount,
        .note, .tags, .nameBranch, .findCase, .exampleFilter:
        true
      case .openPrompt, .savePromptAs, .exportSession, .exportComparison, .importSession,
        .openDataset, .exampleFile, .importPrompt, .missedPassage, .saveColumnSet, .copyToFile,
        .findMoment, .nameSession, .evaluationFile, .caseFile, .trainingSetName, .exampleNumber,
        .exampleTag:
        false
      }
    }

    /// Whether it stays open until what it says, or the file that it names, was read: one that can't
    /// be keeps what was typed.
    var staysUntilRead: Bool {
      switch self {
      case .openPrompt, .openDataset, .importPrompt, .filterPassages, .parameters, .repeatCount,
        .evaluationFile, .exampleFilter:
        true
      case .savePromptAs, .exportSession, .exportComparison, .importSession, .exampleFile,
        .nameVersion, .noteVersion, .missedPassage, .nameColumn, .saveColumnSet, .copyToFile,
        .note, .tags, .nameBranch, .findMoment, .nameSession, .findCase, .caseFile,
        .trainingSetName,
        .exampleNumber, .exampleTag:
        false
      }
    }
  }

  public var purpose: Purpose
  public var editor: Editor

  /// - Parameter text: an answer to begin with; the cursor stands at its end.
  public init(_ purpose: Purpose, text: String = "") {
    self.purpose = purpose
    editor = Editor(text)
    editor.move(.textEnd)
  }

  public var title: String {
    switch purpose {
    case .openPrompt: "Open the prompt file"
    case .openDataset: "Take the cases from (CSV, JSONL, JSON, YAML)"
    case .savePromptAs: "Save the prompt as"
    case .exportSession: "Export the session to (.jsonl, .md, .html, .cast, .svg)"
    case .exportComparison: "Export the comparison to (.html, .md, .svg)"
    case .importSession: "Import sessions from"
    case .nameVersion: "Name of the version"
    case .noteVersion: "Note on the version"
    case .note: "Note on the answer"
    case .tags(_, let inUse):
      inUse.isEmpty
        ? "Tags of the answer, with commas between"
        : "Tags, with commas between (Tab completes: \(inUse.prefix(3).joined(separator: ", ")))"
    case .exampleFile: "Take examples from the file"
    case .importPrompt: "Import the prompt from"
    case .copyToFile: "Write the answer to"
    case .filterPassages: "Only passages of"
    case .nameColumn(let column): "Name of \(Column.letter(of: column))"
    case .parameters(let column):
      "Parameters of \(Column.letter(of: column)), as in temperature=1 top_p=.9"
    case .repeatCount(let column):
      "How often \(Column.letter(of: column)) asks, up to \(Variant.repeatCounts.upperBound)"
    case .saveColumnSet: "Save the columns as"
    case .nameBranch: "Name of the branch"
    case .findMoment: "Find a moment"
    case .nameSession: "Name of the session"
    case .evaluationFile: "Run the evaluation of the file"
    case .findCase: "Only cases with"
    case .trainingSetName: "Name of the training set"
    case .exampleFilter: "Only examples that fit"
    case .exampleNumber: "Go to the example with the number"
    case .exampleTag(let number): "Tag of example \(Numbers.grouped(number)); -tag takes it away"
    case .caseFile: "Add the case to the dataset (.jsonl)"
    case .missedPassage: "Why not? A file, file:line or a phrase"
    }
  }
}
