import Core
import RandomSource

// Files for training with faults whose consequences are known: each way of spoiling a line says which
// codes a validator must count for it, by the cookbook's rules and by today's.

/// A file, and what is wrong with it.
struct MalformedFile {
  var lines: [[UInt8]] = []
  /// The cookbook's codes, by its rules and by today's.
  var cookbook: [String: Int] = [:]
  var today: [String: Int] = [:]
  /// The codes of lines at which the cookbook's validator stops with an exception.
  var stops: [String: Int] = [:]

  var bytes: [UInt8] { lines.reduce(into: []) { $0 += $1 + [0x0A] } }

  /// So many files, each of them spoiled in other ways.
  static func corpus(count: Int, seed: UInt64) -> [MalformedFile] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      var file = MalformedFile()
      for line in 0..<Int.random(in: 1...12, using: &random) {
        // Every way comes in turn, so that none is left out by chance.
        let way =
          line == 0 ? number % Spoiling.count : Int.random(in: 0..<Spoiling.count, using: &random)
        var spoiling = Spoiling(random)
        spoiling.spoil(way)
        random = spoiling.random
        file.lines.append(spoiling.line)
        file.cookbook.merge(spoiling.cookbook, uniquingKeysWith: +)
        file.today.merge(spoiling.today, uniquingKeysWith: +)
        if let stop = spoiling.stop { file.stops[stop, default: 0] += 1 }
      }
      return file
    }
  }
}

/// A line that is being spoiled.
private struct Spoiling {
  /// Of ways.
  static let count = 25

  var random: SeededRandom
  private var turns: [JSON.Object] = []
  /// The line, where it is no longer a list of turns.
  private var text: String?
  private var raw: [UInt8]?
  private(set) var cookbook: [String: Int] = [:]
  private(set) var today: [String: Int] = [:]
  private(set) var stop: String?

  init(_ random: SeededRandom) {
    self.random = random
    turns = [["role": "system", "content": "Be brief."]]
    for number in 0..<Int.random(in: 1...3, using: &self.random) {
      turns.append(["role": "user", "content": .string("What is \(number) times two?")])
      turns.append(["role": "assistant", "content": .string("It is \(number * 2), \"twice\".\n")])
    }
  }

  var line: [UInt8] {
    if let raw { return raw }
    if let text { return Array(text.utf8) }
    return Array(object.text.utf8)
  }

  private var object: JSON { ["messages": .array(turns.map(JSON.object))] }

  private mutating func expect(_ codes: String..., onlyCookbook: Bool = false) {
    for code in codes {
      cookbook[code, default: 0] += 1
      if !onlyCookbook { today[code, default: 0] += 1 }
    }
  }

  private mutating func pick<T>(_ items: [T]) -> T {
    items[Int.random(in: items.indices, using: &random)]
  }

  private mutating func value(_ values: JSON...) -> JSON { pick(values) }

  private mutating func place(of role: String? = nil) -> Int {
    pick(turns.indices.filter { role == nil || turns[$0]["role"]?.string == role })
  }

  /// Says that a turn has lost its role.
  private mutating func expectLostRole(_ place: Int, hadAnswers: Int) {
    let answers = turns.count { $0["role"] == "assistant" }
    if hadAnswers > 0, answers == 0 { expect("example_missing_assistant_message") }
  }

  mutating func spoil(_ way: Int) {
    let answers = turns.count { $0["role"] == "assistant" }
    switch way {
    case 0: break
    case 1:
      text = pick(["[1, 2]", "\"a text\"", "17", "-0.5e3", "null", "true", "[]"])
      expect("data_type")
    case 2:
      let value = pick(["null", "[]", "\"\"", "0", "0.0", "false", "{}"])
      text = "{\"messages\": \(value), \"other\": 1}"
      expect("missing_messages_list")
    case 3:
      text = pick(["{}", "{\"message\": []}", "{\"prompt\": \"a\", \"completion\": \"b\"}"])
      expect("missing_messages_list")
    case 4:
      let place = place()
      turns[place]["role"] = nil
      expect("message_missing_key", "unrecognized_role")
      expectLostRole(place, hadAnswers: answers)
    case 5:
      turns[place()]["content"] = nil
      expect("message_missing_key", "missing_content")
    case 6:
      let place = place()
      turns[place] = [:]
      expect("message_missing_key", "unrecognized_role", "missing_content")
      expectLostRole(place, hadAnswers: answers)
    case 7:
      // However many there are in a turn, they count once.
      let place = place()
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        turns[place][pick(["Content", "text", "id", "refusal", ""])] = "x"
      }
      expect("message_unrecognized_key")
    case 8:
      let place = place()
      turns[place]["role"] = value("assistent", "User", "", nil, 3, ["user"], "assistant ")
      expect("unrecognized_role")
      expectLostRole(place, hadAnswers: answers)
    case 9:
      let place = place(of: "system")
      turns[place]["role"] = value("tool", "developer")
      expect("unrecognized_role", onlyCookbook: true)
    case 10:
      turns[place()]["content"] = value(
        nil, "", 5, 0, true, false, ["text": "x"], [], 1.5)
      expect("missing_content")
    case 11:
      turns[place()]["content"] = [["type": "text", "text": "Parts are younger."]]
      expect("missing_content", onlyCookbook: true)
    case 12:
      // An empty text is one, beside a call.
      let place = place(of: "assistant")
      turns[place]["content"] = ""
      turns[place]["function_call"] = ["name": "f", "arguments": "{}"]
    case 13:
      let place = place(of: "assistant")
      turns[place]["content"] = .null
      turns[place]["function_call"] = ["name": "f", "arguments": "{}"]
      expect("missing_content", onlyCookbook: true)
    case 14:
      let place = place(of: "user")
      turns[place]["content"] = .null
      turns[place]["function_call"] = ["name": "f", "arguments": "{}"]
      expect("missing_content")
    case 15:
      let place = place(of: "assistant")
      turns[place]["tool_calls"] = [
        ["id": "1", "type": "function", "function": ["name": "f", "arguments": "{}"]]
      ]
      expect("message_unrecognized_key", onlyCookbook: true)
      if Bool.random(using: &random) {
        turns[place]["content"] = nil
        expect("message_missing_key", "missing_content", onlyCookbook: true)
      }
    case 16:
      turns.removeAll { $0["role"] == "assistant" }
      expect("example_missing_assistant_message")
    case 17:
      // Of a repeated name the last value holds.
      turns[0].members.insert(.init(name: "role", value: "nobody"), at: 0)
      turns[0].members.insert(.init(name: "content", value: .null), at: 0)
    case 18:
      text = object.text.replacing("\"role\"", with: "\"ro\\u006ce\"")
    case 19:
      // Faults of several turns add up.
      turns[0]["name"] = "x"
      turns[0]["extra"] = 1
      turns[1]["role"] = "friend"
      turns[1]["content"] = ""
      expect("message_unrecognized_key", "unrecognized_role", "missing_content")
    case 20:
      let line = line
      raw = Array(line.prefix(Int.random(in: 1..<line.count, using: &random)))
      stop = "not-json"
    case 21:
      var bytes = line
      bytes.insert(
        pick([0xFF, 0xC0, 0x80]), at: bytes.count - Int.random(in: 8...20, using: &random))
      raw = bytes
      stop = "bad-utf8"
    case 22:
      raw = Array(pick(["", "  ", "\t", "\r"]).utf8)
      stop = "blank-line"
    case 23:
      let turn = pick(["\"hello\"", "null", "7", "[\"role\", \"content\"]", "true"])
      text = object.text.replacing("{\"messages\":[", with: "{\"messages\":[\(turn),")
      stop = "message-type"
    default:
      text = "{\"messages\": \(pick(["\"hello\"", "5", "true", "{\"role\": \"user\"}"]))}"
      stop = "missing_messages_list"
    }
  }
}
