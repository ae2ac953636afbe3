// Parameters as a person writes them in one line: `temperature=1 top_p=.9 stop="\n\n"`.

/// A parameter that can be said in a line, by the name that a run keeps it under.
public enum Parameter: String, Hashable, Sendable, CaseIterable {
  case temperature
  case topP = "top_p"
  case topK = "top_k"
  case maxTokens = "max_tokens"
  /// May be said more than once.
  case stop
  case seed
  case frequencyPenalty = "frequency_penalty"
  case presencePenalty = "presence_penalty"
  case reasoningEffort = "reasoning_effort"
  case topLogprobs = "top_logprobs"
  case contextWindow = "context_window"

  /// The parameter of a name; words may be joined by `-` as well as by `_`.
  public init?(name: String) { self.init(rawValue: name.replacing("-", with: "_")) }

  /// What can be said, as a sentence goes on after "must be".
  public var expectation: String {
    switch self {
    case .temperature: "a number from 0 on"
    case .topP: "a number from 0 to 1"
    case .topK, .maxTokens, .contextWindow: "a whole number from 1 on"
    case .topLogprobs: "a whole number from 0 on"
    case .seed: "a whole number"
    case .frequencyPenalty, .presencePenalty: "a number"
    case .reasoningEffort: "a word, as in low, medium or high"
    case .stop: "a text, in quotes where it has spaces"
    }
  }
}

/// Why a line of parameters can't be read, as a sentence.
public struct ParameterError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

extension Parameters {
  /// Parameters as a line sets them, name=value with spaces between; none in an empty line.
  public init(line: String) throws(ParameterError) {
    self.init()
    for word in line.words {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw ParameterError(
          description: "'\(word)' sets nothing: write name=value, as in temperature=1 top_p=0.9.")
      }
      let name = String(word[..<equals])
      guard let parameter = Parameter(name: name) else {
        let known = Parameter.allCases.map(\.rawValue).joined(separator: ", ")
        throw ParameterError(description: "There is no parameter '\(name)'; there are \(known).")
      }
      let text = String(word[word.index(after: equals)...])
      guard set(parameter, to: text.unquoted ?? text) else {
        throw ParameterError(
          description: "'\(parameter.rawValue)' can't be '\(text)': it must be "
            + "\(parameter.expectation).")
      }
    }
  }

  /// Sets a parameter to a value as a person writes it; false, and nothing is set, where it can't be.
  private mutating func set(_ parameter: Parameter, to text: String) -> Bool {
    func number(_ range: ClosedRange<Double>) -> Double? {
      Double(text).flatMap { range.contains($0) ? $0 : nil }
    }
    func count(from least: Int) -> Int? { Int(text).flatMap { $0 >= least ? $0 : nil } }
    let greatest = Double.greatestFiniteMagnitude
    switch parameter {
    case .temperature: return assign(number(0...greatest), to: \.temperature)
    case .topP: return assign(number(0...1), to: \.topP)
    case .topK: return assign(count(from: 1), to: \.topK)
    case .maxTokens: return assign(count(from: 1), to: \.maxTokens)
    case .seed: return assign(Int(text), to: \.seed)
    case .frequencyPenalty: return assign(number(-greatest...greatest), to: \.frequencyPenalty)
    case .presencePenalty: return assign(number(-greatest...greatest), to: \.presencePenalty)
    case .reasoningEffort: return assign(text.isEmpty ? nil : text, to: \.reasoningEffort)
    case .topLogprobs: return assign(count(from: 0), to: \.topLogprobs)
    case .contextWindow: return assign(count(from: 1), to: \.contextWindow)
    case .stop:
      if !text.isEmpty { stop.append(text) }
      return !text.isEmpty
    }
  }

  private mutating func assign<Value>(
    _ value: Value?, to path: WritableKeyPath<Self, Value?>
  ) -> Bool {
    guard let value else { return false }
    self[keyPath: path] = value
    return true
  }

  /// Those that are set and have a name, each with its value as a line has it.
  public var named: [(parameter: Parameter, text: String)] {
    json.members.flatMap { member -> [(parameter: Parameter, text: String)] in
      guard let parameter = Parameter(rawValue: member.name) else { return [] }
      return (member.value.array ?? [member.value]).map { (parameter, Self.text(of: $0)) }
    }
  }

  /// The line that sets them.
  public var line: String {
    named.map { "\($0.parameter.rawValue)=\($0.text)" }.joined(separator: " ")
  }

  private static func text(of value: JSON) -> String {
    if let number = value.integer { return "\(number)" }
    guard let text = value.string, !text.isEmpty,
      text.allSatisfy({ $0.isLetter || $0.isNumber || $0.isPunctuation && $0 != "\"" })
    else { return value.text }
    return text
  }
}

extension String {
  /// Its words, parted by spaces; a stretch in double quotes is of one word.
  fileprivate var words: [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isEscaped = false
    for character in self {
      if character.isWhitespace, !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
        if character == "\"", !isEscaped { isQuoted.toggle() }
        isEscaped = character == "\\" && !isEscaped
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// What it says between double quotes, with the escapes of JSON; nil for what isn't in any.
  fileprivate var unquoted: String? {
    hasPrefix("\"") ? (try? JSON(parsing: self))?.string : nil
  }
}
