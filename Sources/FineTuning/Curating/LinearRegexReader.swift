// Reads the text of a regular expression, in the words that JavaScript, Python and promptfoo share.

struct LinearRegexReader {
  private let scalars: [Unicode.Scalar]
  private let ignoresCase: Bool
  private var position = 0
  private var depth = 0
  /// Steps that the pattern comes to, with what is repeated written out.
  private static let mostSteps = 2_000
  private static let mostRepeats = 1_000
  private static let deepest = 50

  init(_ pattern: String, ignoresCase: Bool) {
    scalars = Array(pattern.unicodeScalars)
    self.ignoresCase = ignoresCase
  }

  mutating func whole() throws(LinearRegexError) -> RegexNode {
    let (node, _) = try either()
    if position < scalars.count { throw fail("a closing parenthesis has no opening one.") }
    return node
  }

  private func fail(_ problem: String) -> LinearRegexError {
    LinearRegexError(problem: problem, place: min(position, scalars.count))
  }

  private var peek: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    position += 1
    return true
  }

  private func counted(_ steps: Int) throws(LinearRegexError) -> Int {
    guard steps <= Self.mostSteps else {
      throw fail("it comes to more than \(Self.mostSteps) steps; repeat less.")
    }
    return steps
  }

  /// - Returns: with how many steps it comes to.
  private mutating func either() throws(LinearRegexError) -> (RegexNode, Int) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else {
      throw fail("more than \(Self.deepest) groups stand in each other.")
    }
    var nodes: [RegexNode] = []
    var steps = 0
    repeat {
      let (node, count) = try sequence()
      nodes.append(node)
      steps = try counted(steps + count + 2)
    } while take("|")
    return (nodes.count == 1 ? nodes[0] : .either(nodes), steps)
  }

  private mutating func sequence() throws(LinearRegexError) -> (RegexNode, Int) {
    var nodes: [RegexNode] = []
    var steps = 0
    while let scalar = peek, scalar != "|", scalar != ")" {
      let (node, count) = try repeated()
      nodes.append(node)
      steps = try counted(steps + count)
    }
    return (nodes.count == 1 ? nodes[0] : .sequence(nodes), steps)
  }

  private mutating func repeated() throws(LinearRegexError) -> (RegexNode, Int) {
    var (node, steps) = try atom()
    while let (least, most) = try bounds() {
      // Whether it takes as little as it can makes no difference to whether there is a match.
      _ = take("?")
      steps = try counted((steps + 1) * max(least, most ?? least + 1) + 1)
      node = .repeated(node, least, most)
    }
    return (node, steps)
  }

  private mutating func bounds() throws(LinearRegexError) -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    let start = position
    guard take("{") else { return nil }
    let least = number()
    var most = least
    if take(",") { most = number() }
    guard let least, take("}") else {
      // A brace that bounds nothing stands for itself.
      position = start
      return nil
    }
    guard least <= Self.mostRepeats, most ?? 0 <= Self.mostRepeats, least <= most ?? least else {
      throw fail("{m,n} takes numbers up to \(Self.mostRepeats), the smaller one first.")
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = peek, ("0"..."9").contains(scalar) {
      value = min((value ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
      position += 1
    }
    return value
  }

  private mutating func atom() throws(LinearRegexError) -> (RegexNode, Int) {
    guard let scalar = peek else { return (.nothing, 0) }
    position += 1
    switch scalar {
    case ".": return (.scalars(ScalarClass.lineEnd.opposite), 1)
    case "^": return (.start, 1)
    case "$": return (.end, 1)
    case "[": return (.scalars(try scalarClass()), 1)
    case "(": return try group()
    case "*", "+", "?":
      position -= 1
      throw fail("'\(scalar)' repeats nothing; write \\\(scalar) for the character.")
    case "\\":
      if take("b") { return (.wordEdge(true), 1) }
      if take("B") { return (.wordEdge(false), 1) }
      return (.scalars(try escaped()), 1)
    default: return (.scalars(literal(scalar)), 1)
    }
  }

  private mutating func group() throws(LinearRegexError) -> (RegexNode, Int) {
    if take("?") {
      guard take(":") else {
        throw fail("only groups as (…) and (?:…) are known: nothing looks ahead or back.")
      }
    }
    let result = try either()
    guard take(")") else { throw fail("a group has no closing parenthesis.") }
    return result
  }

  /// What a backslash makes of what follows it.
  private mutating func escaped() throws(LinearRegexError) -> ScalarClass {
    guard let scalar = peek else { throw fail("it ends with a backslash; write \\\\ for one.") }
    position += 1
    switch scalar {
    case "d": return .digit
    case "D": return .digit.opposite
    case "w": return .word
    case "W": return .word.opposite
    case "s": return .space
    case "S": return .space.opposite
    case "n": return literal("\n")
    case "r": return literal("\r")
    case "t": return literal("\t")
    case "f": return literal("\u{0C}")
    case "v": return literal("\u{0B}")
    case "x": return literal(try hexadecimal(digits: 2))
    case "u": return literal(try hexadecimal(digits: 4))
    case "0"..."9": throw fail("a reference back is not known.")
    case "a"..."z", "A"..."Z": throw fail("\\\(scalar) is not known.")
    default: return literal(scalar)
    }
  }

  private mutating func hexadecimal(digits: Int) throws(LinearRegexError) -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = peek.flatMap({ Character($0).hexDigitValue }) else {
        throw fail("\(digits) hexadecimal digits were expected.")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = Unicode.Scalar(value) else { throw fail("half a character stands there.") }
    return scalar
  }

  private func literal(_ scalar: Unicode.Scalar) -> ScalarClass {
    cased([scalar.value...scalar.value])
  }

  /// With letters in both cases, where that is asked for; of ranges, those of ASCII only.
  private func cased(_ ranges: [ClosedRange<UInt32>]) -> ScalarClass {
    guard ignoresCase else { return ScalarClass(ranges: ranges) }
    var all = ranges
    for range in ranges {
      if range.count == 1, let scalar = Unicode.Scalar(range.lowerBound) {
        for text in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
          if text.unicodeScalars.count == 1, let other = text.unicodeScalars.first {
            all.append(other.value...other.value)
          }
        }
      }
      for (letters, distance) in [(UInt32(0x41)...0x5A, Int64(32)), (0x61...0x7A, -32)] {
        let low = max(range.lowerBound, letters.lowerBound)
        let high = min(range.upperBound, letters.upperBound)
        guard low <= high else { continue }
        all.append(UInt32(Int64(low) + distance)...UInt32(Int64(high) + distance))
      }
    }
    return ScalarClass(ranges: all)
  }

  private mutating func scalarClass() throws(LinearRegexError) -> ScalarClass {
    let isOpposite = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while let scalar = peek, scalar != "]" || isFirst {
      isFirst = false
      let low = try member()
      guard low.count == 1, let start = low.first?.lowerBound, low[0].count == 1,
        position + 1 < scalars.count, peek == "-", scalars[position + 1] != "]"
      else {
        ranges += low
        continue
      }
      position += 1
      let high = try member()
      guard high.count == 1, high[0].count == 1, high[0].lowerBound >= start else {
        throw fail("a range of a class runs from the smaller character to the larger one.")
      }
      ranges.append(start...high[0].lowerBound)
    }
    guard take("]") else { throw fail("a class has no closing bracket.") }
    var result = cased(ranges)
    result.isOpposite = isOpposite
    return result
  }

  /// One member of a class: a character, or what an escape stands for.
  private mutating func member() throws(LinearRegexError) -> [ClosedRange<UInt32>] {
    guard let scalar = peek else { throw fail("a class has no closing bracket.") }
    position += 1
    guard scalar == "\\" else { return [scalar.value...scalar.value] }
    if take("b") { return [0x08...0x08] }
    return try escaped().plainRanges
  }
}
