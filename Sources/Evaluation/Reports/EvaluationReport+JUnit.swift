import Core

// A report as CI servers read it: JUnit's XML
// (https://github.com/testmoapp/junitxml). A wrong answer is a failure, what could not be measured an
// error. XML 1.0 has no sign for most control characters: they become U+FFFD.

extension EvaluationReport {
  public func writeJUnit(_ piece: (String) throws -> Void) rethrows {
    try piece("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    try piece("<testsuites name=\"\(record.name.xml)\">\n")
    for figures in figures {
      let results = record.results.filter { $0.variant == figures.variant }
      let seconds = results.reduce(0) { $0 + $1.milliseconds } / 1000
      try piece(
        "  <testsuite name=\"\(figures.variant.xml)\" tests=\"\(results.count)\" "
          + "failures=\"\(figures.failed)\" errors=\"\(figures.unmeasured)\" "
          + "time=\"\(Numbers.fixed(seconds, digits: 3))\">\n")
      for result in results { try write(result, piece) }
      try piece("  </testsuite>\n")
    }
    try piece("</testsuites>\n")
  }

  private func write(
    _ result: EvaluationResult, _ piece: (String) throws -> Void
  ) rethrows {
    let number = record.repeatCount > 1 ? " #\(result.repetition)" : ""
    let head =
      "    <testcase classname=\"\(result.variant.xml)\" name=\"\((result.caseID + number).xml)\" "
      + "time=\"\(Numbers.fixed(result.milliseconds / 1000, digits: 3))\""
    if result.grade?.passed == true {
      try piece(head + "/>\n")
      return
    }
    let reason = result.firstReason ?? "The score is below the threshold."
    let element = result.grade == nil ? "error" : "failure"
    let reasons = (result.grade?.assertions ?? []).flatMap(\.withMembers).filter { !$0.passed }
      .map { "\($0.type): \($0.reason)" }.joined(separator: "\n")
    try piece(
      head + ">\n      <\(element) message=\"\(reason.xml)\">\(reasons.xml)</\(element)>\n"
        + "      <system-out>\(result.output.xml)</system-out>\n    </testcase>\n")
  }
}

extension String {
  /// The text as XML 1.0 can hold it, between tags and in attributes.
  var xml: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\t", "\n", "\r": text += "&#\(scalar.value);"
      case "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
        text.unicodeScalars.append(scalar)
      default: text += "\u{FFFD}"
      }
    }
    return text
  }
}
