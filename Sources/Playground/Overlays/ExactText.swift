import Core

// What the prompt receives: its messages as they would be sent now, passages in their places, and
// above them what the passages were searched with.

/// The filled-in prompt, for reading and copying.
public struct ExactText: Hashable, Sendable {
  /// A stretch of it.
  public struct Section: Hashable, Sendable {
    /// A role, or what else it is.
    public var heading: String
    public var text: String
    /// Whether it is sent; else it is there to be known.
    public var isSent: Bool
  }

  public private(set) var sections: [Section] = []
  /// The sections with their headings, wrapped.
  public private(set) var text = WireText(width: 1)
  /// The first row that is shown.
  public internal(set) var top = 0

  /// - Parameter queries: what was searched with in place of the question.
  init(of prompt: PromptPane, passages: [Passage], queries: [String]) throws(PromptError) {
    guard case .prompt(let file) = prompt.reading else { return }
    if !queries.isEmpty {
      sections.append(
        Section(
          heading: "searched with", text: queries.joined(separator: "\n\n"), isSent: false))
    }
    for step in StepChain(file).rehearsal {
      let label = step.label.isEmpty ? "" : "step \(step.label): "
      for message in try prompt.fill(step.prompt, passages: passages).messages {
        sections.append(
          Section(heading: label + message.role.rawValue, text: message.shownText, isSent: true))
      }
    }
  }

  /// What is sent, each message below its role.
  public var copied: String {
    sections.filter(\.isSent).map { "\($0.heading):\n\($0.text)" }.joined(separator: "\n\n")
  }

  /// An estimate of what is sent.
  public var tokens: Int {
    sections.reduce(0) { $0 + ($1.isSent ? TokenEstimate.tokens(in: $1.text) : 0) }
  }

  mutating func layOut(in area: Rectangle) {
    text = WireText(width: area.width)
    for (place, section) in sections.enumerated() {
      text.add((place > 0 ? "\n" : "") + section.heading, .heading)
      text.add(section.text, section.isSent ? .body : .note)
    }
    scroll(.rows(0), height: area.height)
  }

  mutating func scroll(_ step: ScrollStep, height: Int) {
    top = step.top(from: top, of: text.rows.count, height: height)
  }
}

extension Message {
  /// Its parts for a reader: what isn't text stands in brackets.
  fileprivate var shownText: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .media(let url, _): "[media \(url.count > 80 ? url.prefix(79) + "…" : url)]"
      case .section(let name): "[section \(name)]"
      }
    }.joined()
  }
}
