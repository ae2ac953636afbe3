import Retrieval

// What a run of indexing did, as `whet index add` says it.

extension IndexReport {
  /// `3 added, 1 changed, 40 unchanged, 0 removed`
  var summary: String {
    "\(added) added, \(changed) changed, \(unchanged) unchanged, \(removed) removed"
  }

  /// A line for each reason for which something was left out, and for the fields of rows.
  var details: [String] { fieldLines + skippedLines + skippedRowLines }

  private var fieldLines: [String] {
    Dictionary(grouping: fields, by: \.summary).sorted { $0.key < $1.key }.map { summary, files in
      "rows of \(Self.names(files.map(\.path))): \(summary)"
    }
  }

  private var skippedLines: [String] {
    Dictionary(grouping: skipped, by: \.reason).sorted { $0.key.rawValue < $1.key.rawValue }
      .map { reason, files in
        "skipped \(files.count): \(reason) (\(Self.names(files.map(\.path))))"
      }
  }

  private var skippedRowLines: [String] {
    skippedRows.prefix(Self.shownRows).map { rows in
      let first = rows.count == 1 ? "line" : "first on line"
      return "skipped \(rows.count) \(rows.count == 1 ? "row" : "rows") of \(rows.path): "
        + "\(rows.reason) (\(first) \(rows.firstLine))"
    }
      + (skippedRows.count > Self.shownRows
        ? ["skipped rows of \(skippedRows.count - Self.shownRows) files more"] : [])
  }

  private static let shownRows = 20

  private static func names(_ paths: [String]) -> String {
    paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? ", …" : "")
  }
}
