// What a piece of the screen is, whatever it looks like. Themes give each role a style; a role
// that a theme leaves out looks like the role before its last dot.

/// A role by its name in theme files, such as `border.focused`.
public enum StyleRole: String, Hashable, Sendable, CaseIterable {
  case text
  case mutedText = "text.muted"
  case border
  case focusedBorder = "border.focused"
  case title
  case focusedTitle = "title.focused"
  case status
  case statusKey = "status.key"
  case hintKey = "hint.key"
  case hintText = "hint.text"
  case accent
  case success
  case warning
  case error
  case promptVariable = "prompt.variable"
  case unknownVariable = "prompt.variable.unknown"
  case promptRole = "prompt.role"
  case promptComment = "prompt.comment"
  case frontMatter = "prompt.front"
  case frontMatterKey = "prompt.front.key"
  case matchingBrace = "prompt.brace"
  case match = "find.match"
  case currentMatch = "find.match.current"
  case passageNumber = "passage.number"
  case passageScore = "passage.score"
  case passageMatch = "passage.match"
  case passageCut = "passage.cut"
  case columnModel = "column.model"
  case columnNumbers = "column.numbers"
  case bestNumber = "column.numbers.best"
  case added = "diff.added"
  case addedWord = "diff.added.word"
  case removed = "diff.removed"
  case removedWord = "diff.removed.word"
  case unsupported = "support.none"
  case citationMisfit = "support.misfit"
  case lit = "support.lit"
  case unlikely = "probability.0"
  case lessLikely = "probability.1"
  case likely = "probability.2"
  case moreLikely = "probability.3"
  case nearlyCertain = "probability.4"
  case answerCursor = "answer.cursor"
  case given = "answer.given"
  case heading = "answer.heading"
  case minorHeading = "answer.heading.minor"
  case code = "answer.code"
  case quote = "answer.quote"
  case link = "answer.link"
  case address = "answer.link.address"
  case marker = "answer.marker"
  case answerBorder = "answer.border"
  case tableHeader = "answer.table"
  case jsonName = "answer.json.name"
  case jsonString = "answer.json.string"
  case jsonLiteral = "answer.json.literal"
  case jsonMark = "answer.json.mark"
  case thinking
  case refusal
  case overlay
  case selectedItem = "overlay.selected"
  case selection

  /// From the tokens that a model held for hardly likely to those that it was nearly certain of.
  static let probabilities: [StyleRole] = [
    .unlikely, .lessLikely, .likely, .moreLikely, .nearlyCertain,
  ]
}
