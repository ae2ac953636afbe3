import Core
import Evaluation
import Foundation

// Spider's own layout (https://yale-lily.github.io/spider) as a dataset: `dev.json` with the questions,
// `database/NAME/` with the database of each. Where that has several `.sqlite` files they are states of
// one database, as in the test suites of https://github.com/taoyds/test-suite-sql-eval.

/// Reads folders in the layout of Spider.
public enum SpiderFolder {
  /// Whether a folder looks like one: with databases, and a file of questions.
  public static func isOne(_ folder: String) -> Bool {
    (try? questions(in: folder)) != nil
  }

  /// A case of each question, held to what its gold query gives on all states of its database.
  ///
  /// Inputs are `question`, `db_id` and `schema`, the statements that made the database's tables. A
  /// case keeps its id wherever in the file it stands.
  ///
  /// - Throws: what is missing in the folder, or what of it can't be read.
  public static func cases(in folder: String) throws(DatasetError) -> [EvaluationCase] {
    let (file, questions) = try questions(in: folder)
    var databases: [String: Database] = [:]
    var counts: [String: Int] = [:]
    var cases: [EvaluationCase] = []
    for (index, item) in questions.enumerated() {
      guard let question = item["question"]?.string, let query = item["query"]?.string,
        let name = item["db_id"]?.string
      else {
        throw DatasetError(
          name: file, problem: "Question \(index + 1) has no question, query and db_id.")
      }
      if databases[name] == nil { databases[name] = try Database(name, in: folder) }
      guard let database = databases[name] else { continue }
      let hash = ContentHash.of("\(name)\n\(question)\n\(query)").prefix(10)
      counts["\(name)-\(hash)", default: 0] += 1
      let count = counts["\(name)-\(hash)"] ?? 1
      var assertion = Assertion("sql-execution", value: .string(query))
      assertion.config["database"] = .array(database.paths.map(JSON.string))
      cases.append(
        EvaluationCase(
          id: "spider-\(name)-\(hash)" + (count > 1 ? "-\(count)" : ""),
          inputs: [
            "question": .string(question), "db_id": .string(name),
            "schema": .string(database.schema),
          ],
          assertions: [assertion], expected: .string(query),
          tags: [name] + (item["sql"].flatMap(SpiderHardness.init(of:)).map { [$0.rawValue] } ?? [])
        ))
    }
    return cases
  }

  /// The file of questions, by name, and what it lists: `dev.json`, else the first that is one.
  private static func questions(in folder: String) throws(DatasetError) -> (String, [JSON]) {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard files.contains("database") else {
      throw DatasetError(
        name: folder, problem: "There is no folder database in it, with NAME/NAME.sqlite for each.")
    }
    let names = files.filter { $0.hasSuffix(".json") && $0 != "tables.json" }
      .sorted { ($0 == "dev.json" ? 0 : 1, $0) < ($1 == "dev.json" ? 0 : 1, $1) }
    for name in names {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      do {
        let items = try JSON(parsing: data).array ?? []
        if items.first?["question"] != nil, items.first?["query"] != nil { return (name, items) }
      } catch {
        guard name != "dev.json" else {
          throw DatasetError(name: name, problem: "It is no JSON: \(error).")
        }
      }
    }
    throw DatasetError(
      name: folder,
      problem: "There is no dev.json in it, a list of objects with question, query and db_id.")
  }

  /// A database of the folder, in one state or several.
  private struct Database {
    var paths: [String]
    var schema: String

    init(_ name: String, in folder: String) throws(DatasetError) {
      guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
        throw DatasetError(name: folder, problem: "'\(name)' can't be the db_id of a database.")
      }
      let folder = URL(filePath: folder).absoluteURL.path + "/database/" + name
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      paths = files.filter { $0.hasSuffix(".sqlite") }
        .sorted { ($0 == name + ".sqlite" ? 0 : 1, $0) < ($1 == name + ".sqlite" ? 0 : 1, $1) }
        .map { folder + "/" + $0 }
      guard let first = paths.first else {
        throw DatasetError(name: folder, problem: "There is no .sqlite file in it.")
      }
      do {
        schema = try DatabaseSchema.text(of: first)
      } catch {
        throw DatasetError(name: first, problem: "Its schema can't be read: \(error)")
      }
    }
  }
}
