// The rule about files of plain text that begin like a prompt with settings, and whose settings are
// sent as text. A rule of Markdown with prose after it says nothing.

extension LintedPrompt {
  var frontMatterFindings: [LintFinding] {
    guard let unreadFront, unreadFront.beginsWithKey else { return [] }
    return [
      LintFinding(
        .warning, .frontMatter, line: unreadFront.firstLine,
        "the lines between '---' are text, which models are sent: none of their keys is a prompt's "
          + "setting, such as 'model' or 'config', and the file is one of plain text; a .prompt file "
          + "may have any keys")
    ]
  }
}
