// A run as a list shows it: nothing of it needs the run's text or its raw stream.

import Core

public struct RunSummary: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// Somebody writes it: this program or another.
    case streaming
    /// It has no end, and its writer is gone.
    case interrupted
    case ended(FinishReason)

    /// Nil while it streams.
    public var finishReason: FinishReason? {
      switch self {
      case .ended(let reason): reason
      case .interrupted: .interrupted
      case .streaming: nil
      }
    }
  }

  public var id: Identifier
  public var session: Identifier
  /// The run that this one was made from. It may be missing from the store, and nothing keeps a
  /// file that was imported from naming runs as each other's parents.
  public var parent: Identifier?
  /// Shared by the runs that were started together.
  public var batch: Identifier
  /// The hash of its prompt's text; nil where that wasn't counted yet.
  public var version: String?
  /// Which step of a chain it is, from 1; nil for a prompt that has no steps.
  public var step: Int?
  /// Which one it is of the runs of a variant that is repeated, from 1; nil where it isn't.
  public var repetition: Int?
  /// Seconds since 1970.
  public var startedAt: Double
  /// From 0.
  public var column: Int
  public var model: ModelReference
  public var state: State
  /// The beginning of the output; empty until the run has ended, or when there was none.
  public var firstLine: String
  /// Nil until the run has ended, as is all of `timing`.
  public var usage: Usage?
  public var timing: Timing
  /// Unknown, too, until the run has ended.
  public var cost: Cost
  public var rating: Rating?
  public var remark: Remark

  /// At most this many characters of the output are kept for lists.
  static let longestFirstLine = 200

  static func firstLine(of answer: Answer) -> String {
    let output = answer.text.isEmpty ? answer.refusal : answer.text
    let line = output.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
    return line.map { String($0.prefix(longestFirstLine)) } ?? ""
  }
}
