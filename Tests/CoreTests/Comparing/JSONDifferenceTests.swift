import RandomSource
import Testing

@testable import Core

@Suite("JSON compared by value")
struct JSONDifferenceTests {
  /// `path: old -> new`, a change a line.
  private func changes(_ old: String, _ new: String) throws -> [String] {
    let difference = JSONDifference(from: try JSON(parsing: old), to: try JSON(parsing: new))
    return difference.changes.map {
      "\($0.path): \($0.old?.text ?? "nothing") -> \($0.new?.text ?? "nothing")"
    }
  }

  @Test("The order of members and the spelling of numbers are no difference")
  func same() throws {
    #expect(
      try changes(#"{"a":1,"b":{"x":[1.0,2e1]}}"#, #"{"b":{"x":[1,20]},"a":1.00}"#).isEmpty)
    #expect(try changes(#"{"a":1,"a":2}"#, #"{"a":2}"#).isEmpty)
    #expect(try changes("[-0.0]", "[0]").isEmpty)
  }

  @Test("What is another value, new or gone is told with its path")
  func members() throws {
    #expect(
      try changes(
        #"{"refund":{"days":30,"cash":true},"note":"x"}"#,
        #"{"refund":{"days":14,"in full":null}, "note":"x"}"#) == [
          ".refund.cash: true -> nothing", ".refund.days: 30 -> 14",
          #".refund."in full": nothing -> null"#,
        ])
    #expect(try changes("[1]", #"{"a":1}"#) == [#".: [1] -> {"a":1}"#])
    #expect(try changes(#"{"1a":"1"}"#, #"{"1a":1}"#) == [#"."1a": "1" -> 1"#])
  }

  @Test("Items that are there in both are laid beside each other, whatever was put before them")
  func items() throws {
    #expect(try changes("[1,2,3]", "[0,1,2,3]") == ["[0]: nothing -> 0"])
    #expect(try changes("[1,2,3]", "[1,3]") == ["[1]: 2 -> nothing"])
    #expect(
      try changes(#"[{"id":1,"n":"a"},{"id":2,"n":"b"}]"#, #"[{"n":"x","id":1},{"id":2,"n":"b"}]"#)
        == [#"[0].n: "a" -> "x""#])
    #expect(try changes("[1,2]", "[2,1]").count == 2)
  }

  @Test("Two spellings of one character are two values, and two names")
  func spellings() throws {
    #expect(try changes("[\"caf\u{E9}\"]", "[\"cafe\u{301}\"]").count == 1)
    #expect(try changes("{\"\u{E9}\":1}", "{\"e\u{301}\":1}").count == 2)
  }

  @Test("The answer's JSON is its whole text, or its first block of code that is JSON")
  func answers() {
    let value: JSON = ["a": 1]
    #expect(JSON(ofAnswer: " {\"a\": 1}\n") == value)
    #expect(JSON(ofAnswer: "Here it is:\n\n```json\n{\"a\": 1}\n```\nDone.") == value)
    #expect(JSON(ofAnswer: "```sh\nls [a]\n```\n~~~\n{\"a\": 1}\n~~~") == value)
    #expect(JSON(ofAnswer: "```json\n{\"a\": 1}") == value)
    #expect(JSON(ofAnswer: "```json\r\n{\"a\": 1}\r\n```\r\n") == value)
    #expect(JSON(ofAnswer: "42") == nil)
    #expect(JSON(ofAnswer: "It is {\"a\": 1}.") == nil)
    #expect(JSON(ofAnswer: "") == nil)
  }

  @Test(
    "No changes are found exactly where values are the same, and applying them gives the new one")
  func applying() {
    var random = SeededRandom(seed: 66)
    for _ in 0..<400 {
      let old = Self.value(depth: 3, &random)
      let new = Bool.random(using: &random) ? Self.value(depth: 3, &random) : Self.shuffled(old)
      let difference = JSONDifference(from: old, to: new)
      #expect(difference.isEmpty == (Self.sorted(old) == Self.sorted(new)))
      // Of objects alone, every change can be applied at its path.
      let values = [Self.leaves(of: old), Self.leaves(of: new)]
      guard values[0] != nil, values[1] != nil else { continue }
      var applied = values[0] ?? [:]
      for change in difference.changes {
        let path = change.path == "." ? "" : change.path
        applied = applied.filter { $0.key != path && !$0.key.hasPrefix(path + ".") }
        if let new = change.new {
          for (rest, leaf) in Self.leaves(of: new) ?? [:] { applied[path + rest] = leaf }
        }
      }
      #expect(applied == values[1])
    }
  }

  /// Objects of objects and numbers, and now and then an array.
  private static func value(depth: Int, _ random: inout SeededRandom) -> JSON {
    guard depth > 0, Int.random(in: 0..<5, using: &random) > 0 else {
      return .integer(Int.random(in: 0..<3, using: &random))
    }
    let count = Int.random(in: 0...3, using: &random)
    if Int.random(in: 0..<6, using: &random) == 0 {
      return .array((0..<count).map { _ in value(depth: depth - 1, &random) })
    }
    return .object(
      JSON.Object(
        (0..<count).map { .init(name: "m\($0)", value: value(depth: depth - 1, &random)) }))
  }

  private static func shuffled(_ value: JSON) -> JSON {
    guard case .object(let object) = value else { return value }
    return .object(
      JSON.Object(object.members.reversed().map { .init(name: $0.name, value: shuffled($0.value)) })
    )
  }

  private static func sorted(_ value: JSON) -> JSON {
    switch value {
    case .object(let object):
      .object(
        JSON.Object(
          object.members.sorted { $0.name < $1.name }.map {
            .init(name: $0.name, value: sorted($0.value))
          }))
    case .array(let items): .array(items.map(sorted))
    default: value
    }
  }

  /// The values of objects in objects by their paths, empty objects left out; nil where there is an
  /// array.
  private static func leaves(of value: JSON) -> [String: JSON]? {
    switch value {
    case .array: return nil
    case .object(let object):
      var all: [String: JSON] = [:]
      for member in object.members {
        guard let below = leaves(of: member.value) else { return nil }
        for (path, leaf) in below { all[".\(member.name)\(path)"] = leaf }
      }
      return all
    default: return ["": value]
    }
  }
}
