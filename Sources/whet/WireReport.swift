import Completion
import Core
import Playground
import Runtime

// What went over the wire for a run, as `--wire` prints it: each request as a curl command, every
// event with its time, and what the stream doctor noticed. The lines are those of the wire view.

struct WireReport {
  private let events: [TimedWireEvent]
  private let catalog: ModelCatalog
  private let findings: [StreamFinding]

  init(of run: HeadlessRun.Finished, catalog: ModelCatalog) {
    self.init(run.wire, of: run.request.model, catalog: catalog)
  }

  /// - Parameter catalog: what is known of models and of servers, whose keys the commands may read.
  init(_ events: [TimedWireEvent], of model: ModelReference, catalog: ModelCatalog) {
    self.events = events
    self.catalog = catalog
    findings = StreamDoctor.examine(
      events, contextWindow: catalog.profile(of: model).contextWindow)
  }

  private func curlCommand(for request: SentRequest) -> String {
    request.curlCommand { catalog.isKept($0, for: request) }
  }

  /// Prints it with `print`, a line or a command of several lines a time.
  func print(_ print: (String) -> Void) {
    var previous: SentRequest?
    for request in requests {
      print(request == previous ? "# The same request again." : curlCommand(for: request))
      previous = request
    }
    for row in WireRows(events, width: Self.width).rows(from: .start, height: .max) {
      let time = row.time.map(WireTime.stamp) ?? ""
      let indent = String(repeating: " ", count: max(0, Self.timeWidth - time.count))
      print("\(indent)\(time)  \(row.pieces.map(\.text).joined())")
    }
    for row in WireText(findings, width: Self.width).rows where !row.text.isEmpty {
      print(row.kind == .note ? "        \(row.text)" : "doctor: \(row.text)")
    }
  }

  /// No line of a file is too long.
  private static let width = 1 << 20
  private static let timeWidth = 9

  private var requests: [SentRequest] {
    events.compactMap { if case .request(let request) = $0.event { request } else { nil } }
  }

  /// `requests` with the command for each, `events` as in a session file, and `findings`.
  var json: JSON {
    [
      "requests": .array(
        requests.map { request in
          var object = request.json.object ?? JSON.Object()
          object["curl"] = .string(curlCommand(for: request))
          return .object(object)
        }),
      "events": .array(events.map(\.json)),
      "findings": .array(
        findings.map { finding in
          [
            "row": .integer(finding.row), "sentence": .string(finding.sentence),
            "count": .integer(finding.count), "at_ms": .number(finding.time),
          ]
        }),
    ]
  }
}
