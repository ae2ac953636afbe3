import Core
import Evaluation
import Foundation
import GRDB
import Grading

/// A folder with databases, which goes when it does.
final class SQLFixture {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "whet-sql-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Makes a database by SQL, and returns its path.
  @discardableResult func database(_ sql: String, named name: String = "a.sqlite") throws -> String
  {
    let path = folder + "/" + name
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
    return path
  }

  /// Grades by databases of the folder.
  func grade(
    _ predicted: String, gold: String, databases: [String] = ["a.sqlite"],
    config: JSON.Object = [:], by grader: SQLExecutionGrader = SQLExecutionGrader()
  ) throws(GradingError) -> (score: Double, reason: String) {
    var assertion = Assertion("sql-execution", value: .string(gold))
    assertion.config = config
    assertion.config["database"] = .array(databases.map(JSON.string))
    return try grader.grade(predicted: predicted, assertion: assertion, baseDirectory: folder)
  }
}
