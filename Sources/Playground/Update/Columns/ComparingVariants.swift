import Core

// What sets the columns apart, for their titles and the bar over them.

extension State {
  /// The variants of all columns side by side.
  public var variantComparison: VariantComparison {
    VariantComparison(columns.map(\.variant), on: comparisonGround)
  }

  var comparisonGround: VariantComparison.Ground {
    let labels = columns.compactMap(\.pinned?.version).map { ($0.hash, $0.label) }
    return VariantComparison.Ground(
      versionLabels: Dictionary(labels, uniquingKeysWith: { first, _ in first }),
      settings: searchSettings, index: context.index)
  }

  /// Whether the columns differ, and have something in common that is better said once.
  ///
  /// Asked for with every piece of a stream, so that it makes words only where it must.
  var wantsVariantBar: Bool {
    guard let first = columns.first?.variant,
      !columns.allSatisfy({ $0.variant.asksTheSame(as: first) })
    else { return false }
    if columns.allSatisfy({ $0.model == first.model }) { return true }
    let sayMore = columns.allSatisfy { !$0.variant.asksTheSame(as: Variant($0.model)) }
    return sayMore && !variantComparison.common.isEmpty
  }
}
