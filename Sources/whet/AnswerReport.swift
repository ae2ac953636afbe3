import Core

// What there is to say of an answer beside its text.

enum AnswerReport {
  /// Prints what else an answer holds: refusal and tool calls where answers go, how it ended where
  /// errors go.
  static func printRest(of answer: Answer, name: String? = nil) {
    if !answer.text.isEmpty, !answer.text.hasSuffix("\n") { Console.write("\n") }
    if !answer.refusal.isEmpty { Console.line("refused: \(answer.refusal)") }
    for call in answer.toolCalls { Console.line("\(call.name)(\(call.arguments))") }
    guard let reason = answer.finishReason, reason != .stop, reason != .toolCalls,
      !Console.isOutputRefused
    else { return }
    let subject = name.map { "\($0): " } ?? ""
    Console.complain("whet: \(subject)\(reason.rawValue)" + (answer.error.map { ": \($0)" } ?? ""))
  }
}
