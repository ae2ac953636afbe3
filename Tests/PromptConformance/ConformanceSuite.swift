import Core
import Foundation

// What prompts must come to, as files that any program of the dotprompt format can be held to: a list
// of templates, each with cases of data and options, and what is expected of them.

/// A template of a conformance file, and its cases.
public struct ConformanceSuite: Sendable {
  public let name: String
  public let template: String
  /// Texts that are given with the options.
  public let partials: JSON.Object
  /// Texts that stand in files beside the prompt.
  public let files: [String: String]
  public let cases: [ConformanceCase]

  /// The files that are beside the tests of this room.
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "CoreTests/Prompts/Conformance").path

  /// The names of the files, without their ending.
  public static let fileNames: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

  /// The suites of a file.
  public static func suites(in file: String) throws -> [ConformanceSuite] {
    let text = try String(contentsOfFile: "\(folder)/\(file).yaml", encoding: .utf8)
    return (try YAML(parsing: text).json.array ?? []).map(ConformanceSuite.init)
  }

  private init(_ json: JSON) {
    name = json["name"]?.string ?? ""
    template = json["template"]?.string ?? ""
    partials = json["partials"]?.object ?? [:]
    files = (json["resolverPartials"]?.object ?? [:]).members.reduce(into: [:]) {
      $0[$1.name] = $1.value.string
    }
    var options = JSON.Object()
    for key in ["schemas", "tools", "partials"] { options[key] = json[key] }
    cases = (json["tests"]?.array ?? []).map { test in
      ConformanceCase(
        name: test["desc"]?.string ?? "",
        data: (json["data"] ?? [:]).with(test["data"]),
        options: JSON.object(options).with(test["options"]), expected: test["expect"] ?? [:])
    }
  }
}

/// One set of data with what is expected of it.
public struct ConformanceCase: Sendable {
  public let name: String
  /// `{"input"?, "context"?, "messages"?, "docs"?}`.
  public let data: JSON
  /// Defaults, with `schemas`, `tools` and `partials` beside them.
  public let options: JSON
  private let expected: JSON

  fileprivate init(name: String, data: JSON, options: JSON, expected: JSON) {
    self.name = name
    self.data = data
    self.options = options
    self.expected = expected
  }

  /// What is wrong with a result, a sentence each; empty when it is as expected.
  ///
  /// `config` and `ext` are empty where nothing is said of them; of `raw` and `input` only what is
  /// expected is looked at.
  public func differences(from result: JSON) -> [String] {
    var names = ["messages", "config", "ext"]
    for member in (expected.object?.members ?? []) + (result.object?.members ?? [])
    where !names.contains(member.name) {
      if ["raw", "input"].contains(member.name), expected[member.name] == nil { continue }
      names.append(member.name)
    }
    return names.compactMap { name in
      let isEmptyByDefault = name == "config" || name == "ext"
      let wanted = expected[name] ?? (isEmptyByDefault ? [:] : .null)
      let found = result[name] ?? .null
      guard wanted.canonical != found.canonical else { return nil }
      return "\(name) is \(found.text), but \(wanted.text) was expected"
    }
  }
}

extension JSON {
  /// Members of another object in place of those by the same names.
  fileprivate func with(_ other: JSON?) -> JSON {
    var result = object ?? [:]
    for member in other?.object?.members ?? [] { result[member.name] = member.value }
    return .object(result)
  }

  /// The value with the members of its objects in order, and whole numbers written as such.
  fileprivate var canonical: JSON {
    switch self {
    case .number: integer.map(JSON.integer) ?? self
    case .array(let items): .array(items.map(\.canonical))
    case .object(let object):
      .object(
        Object(
          object.members.sorted { $0.name < $1.name }
            .map { member in
              var member = member
              member.value = member.value.canonical
              return member
            }))
    default: self
    }
  }
}
