import Core
import Evaluation

// Whether an answer is JSON, or holds some, and whether that is what a schema describes.

extension AssertionCheck {
  /// `is-json`: the whole answer is JSON, and as the schema asks where there is one.
  func isJSON() throws(GradingError) -> Verdict {
    let schema = try schema()
    do throws(JSONError) {
      let value = try JSON(parsing: output)
      guard let mismatch = schema.flatMap({ value.mismatches(with: $0, limit: 1).first }) else {
        return Verdict(true, schema == nil ? "It is JSON." : "It is JSON of the schema.")
      }
      return Verdict(false, "It is JSON, but not of the schema: \(mismatch).")
    } catch {
      return Verdict(false, "It is no JSON: \(error).")
    }
  }

  /// `contains-json`: any object in it, be there text around it, is as the schema asks.
  func containsJSON() throws(GradingError) -> Verdict {
    let schema = try schema()
    let objects = JSONObjects.found(in: output)
    guard !objects.isEmpty else { return Verdict(false, "It contains no JSON object.") }
    guard let schema else { return Verdict(true, "It contains a JSON object.") }
    let mismatches = objects.map { $0.mismatches(with: schema, limit: 1).first }
    if mismatches.contains(nil) {
      return Verdict(true, "It contains a JSON object of the schema.")
    }
    let first = mismatches.compactMap { $0 }.first.map { ": \($0)" } ?? ""
    return Verdict(false, "It contains a JSON object, but none of the schema\(first).")
  }

  /// The value as a schema: as it is, or as JSON or YAML in a text; nil for none.
  private func schema() throws(GradingError) -> JSON? {
    switch assertion.value {
    case nil, .null, .string(""): return nil
    case .object, .bool: return assertion.value
    case .string(let text):
      guard let yaml = try? YAML(parsing: text), case .object = yaml.json else {
        throw error("has a value that is no JSON schema: write it as an object")
      }
      return yaml.json
    default: throw error("has a value that is no JSON schema: write it as an object")
    }
  }
}

/// The objects that stand in a text, with anything around them.
enum JSONObjects {
  /// Bytes that are looked at before the search ends: braces without end would take for ever.
  private static let most = 4 << 20

  /// From left to right; none of them within another.
  static func found(in text: String) -> [JSON] {
    let bytes = Array(text.utf8)
    var objects: [JSON] = []
    var looked = 0
    var start = 0
    while start < bytes.count, looked < most {
      guard bytes[start] == UInt8(ascii: "{") else {
        start += 1
        continue
      }
      let end = end(ofObjectAt: start, in: bytes)
      looked += (end ?? bytes.count) - start
      if let end, let object = try? JSON(parsing: bytes[start..<end]) {
        objects.append(object)
        start = end
      } else {
        start += 1
      }
    }
    return objects
  }

  /// After the brace that closes the one at `start`; those in strings don't count.
  private static func end(ofObjectAt start: Int, in bytes: [UInt8]) -> Int? {
    var depth = 0
    var isInString = false
    var place = start
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\\") where isInString: place += 1
      case UInt8(ascii: "\""): isInString.toggle()
      case UInt8(ascii: "{") where !isInString: depth += 1
      case UInt8(ascii: "}") where !isInString:
        depth -= 1
        if depth == 0 { return place + 1 }
      default: break
      }
      place += 1
    }
    return nil
  }
}
