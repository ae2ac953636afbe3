import CVectors

// Vectors in a byte a dimension. How far the codes are from the vector is kept with them, so that a
// scan of the codes can tell for sure which vectors need no second look.

extension [Float] {
  /// The vector of length 1 in its direction; nil when it has none: all zeros, or not all numbers.
  var normalized: [Float]? {
    let length = vectors_dot(self, self, count).squareRoot()
    guard length > 0, length.isFinite else { return nil }
    return map { Float(Double($0) / length) }
  }
}

/// A vector of length 1, or of zeros, as 8-bit codes.
struct CodedVector {
  /// Each code times this is about the vector's value.
  var scale: Float
  /// The length of what the codes leave out.
  var error: Float
  var codes: [Int8]

  init(_ vector: [Float]) {
    let coded = Codes<Int8>(vector, largest: 127)
    (scale, error, codes) = (coded.scale, coded.error, coded.codes)
  }
}

/// A query's vector in 16-bit codes, as `vectors_dot_codes` takes it.
struct CodedQuery {
  var scale: Float
  var error: Float
  /// Padded with zeros to the stride of the rows.
  var codes: [Int16]

  init(_ vector: [Float], stride: Int) {
    // No sum of so many products with codes up to 127 leaves 32 bits.
    let largest = min(Int(Int16.max), Int(Int32.max) / (127 * Swift.max(stride, 1)))
    let coded = Codes<Int16>(vector, largest: Float(largest))
    (scale, error) = (coded.scale, coded.error)
    codes = coded.codes + Array(repeating: 0, count: stride - vector.count)
  }
}

private struct Codes<Code: FixedWidthInteger> {
  var scale: Float
  var error: Float
  var codes: [Code]

  init(_ vector: [Float], largest: Float) {
    scale = (vector.lazy.map(abs).max() ?? 0) / largest
    // A scale that underflows codes as zeros; the error says what that leaves out.
    let factor = scale.isNormal ? 1 / scale : 0
    codes = vector.map { Code(Swift.max(-largest, Swift.min(largest, ($0 * factor).rounded()))) }
    var squares = 0.0
    for (value, code) in zip(vector, codes) {
      let rest = Double(value) - Double(scale) * Double(code)
      squares += rest * rest
    }
    error = Float(squares.squareRoot()).nextUp
  }
}
