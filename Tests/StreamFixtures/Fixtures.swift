// The streams of all protocols together: what every test of streams goes through.

public let fixtures =
  chatCompletionsFixtures + chatServerFixtures + responsesFixtures + messagesFixtures
  + ollamaChatFixtures

/// An event whose data is one JSON text, named as its type is.
func typedEvent(_ data: String) -> String {
  let type = data.split(separator: "\"", maxSplits: 4).dropFirst(3).first ?? ""
  return "event: \(type)\ndata: \(data)\n\n"
}
