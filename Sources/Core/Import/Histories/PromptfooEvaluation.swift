// An evaluation of promptfoo, as `promptfoo eval --output results.json` writes it: cases are moments
// of the session, and prompts with their providers are its columns. Files of version 3 have
// `results.prompts`, those before have the same in `results.table.head`.

/// Reads an evaluation.
public struct PromptfooEvaluation {
  private let results: [PromptfooResult]
  /// Prompts as they were written, by their columns.
  private let prompts: [JSON]
  private let configuration: JSON
  private var session: Session
  private let place: String

  /// Whether a value is an evaluation with its results.
  public static func isOne(_ value: JSON) -> Bool { !items(of: summary(of: value)).isEmpty }

  /// Whether a value is a document that has results in the form of an evaluation, be they none.
  public static func isWhole(_ value: JSON) -> Bool {
    let summary = summary(of: value)
    return summary["results"]?.array != nil || summary["table"]?["body"]?.array != nil
  }

  /// The session that an evaluation is. Throws `ImportError` where it has no result.
  ///
  /// - Parameters:
  ///   - name: what it is called unless it has a description.
  ///   - place: what notes call it.
  ///   - time: when it was made, in seconds since 1970, where it doesn't tell.
  public static func session(
    of json: JSON, name: String, place: String, at time: Double
  ) throws(ImportError) -> ImportedSession {
    let summary = summary(of: json)
    let evaluation = PromptfooEvaluation(
      id: (json["evalId"] ?? json["id"])?.string, items: items(of: summary),
      prompts: (summary["prompts"] ?? summary["table"]?["head"]?["prompts"])?.array ?? [],
      configuration: json["config"] ?? .null, name: name,
      createdAt: (summary["timestamp"] ?? json["metadata"]?["evaluationCreatedAt"])?.importedTime,
      else: time, place: place)
    return try evaluation.imported()
  }

  /// - Parameters:
  ///   - id: promptfoo's; nil where the file has none.
  ///   - createdAt: in seconds since 1970, where it is known, or else `time`.
  public init(
    id: String?, items: [JSON], prompts: [JSON], configuration: JSON, name: String,
    createdAt: Double?, else time: Double, place: String
  ) {
    results = items.map(PromptfooResult.init)
    self.prompts = prompts
    self.configuration = configuration
    self.place = place
    let key = id ?? "\(createdAt ?? 0) \(items.first?.text ?? "")"
    session = Session(
      id: ImportedIdentifier.of("promptfoo", key),
      name: ImportedSession.name(configuration["description"]?.string ?? "", else: name),
      createdAt: createdAt ?? time)
  }

  private static func summary(of value: JSON) -> JSON {
    if let inner = value["results"], inner.object != nil { return inner }
    return value["version"] != nil || value["stats"] != nil ? value : .null
  }

  private static func items(of summary: JSON) -> [JSON] {
    let results = (summary["results"]?.array ?? []).filter { $0.object != nil }
    return results.isEmpty ? cells(of: summary["table"] ?? .null) : results
  }

  /// The cells of a table, which is all that some older files have, as results.
  private static func cells(of table: JSON) -> [JSON] {
    let names = (table["head"]?["vars"]?.array ?? []).compactMap(\.string)
    let prompts = table["head"]?["prompts"]?.array ?? []
    return (table["body"]?.array ?? []).enumerated().flatMap { row, line in
      let values = line["vars"]?.array ?? []
      let variables = JSON.object(
        JSON.Object(zip(names, values).map { JSON.Object.Member(name: $0, value: $1) }))
      return (line["outputs"]?.array ?? []).enumerated().map { column, cell -> JSON in
        var object = cell.object ?? ["text": cell]
        object["testIdx"] = .integer(row)
        object["promptIdx"] = .integer(column)
        object["vars"] = variables
        if object["provider"] == nil, prompts.indices.contains(column) {
          object["provider"] = prompts[column]["provider"]
        }
        return .object(object)
      }
    }
  }

  // MARK: The session

  /// Throws `ImportError` where there is no result.
  public func imported() throws(ImportError) -> ImportedSession {
    guard !results.isEmpty else { throw ImportError("\(place): it holds no result.") }
    var notes: [ImportNote] = []
    let columns = columns()
    let tooMany = results.count { (columns[$0.columnKey] ?? 0) >= Self.mostColumns }
    if tooMany > 0 {
      notes.append(
        ImportNote(place, "\(tooMany) results are beyond column \(Self.mostColumns), and left out"))
    }
    let cases = order(of: results.map(\.testCase))
    var seen: [String: Int] = [:]
    let placed = results.map { result -> Placed in
      let column = columns[result.columnKey] ?? 0
      let key = "\(result.testCase) \(result.columnKey)"
      defer { seen[key, default: 0] += 1 }
      return Placed(
        result: result, testCase: result.testCase, row: result.row ?? cases[result.testCase] ?? 0,
        column: column, occurrence: seen[key] ?? 0)
    }
    .filter { $0.column < Self.mostColumns }
    .sorted { ($0.row, $0.occurrence, $0.column) < ($1.row, $1.occurrence, $1.column) }
    let templates = templates(columns: placed)
    return ImportedSession(session, count: placed.count, notes: notes) { [self] number in
      answer(placed[number], templates)
    }
  }

  private struct Placed {
    var result: PromptfooResult
    var testCase: String
    var row: Int
    var column: Int
    /// Counted from 0 among the results of the same case and column.
    var occurrence: Int
  }

  private static let mostColumns = 256

  /// The columns by their keys: by promptfoo's own numbers, or in the order in which they come.
  private func columns() -> [String: Int] {
    let named = results.allSatisfy { $0.column != nil }
    guard named else { return order(of: results.map(\.columnKey)) }
    return results.reduce(into: [:]) { $0[$1.columnKey] = max(0, $1.column ?? 0) }
  }

  private func order(of keys: [String]) -> [String: Int] {
    keys.reduce(into: [:]) { places, key in
      if places[key] == nil { places[key] = places.count }
    }
  }

  private func answer(_ placed: Placed, _ templates: [Int: String]) -> ImportedAnswer {
    let (result, column) = (placed.result, placed.column)
    var answer = result.imported(
      as: ImportedIdentifier.of(
        session.id, placed.testCase, result.columnKey, "\(placed.occurrence)"))
    answer.batch = ImportedIdentifier.of(session.id, placed.testCase, "\(placed.occurrence)")
    answer.column = column
    answer.promptText = templates[column]
    answer.parameters = parameters(of: result.provider)
    var variant = Variant(answer.model, parameters: answer.parameters, context: .none)
    variant.name = name(of: result, column)
    answer.variant = variant
    return answer
  }

  /// What a column is called: as a person called its provider, and its prompt where there are
  /// several.
  private func name(of result: PromptfooResult, _ column: Int) -> String {
    let labels = Set(prompts.compactMap { ($0["label"] ?? $0["display"])?.string })
    let label = prompts.indices.contains(column) ? prompts[column]["label"]?.string : nil
    let parts = [
      result.provider.label == result.provider.id ? "" : result.provider.label,
      labels.count > 1 ? label ?? result.promptLabel : "",
    ]
    let name = parts.filter { !$0.isEmpty }.joined(separator: " · ")
    return name.isEmpty ? "" : ImportedSession.name(name, else: "")
  }

  /// The prompts as prompt files, by their columns.
  private func templates(columns: [Placed]) -> [Int: String] {
    var templates: [Int: String] = [:]
    for column in Set(columns.map(\.column)) where prompts.indices.contains(column) {
      guard let raw = prompts[column]["raw"]?.string else { continue }
      let read = PromptfooPrompts(raw, name: "promptfoo", place: "promptfoo", isSplit: false)
      templates[column] = read.conversations.first?.promptText
    }
    return templates
  }

  /// The settings of a provider in the evaluation's configuration.
  private func parameters(of provider: (id: String, label: String)) -> Parameters {
    let entries = configuration["providers"]?.array ?? []
    let entry = entries.first { entry in
      (!provider.label.isEmpty && entry["label"]?.string == provider.label)
        || entry["id"]?.string == provider.id
    }
    return ImportedMessages.parameters(entry?["config"] ?? .null)
  }
}
