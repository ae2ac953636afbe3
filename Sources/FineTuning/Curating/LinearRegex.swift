// A regular expression whose time grows with the text and not beyond: all ways through it are followed
// at once (Thompson, "Regular expression search algorithm", CACM 11(6), 1968), so that no pattern and
// no text take for ever. It says whether there is a match, and not where.

/// A compiled regular expression: texts, `.`, classes, `\d \w \s \b` and their opposites, groups, `|`,
/// `* + ? {m,n}`, `^ $` at the text's ends. References back and looks around are refused.
public struct LinearRegex: Hashable, Sendable {
  /// As it was written.
  public let pattern: String
  public let ignoresCase: Bool
  private let program: Program

  /// Throws for what is no such expression, and for one of more than 2,000 steps.
  public init(_ pattern: String, ignoresCase: Bool = false) throws(LinearRegexError) {
    self.pattern = pattern
    self.ignoresCase = ignoresCase
    var reader = LinearRegexReader(pattern, ignoresCase: ignoresCase)
    program = Program(try reader.whole())
  }

  public static func == (a: Self, b: Self) -> Bool {
    a.pattern == b.pattern && a.ignoresCase == b.ignoresCase
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(pattern)
    hasher.combine(ignoresCase)
  }

  /// Whether it matches anywhere in a text.
  public func matches(_ text: String) -> Bool {
    var search = Search(program)
    return search.run(text)
  }
}

/// Why a pattern is refused, and at which of its characters, from 0.
public struct LinearRegexError: Error, Hashable, Sendable {
  public let problem: String
  public let place: Int
}

/// What a pattern is made of.
indirect enum RegexNode {
  case nothing
  case scalars(ScalarClass)
  case start, end
  case wordEdge(Bool)
  case sequence([RegexNode])
  case either([RegexNode])
  /// At least so often; nil for at most as often as one likes.
  case repeated(RegexNode, Int, Int?)
}

/// Some of Unicode's scalars.
struct ScalarClass {
  var ranges: [ClosedRange<UInt32>] = []
  var isOpposite = false

  func contains(_ scalar: UInt32) -> Bool {
    ranges.contains { $0.contains(scalar) } != isOpposite
  }

  static let digit = ScalarClass(ranges: [0x30...0x39])
  /// Letters, digits and the underscore of ASCII, as JavaScript has it.
  static let word = ScalarClass(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = ScalarClass(ranges: [
    0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2000...0x200A, 0x2028...0x2029, 0x3000...0x3000,
  ])
  static let lineEnd = ScalarClass(ranges: [0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029])

  var opposite: ScalarClass { ScalarClass(ranges: ranges, isOpposite: !isOpposite) }

  /// All that it is not, or is, as ranges alone.
  var plainRanges: [ClosedRange<UInt32>] {
    guard isOpposite else { return ranges }
    var plain: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { plain.append(next...range.lowerBound - 1) }
      next = max(next, range.upperBound + 1)
    }
    if next <= 0x10FFFF { plain.append(next...0x10FFFF) }
    return plain
  }
}

/// The steps of a pattern; each goes on to the next unless it says otherwise.
private struct Program {
  enum Step {
    case scalars(ScalarClass)
    case start, end
    case wordEdge(Bool)
    case jump(Int)
    case split(Int, Int)
    case match
  }

  private(set) var steps: [Step] = []
  /// Whether a match can begin with an ASCII scalar; those of other script always may.
  private(set) var begins = [Bool](repeating: false, count: 128)
  /// Whether every match begins with a scalar, so that others may be passed over.
  private(set) var canSkip = true

  init(_ node: RegexNode) {
    add(node)
    steps.append(.match)
    findBeginnings()
  }

  private mutating func add(_ node: RegexNode) {
    switch node {
    case .nothing: break
    case .scalars(let scalars): steps.append(.scalars(scalars))
    case .start: steps.append(.start)
    case .end: steps.append(.end)
    case .wordEdge(let isEdge): steps.append(.wordEdge(isEdge))
    case .sequence(let nodes): for node in nodes { add(node) }
    case .either(let nodes):
      var ends: [Int] = []
      for node in nodes.dropLast() {
        let split = steps.count
        steps.append(.match)
        add(node)
        ends.append(steps.count)
        steps.append(.match)
        steps[split] = .split(split + 1, steps.count)
      }
      if let last = nodes.last { add(last) }
      for end in ends { steps[end] = .jump(steps.count) }
    case .repeated(let node, let least, let most):
      for _ in 0..<least { add(node) }
      guard let most else {
        let split = steps.count
        steps.append(.match)
        add(node)
        steps.append(.jump(split))
        steps[split] = .split(split + 1, steps.count)
        return
      }
      var splits: [Int] = []
      for _ in least..<most {
        splits.append(steps.count)
        steps.append(.match)
        add(node)
      }
      for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
  }

  private mutating func findBeginnings() {
    var seen = Set<Int>()
    var left = [0]
    while let place = left.popLast() {
      guard seen.insert(place).inserted else { continue }
      switch steps[place] {
      case .scalars(let scalars):
        for scalar in 0..<128 where scalars.contains(UInt32(scalar)) { begins[scalar] = true }
      case .start, .end, .wordEdge, .match: canSkip = false
      case .jump(let target): left.append(target)
      case .split(let one, let other): left += [one, other]
      }
    }
  }
}

/// One search: the places in the program that all ways have come to.
private struct Search {
  private let program: Program
  /// The steps that are next, before what costs no scalar was followed.
  private var threads: [Int] = []
  /// The steps that wait for a scalar.
  private var places: [Int] = []
  private var stack: [Int] = []
  private var round = 0
  /// In which round a step was last come to; it is followed once a round.
  private var rounds: [Int]

  init(_ program: Program) {
    self.program = program
    rounds = [Int](repeating: 0, count: program.steps.count)
  }

  mutating func run(_ text: String) -> Bool {
    var before: UInt32?
    for scalar in text.unicodeScalars {
      let value = scalar.value
      defer { before = value }
      if threads.isEmpty, program.canSkip, value < 128, !program.begins[Int(value)] { continue }
      if follow(between: before, and: value) { return true }
      threads.removeAll(keepingCapacity: true)
      for place in places {
        if case .scalars(let scalars) = program.steps[place], scalars.contains(value) {
          threads.append(place + 1)
        }
      }
    }
    return follow(between: before, and: nil)
  }

  /// Follows all steps that take no scalar, between two of them; true where that ends in a match.
  private mutating func follow(between before: UInt32?, and after: UInt32?) -> Bool {
    round += 1
    places.removeAll(keepingCapacity: true)
    // Each place may be the first of a match.
    stack = threads + [0]
    while let place = stack.popLast() {
      guard rounds[place] != round else { continue }
      rounds[place] = round
      switch program.steps[place] {
      case .match: return true
      case .scalars: places.append(place)
      case .start: if before == nil { stack.append(place + 1) }
      case .end: if after == nil { stack.append(place + 1) }
      case .wordEdge(let isEdge):
        if (Self.isWord(before) != Self.isWord(after)) == isEdge { stack.append(place + 1) }
      case .jump(let target): stack.append(target)
      case .split(let one, let other):
        stack.append(one)
        stack.append(other)
      }
    }
    return false
  }

  private static func isWord(_ scalar: UInt32?) -> Bool {
    scalar.map(ScalarClass.word.contains) ?? false
  }
}
