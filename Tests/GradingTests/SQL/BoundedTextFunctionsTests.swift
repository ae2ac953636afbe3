import GRDB
import RandomSource
import Testing

@testable import Grading

@Suite struct BoundedTextFunctionsTests {
  @Test func `text functions give what SQLite's own give`() throws {
    let fixture = try SQLFixture()
    let path = try fixture.database("CREATE TABLE t (a)")
    let sandbox = try SandboxedDatabase(DatabaseFile(path))
    let queue = try DatabaseQueue()
    var random = SeededRandom(seed: 5)
    let pieces = ["a", "b", "ab", "é", "漢", "", "aa", "%"]
    func text() -> String {
      let pieces = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      let text = "'" + pieces.joined() + "'"
      return [text, text, text, "CAST(\(text) AS BLOB)", "NULL", "12.5", "-7", "x'61c3'", "x''"]
        .randomElement(using: &random) ?? text
    }
    for _ in 0..<1500 {
      let call =
        [
          "instr(\(text()), \(text()))", "replace(\(text()), \(text()), \(text()))",
          "trim(\(text()), \(text()))", "ltrim(\(text()), \(text()))",
          "rtrim(\(text()), \(text()))", "printf('%5s|%-3d|%.2f|%%', \(text()), \(text()), 0.5)",
          "format('%*d %c %.3c', \(Int.random(in: -9...9, using: &random)), \(text()), 'ab', 'é')",
          "printf(\(text()))",
        ].randomElement(using: &random) ?? ""
      let query = "SELECT hex(\(call)), typeof(\(call))"
      let row = try queue.read { try Row.fetchOne($0, sql: query) }
      let own = try sandbox.result(of: query, limits: SQLLimits()).row(0)
      let expected = row.map { [$0[0] as String, $0[1] as String] } ?? []
      #expect(Array(own) == expected.map { SQLValue.text(Array($0.utf8)) }, "\(query)")
    }
  }
}
