// Whether two results are the same, as the published evaluators hold them to be
// (https://github.com/taoyds/test-suite-sql-eval, exec_eval.py, result_eq): rows are a bag, or a list
// where order counts; columns may come in any order, whatever their names. Pure.

/// Two results side by side: what was asked for, and what came.
struct ResultComparison {
  /// Why they differ, as a clause that a sentence can go on with; nil where they are the same.
  ///
  /// - Throws: `TooAlike` where it would take too long to find out which column is which.
  static func difference(
    of actual: SQLResult, from expected: SQLResult, isOrdered: Bool
  ) throws(TooAlike) -> String? {
    guard expected.rowCount > 0 || actual.rowCount > 0 else { return nil }
    guard actual.rowCount == expected.rowCount else {
      let counts =
        "\(rows(actual.rowCount)) instead of \(expected.rowCount == 0 ? "none" : "\(expected.rowCount)")"
      guard actual.columnCount == expected.columnCount, actual.rowCount > 0, expected.rowCount > 0
      else { return counts }
      return [counts, ResultDifference.ofBags(actual, expected)].compactMap(\.self)
        .joined(separator: "; ")
    }
    guard actual.columnCount == expected.columnCount else {
      return "\(columns(actual.columnCount)) instead of \(expected.columnCount)"
    }
    let matching = ColumnMatching(expected, actual)
    if isOrdered {
      if matching.isSameInOrder { return nil }
      if try matching.isSameBag() {
        return [
          "the rows are right, but their order is not", ResultDifference.ofRows(actual, expected),
        ]
        .compactMap(\.self).joined(separator: ": ")
      }
    } else if try matching.isSameBag() {
      return nil
    }
    return
      (isOrdered ? ResultDifference.ofRows(actual, expected) : nil)
      ?? ResultDifference.ofBags(actual, expected)
      ?? "the values of the columns belong together in other ways"
  }

  static func rows(_ count: Int) -> String {
    count == 0 ? "no rows" : count == 1 ? "1 row" : "\(count) rows"
  }

  private static func columns(_ count: Int) -> String {
    count == 1 ? "1 column" : "\(count) columns"
  }
}

/// Why two results could not be compared: too many of their columns are too much alike.
struct TooAlike: Error {}
