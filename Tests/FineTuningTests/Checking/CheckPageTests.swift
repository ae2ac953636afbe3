import FineTuning
import Foundation
import Testing

// The page of the checks names every code that there is.

@Suite struct CheckPageTests {
  @Test func `every code is on the page, with its severity`() throws {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: checkout.appending(path: "docs/fine-tuning-checks.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    func isTold(_ code: String, _ severity: FindingSeverity) -> Bool {
      rows.contains { row in
        let cells = row.split(separator: "|")
        return cells[0].contains("`\(code)`")
          && cells[1].trimmingCharacters(in: .whitespaces) == severity.title
      }
    }
    for code in FormatCode.allCases { #expect(isTold(code.rawValue, code.severity), "\(code)") }
    for kind in PrivateValue.Kind.allCases {
      #expect(isTold(kind.rawValue, kind.severity), "\(kind)")
    }
    for drift in StyleDrift.allCases {
      #expect(isTold(drift.rawValue, drift.severity), "\(drift)")
    }
    for kind in LikenessMatch.Kind.allCases {
      #expect(isTold(kind.rawValue, kind == .leak ? .error : .warning), "\(kind)")
    }
  }
}
