import Core

// All that an evaluation is to do, read from its file and from the command line, before anything is
// sent.

/// Cases, variants and how they are to be asked.
public struct EvaluationPlan: Hashable, Sendable {
  /// What the evaluation is called.
  public var name: String
  /// The file that it was read from, from the root; what it names is relative to its folder. Nil for
  /// one that was put together on a command line.
  public var path: String?
  public var cases: [EvaluationCase]
  public var variants: [EvaluationVariant]
  /// How often each variant is asked each case.
  public var repeatCount = 1
  /// Requests in flight at most, over all servers.
  public var mostRequests = Self.usualRequests
  /// The model that judges where an assertion names none; nil for none.
  public var judge: ModelReference?
  /// Whose vectors tell how similar texts are; nil for the built-in one.
  public var embedder: String?
  /// The folders or files of documents that indexes are made of before anything is searched, by the
  /// indexes' names.
  public var documents: [String: String] = [:]
  /// A file of recorded answers, from the root, which stand in for servers; nil for none.
  public var answers: String?
  /// What of the file is not carried out, and why.
  public var omissions: [String] = []

  public static let usualRequests = 64

  public init(
    name: String, path: String? = nil, cases: [EvaluationCase], variants: [EvaluationVariant]
  ) {
    self.name = name
    self.path = path
    self.cases = cases
    self.variants = variants
  }

}

extension EvaluationPlan {
  /// The folder of its file; the working one where there is none.
  public var folder: String {
    path.flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } } ?? "."
  }

  /// How many answers there are to be.
  public var cellCount: Int { cases.count * variants.count * repeatCount }

  /// Where an answer belongs.
  public struct Place: Hashable, Sendable {
    /// The places of the case and of the variant, from 0.
    public var testCase: Int
    public var variant: Int
    /// From 1.
    public var repetition: Int

    public init(testCase: Int, variant: Int, repetition: Int) {
      self.testCase = testCase
      self.variant = variant
      self.repetition = repetition
    }
  }

  /// The place of the answer of a number, from 0: case by case, so that all variants are as far as each
  /// other whenever it is stopped.
  public func place(of number: Int) -> Place {
    Place(
      testCase: number / (repeatCount * variants.count),
      variant: number / repeatCount % variants.count, repetition: number % repeatCount + 1)
  }

  /// The number of the answer that belongs to a place.
  public func number(of place: Place) -> Int {
    (place.testCase * variants.count + place.variant) * repeatCount + place.repetition - 1
  }

  /// By what it is known that a plan is the same: its cases, variants and repeats.
  public var hash: String {
    ContentHash.of(
      JSON.array([
        .array(cases.map(\.json)), .array(variants.map(\.json)), .integer(repeatCount),
      ]).text)
  }
}
