// Where a run comes from that whet has not made itself.

/// The program that a run was imported from, and what it says of the run.
public struct RunOrigin: Hashable, Sendable {
  /// `llm`, `promptfoo`, `chatgpt`, `openai`, or `messages` for lists that no program is known of.
  public var program: String
  /// What the run is called there; nil where it has no name.
  public var id: String?
  /// What is said of it there and has no place in a run, such as what it cost.
  public var details: JSON.Object

  public init(program: String, id: String? = nil, details: JSON.Object = [:]) {
    self.program = program
    self.id = id
    self.details = details
  }
}

extension RunOrigin {
  /// For a reader: `llm 01hx…: cost 0.002, cached true`.
  public var words: String {
    let details = details.members.map { member in
      "\(member.name.replacing("_", with: " ")) \(member.value.string ?? member.value.text)"
    }
    let name = [program, id ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    return details.isEmpty ? name : "\(name): \(details.joined(separator: ", "))"
  }

  /// `{"program", "id", "details"}`; the last two only where there is anything.
  var json: JSON {
    var object: JSON.Object = ["program": .string(program)]
    if let id { object["id"] = .string(id) }
    if !details.members.isEmpty { object["details"] = .object(details) }
    return .object(object)
  }

  /// The origin that such an object holds; nil when it names no program.
  init?(json: JSON) {
    guard let program = json["program"]?.string else { return nil }
    self.init(
      program: program, id: json["id"]?.string, details: json["details"]?.object ?? [:])
  }
}
