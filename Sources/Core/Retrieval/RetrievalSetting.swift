// The settings of retrieval by their names, as command lines and the configuration file write them:
// one list for all, so that what can be said in one place can be said in the others.

/// A setting of retrieval that has a name.
public enum RetrievalSetting: String, Hashable, Sendable, CaseIterable {
  case limit = "k"
  case budget
  case method
  case embedder
  case fusion
  case vectorWeight = "vector-weight"
  case diversity
  case minimumScore = "min-score"
  case chunking
  case path
  case heading
  case page
  /// A field of the document and what it must be; may be said more than once.
  case metadata = "where"
  case reranker = "rerank"
  case rewriting = "rewrite"
  case rewriter = "rewrite-model"

  /// The setting of a name; words may be joined by `_` as well as by `-`.
  public init?(name: String) { self.init(rawValue: name.replacing("_", with: "-")) }

  /// Its name in the configuration file.
  public var configurationName: String { rawValue.replacing("-", with: "_") }

  /// What can be said, as a sentence goes on after "must be".
  public var expectation: String {
    switch self {
    case .limit: "a whole number from 1 to \(Self.limits.upperBound)"
    case .budget: "a whole number of tokens from 1 to \(Self.budgets.upperBound)"
    case .method: Self.listed(RetrievalSettings.Method.self)
    case .fusion: Self.listed(RetrievalSettings.Fusion.self)
    case .rewriting: Self.listed(RetrievalSettings.Rewriting.self)
    case .vectorWeight, .diversity: "a number from 0 to 1"
    case .minimumScore: "a number"
    case .chunking:
      "strategy-size-overlap, as in recursive-200-20; strategies are "
        + Self.listed(Chunking.Strategy.self)
    case .path: "a pattern of paths, as in 'docs/**/*.md'"
    case .heading: "words of a heading"
    case .page: "a page or a range of pages, as in 3-7"
    case .metadata: "field=value"
    case .embedder, .reranker, .rewriter: "provider/model"
    }
  }

  static let limits = 1...10_000
  /// What a budget of tokens may be.
  public static let budgets = 1...1_000_000

  private static func listed<Choice: RawRepresentable<String> & CaseIterable>(
    _ choices: Choice.Type
  ) -> String {
    let names = choices.allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }
}

/// Why a setting of retrieval can't be what was said, as a sentence.
public struct RetrievalSettingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

extension RetrievalSettings {
  /// Sets a setting to a value as a person writes it.
  public mutating func set(
    _ setting: RetrievalSetting, to text: String
  ) throws(RetrievalSettingError) {
    let wasSet: Bool
    switch setting {
    case .limit: wasSet = assign(Int(text), in: RetrievalSetting.limits, to: \.limit)
    case .budget: wasSet = assign(Int(text), in: RetrievalSetting.budgets, to: \.budget)
    case .method: wasSet = assign(Method(rawValue: text), to: \.method)
    case .fusion: wasSet = assign(Fusion(rawValue: text), to: \.fusion)
    case .rewriting: wasSet = assign(Rewriting(rawValue: text), to: \.rewriting)
    case .vectorWeight:
      let weight = Double(text).flatMap { 0...1 ~= $0 ? $0 : nil }
      wasSet = assign(weight, to: \.vectorWeight)
    case .diversity: wasSet = assign(Double(text), in: 0...1, to: \.diversity)
    case .minimumScore:
      let score = Double(text).flatMap { $0.isFinite ? $0 : nil }
      wasSet = assign(score, to: \.minimumScore)
    case .chunking: wasSet = assign(Chunking(text), to: \.chunking)
    case .path: wasSet = assign(text.isEmpty ? nil : text, to: \.filter.path)
    case .heading: wasSet = assign(text.isEmpty ? nil : text, to: \.filter.heading)
    case .page: wasSet = assign(Self.pages(text), to: \.filter.pages)
    case .embedder: wasSet = assign(ModelReference(text), to: \.embedder)
    case .reranker: wasSet = assign(ModelReference(text), to: \.reranker)
    case .rewriter: wasSet = assign(ModelReference(text), to: \.rewriter)
    case .metadata:
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      wasSet = parts.count == 2 && !parts[0].isEmpty
      if wasSet { filter.metadata[String(parts[0])] = String(parts[1]) }
    }
    guard wasSet else {
      throw RetrievalSettingError(
        description: "'\(setting.rawValue)' can't be '\(text)': it must be \(setting.expectation).")
    }
  }

  /// Sets what a list names: `k=10,chunking=recursive-200`. A piece without `=` belongs to the value
  /// before it.
  public mutating func set(_ list: String) throws(RetrievalSettingError) {
    var pairs: [(name: String, value: String)] = []
    for piece in list.split(separator: ",", omittingEmptySubsequences: false) {
      if let equals = piece.firstIndex(of: "="), equals != piece.startIndex {
        pairs.append((String(piece[..<equals]), String(piece[piece.index(after: equals)...])))
      } else if !pairs.isEmpty {
        pairs[pairs.count - 1].value += ",\(piece)"
      } else {
        throw RetrievalSettingError(
          description: "'\(list)' sets nothing: write name=value, as in k=10,method=bm25.")
      }
    }
    for (name, value) in pairs {
      guard let setting = RetrievalSetting(name: name) else {
        let known = RetrievalSetting.allCases.map(\.rawValue).joined(separator: ", ")
        throw RetrievalSettingError(
          description: "There is no setting '\(name)'; there are \(known).")
      }
      try set(setting, to: value)
    }
  }

  private mutating func assign<Value>(
    _ value: Value?, to path: WritableKeyPath<Self, Value>
  ) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  private mutating func assign<Value>(
    _ value: Value?, to path: WritableKeyPath<Self, Value?>
  ) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  private mutating func assign<Value: Comparable>(
    _ value: Value?, in range: ClosedRange<Value>, to path: WritableKeyPath<Self, Value>
  ) -> Bool {
    assign(value.flatMap { range.contains($0) ? $0 : nil }, to: path)
  }

  private static func pages(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count <= 2, let first = parts[0], let last = parts.last ?? first, 1 <= first,
      first <= last
    else { return nil }
    return first...last
  }
}

extension RetrievalSettings {
  /// The settings by their names, in the order of `RetrievalSetting`, as `set(_:to:)` takes them;
  /// those that were left open are left out.
  public var named: [(setting: RetrievalSetting, text: String)] {
    RetrievalSetting.allCases.flatMap { setting in
      texts(of: setting).map { (setting, $0) }
    }
  }

  private func texts(of setting: RetrievalSetting) -> [String] {
    let text: String? =
      switch setting {
      case .limit: "\(limit)"
      case .budget: "\(budget)"
      case .method: method?.rawValue
      case .fusion: fusion.rawValue
      case .vectorWeight: vectorWeight.map { "\($0)" }
      case .diversity: "\(diversity)"
      case .minimumScore: minimumScore.map { "\($0)" }
      case .chunking: chunking?.name
      case .path: filter.path
      case .heading: filter.heading
      case .page: filter.pages.map { "\($0.lowerBound)-\($0.upperBound)" }
      case .metadata: nil
      case .embedder: embedder?.description
      case .reranker: reranker?.description
      case .rewriter: rewriter?.description
      case .rewriting: rewriting.rawValue
      }
    if setting == .metadata {
      return filter.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
    return text.map { [$0] } ?? []
  }

  /// What sets these apart from others: `k=10,method=bm25`; `k=6` where nothing does.
  public func summary(besides others: RetrievalSettings = RetrievalSettings()) -> String {
    let known = Set(others.named.map { "\($0.setting.rawValue)=\($0.text)" })
    let different = named.map { "\($0.setting.rawValue)=\($0.text)" }.filter { !known.contains($0) }
    return different.isEmpty ? "k=\(limit)" : different.joined(separator: ",")
  }
}
