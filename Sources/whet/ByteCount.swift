import ArgumentParser

// Sizes of files, as they are given on the command line.

/// A number of bytes, written as `16MB`, `500kB`, `1GB`, or in bytes; a thousand is 1024 here.
struct ByteCount: ExpressibleByArgument {
  var bytes: Int

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0,
      let shift = Self.shifts[argument.dropFirst(digits.count).lowercased()]
    else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  private static let shifts = [
    "": 0, "b": 0, "k": 10, "kb": 10, "m": 20, "mb": 20, "g": 30, "gb": 30,
  ]
}
