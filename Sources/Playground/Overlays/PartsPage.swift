import Core

// What the prompt's parts take, for a page that shows it.

/// The tokens of each part of the prompt.
public struct PartsPage: Hashable, Sendable {
  /// Nil while they are being counted.
  public internal(set) var parts: [PromptPart]?
  /// The first row that is shown.
  public var top = 0

  public init(parts: [PromptPart]?) { self.parts = parts }

  /// A row of the page.
  public enum Row: Hashable, Sendable {
    case part(PromptPart)
    case heading(String)
    case blank
  }

  /// The parts that make the whole, then what passages and values take of it.
  public var rows: [Row] {
    guard let parts else { return [] }
    let shares = parts.filter { $0.kind == .share }
    let rows = parts.filter { $0.kind == .whole }.map(Row.part)
    return shares.isEmpty
      ? rows
      : rows + [.blank, .heading("Of which, if it were left out:")] + shares.map(Row.part)
  }

  /// The whole prompt's tokens.
  public var total: Int { (parts ?? []).reduce(0) { $0 + ($1.kind == .whole ? $1.tokens : 0) } }
}
