// How each role looks.

/// A style for each role.
public struct Theme: Hashable, Sendable {
  public var name: String
  /// Whether it is made for a light background; the terminal's own stays as it is.
  public var isLight: Bool
  private var styles: [StyleRole: Style]

  public init(name: String, isLight: Bool = false, styles: [StyleRole: Style]) {
    self.name = name
    self.isLight = isLight
    self.styles = styles
  }

  /// The style of a role; plain for one that has none.
  public func style(_ role: StyleRole) -> Style { styles[role] ?? .plain }

  /// The look when no theme file can be read: the terminal's own colours, told apart by weight.
  public static let plain = Theme(
    name: "plain",
    styles: [
      .mutedText: Style(attributes: .dim), .border: Style(attributes: .dim),
      .focusedBorder: Style(attributes: .bold), .title: Style(attributes: .bold),
      .focusedTitle: Style(attributes: [.bold, .reverse]), .status: Style(attributes: .reverse),
      .statusKey: Style(attributes: [.reverse, .bold]), .hintKey: Style(attributes: .bold),
      .hintText: Style(attributes: .dim), .accent: Style(attributes: .bold),
      .warning: Style(attributes: .bold), .error: Style(attributes: [.bold, .underline]),
      .promptVariable: Style(attributes: .bold), .promptRole: Style(attributes: .bold),
      .promptComment: Style(attributes: .dim),
      .unknownVariable: Style(attributes: [.bold, .underline]),
      .frontMatter: Style(attributes: .dim), .matchingBrace: Style(attributes: .reverse),
      .match: Style(attributes: .underline), .currentMatch: Style(attributes: .reverse),
      .passageMatch: Style(attributes: .underline),
      .passageCut: Style(attributes: .dim), .columnModel: Style(attributes: .bold),
      .columnNumbers: Style(attributes: .dim), .bestNumber: Style(attributes: .bold),
      .addedWord: Style(attributes: .underline), .removedWord: Style(attributes: .dim),
      .thinking: Style(attributes: .dim),
      .unsupported: Style(attributes: .underline), .citationMisfit: Style(attributes: .reverse),
      .lit: Style(attributes: .bold), .answerCursor: Style(attributes: .reverse),
      .given: Style(attributes: .dim),
      .unlikely: Style(attributes: .reverse), .lessLikely: Style(attributes: .underline),
      .heading: Style(attributes: [.bold, .underline]), .minorHeading: Style(attributes: .bold),
      .link: Style(attributes: .underline), .address: Style(attributes: .dim),
      .answerBorder: Style(attributes: .dim), .tableHeader: Style(attributes: .bold),
      .refusal: Style(attributes: .underline), .selectedItem: Style(attributes: .reverse),
      .selection: Style(attributes: .reverse),
    ])
}
