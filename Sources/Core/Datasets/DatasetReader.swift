// Which format a dataset is in, and the limits that hold for all of them. Pure: it is given the
// text, and may take a while for a large one, so no loop calls it.

/// Reads the cases of a dataset from a file's text.
public enum DatasetReader {
  /// More cases are no use to page through by hand.
  public static let mostCases = 1_000_000

  /// The formats that datasets come in.
  enum Format {
    /// A header row, then a case a row.
    case csv
    /// A JSON object a line.
    case jsonLines
    /// A list of objects, or promptfoo's configuration with its `tests`.
    case json, yaml
  }

  /// The cases of a file; throws for a text that isn't of its format, and for one without cases.
  ///
  /// - Parameter name: the file's; its ending tells the format, else the text does.
  public static func dataset(of text: String, name: String) throws(DatasetError) -> Dataset {
    let cases =
      switch format(of: text, name: name) {
      case .csv: try CSVCases.cases(of: text, name: name)
      case .jsonLines: try JSONLinesCases.cases(of: text, name: name)
      case .json: try ListedCases.cases(ofJSON: text, name: name)
      case .yaml: try ListedCases.cases(ofYAML: text, name: name)
      }
    guard !cases.isEmpty else {
      throw DatasetError(
        name: name, problem: "there are no cases in it: add a row, or an object, for each")
    }
    return Dataset(name: name, cases: cases)
  }

  static func format(of text: String, name: String) -> Format {
    switch name.split(separator: ".").last?.lowercased() {
    case "csv", "tsv": return .csv
    case "jsonl", "ndjson": return .jsonLines
    case "json": return .json
    case "yaml", "yml": return .yaml
    default: break
    }
    let first = text.utf8.first { !($0 == UInt8(ascii: " ") || 0x09...0x0D ~= $0) }
    switch first {
    case UInt8(ascii: "["): return .json
    case UInt8(ascii: "{"): return .jsonLines
    case UInt8(ascii: "-"): return .yaml
    default: return .csv
    }
  }

  /// Throws where a file has more cases than can be held.
  static func check(count: Int, name: String, line: Int?) throws(DatasetError) {
    guard count <= mostCases else {
      throw DatasetError(
        name: name, line: line, problem: "over \(mostCases) cases: split the file")
    }
  }
}
