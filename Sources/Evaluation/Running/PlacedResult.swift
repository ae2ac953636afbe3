// A result with its place, for what follows an evaluation on its way.

/// What came of one asking, and where it belongs.
public struct PlacedResult: Hashable, Sendable {
  public var place: EvaluationPlan.Place
  public var result: EvaluationResult

  public init(_ place: EvaluationPlan.Place, _ result: EvaluationResult) {
    self.place = place
    self.result = result
  }
}

extension EvaluationRecord {
  /// The results with their places; those of cases and variants that it doesn't have are left out.
  public var placedResults: [PlacedResult] {
    let casePlaces = Dictionary(
      cases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let variantPlaces = Dictionary(
      variants.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    return results.compactMap { result in
      guard let testCase = casePlaces[result.caseID], let variant = variantPlaces[result.variant],
        1...max(1, repeatCount) ~= result.repetition
      else { return nil }
      return PlacedResult(
        .init(testCase: testCase, variant: variant, repetition: result.repetition), result)
    }
  }
}
