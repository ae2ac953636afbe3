import Core

// The Doctor part of the wire view: what there is to notice in a stream.

extension WireText {
  /// What the stream doctor found; nil while it has not looked yet.
  ///
  /// - Parameter width: cells.
  public init(_ findings: [StreamFinding]?, width: Int) {
    self.init(width: width)
    guard let findings else {
      add("The stream is being looked at…", .note)
      return
    }
    if findings.isEmpty { add("Nothing out of the ordinary was met in this stream.", .note) }
    for (place, finding) in findings.enumerated() {
      if place > 0 { add("", .note) }
      add(finding.sentence, .body)
      let count = finding.count == 1 ? "once" : "\(finding.count) times, first"
      add(
        "row \(finding.row) of docs/streams.md · \(count) at \(WireTime.stamp(finding.time))", .note
      )
    }
  }
}
