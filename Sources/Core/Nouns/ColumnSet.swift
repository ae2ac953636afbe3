// Columns that are kept under a name, to be brought back for any prompt.

/// Variants side by side, under a name. It holds no key and no answer.
public struct ColumnSet: Hashable, Sendable {
  public var name: String
  /// From the left.
  public var variants: [Variant]

  public init(name: String, variants: [Variant]) {
    self.name = name
    self.variants = variants
  }
}
