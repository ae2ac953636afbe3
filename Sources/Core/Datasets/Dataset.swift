// Cases to try a prompt on, and what is expected of each. Values only: DatasetReader makes them of
// a file's text, and nothing here ever changes that file.

/// The cases of a file.
public struct Dataset: Hashable, Sendable {
  /// The file's name, for titles and messages.
  public let name: String
  /// In the order of the file.
  public let cases: [DatasetCase]
  /// The variables that any case gives, in the order in which they first come.
  public let variables: [String]

  public init(name: String, cases: [DatasetCase]) {
    self.name = name
    self.cases = cases
    var seen: Set<String> = []
    variables = cases.flatMap { $0.values.members.map(\.name).filter { seen.insert($0).inserted } }
  }

  /// The variables of the cases that a prompt with these variables doesn't take.
  public func unused(by variables: [String]) -> [String] {
    let taken = Set(variables)
    // What a flat record expects stands among its values too, and is no mistake there.
    return self.variables.filter { !taken.contains($0) && !DatasetCase.expectedNames.contains($0) }
  }
}

/// One set of values for a prompt's variables.
public struct DatasetCase: Hashable, Sendable {
  /// What the file calls it.
  public var name: String?
  /// By variables, in the order of the file.
  public var values: JSON.Object
  /// What a good answer is or holds.
  public var expected: JSON?
  /// All else that the file says of it: tags, assertions.
  public var metadata: JSON.Object

  public init(
    name: String? = nil, values: JSON.Object, expected: JSON? = nil, metadata: JSON.Object = [:]
  ) {
    self.name = name
    self.values = values
    self.expected = expected
    self.metadata = metadata
  }

  /// What members and columns are called that hold what is expected; the first that is there counts.
  static let expectedNames = ["expected", "output"]
}

/// Why a dataset can't be read, said so that a person can find the place and mend it.
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as it was named to the reader.
  public let name: String
  /// Counted from 1; nil where the whole file is meant.
  public let line: Int?
  /// Unicode scalars from the start of the line, counted from 1; nil when the line says enough.
  public let column: Int?
  public let problem: String

  public init(name: String, line: Int? = nil, column: Int? = nil, problem: String) {
    self.name = name
    self.line = line
    self.column = column
    self.problem = problem
  }

  public var description: String {
    ([name] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
      + ": \(problem)"
  }
}
