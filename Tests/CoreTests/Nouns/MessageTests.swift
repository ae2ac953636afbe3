import Testing

@testable import Core

@Suite struct MessageTests {
  @Test func aMessageReadsBackAsItWasWritten() throws {
    let messages = [
      Message(role: .user, text: "Hi"),
      Message(role: .user, parts: [.text("a")], metadata: ["purpose": "history"]),
      Message(
        role: .assistant,
        parts: [
          .text("a"), .media(url: "https://a.example/b", contentType: "image/png"),
          .media(url: "data:,x", contentType: nil), .section("code"), .text("b"),
        ], metadata: ["n": 1]),
    ]
    for message in messages {
      #expect(Message(json: try JSON(parsing: message.json.text)) == message)
    }
  }

  @Test func textAloneIsWrittenAsText() {
    #expect(
      Message(role: .user, text: "Hi").json == ["role": "user", "content": "Hi"])
  }

  @Test(arguments: [
    #"{"role":"user"}"#, #"{"role":"boss","content":"x"}"#, #"{"role":"user","content":[{"x":1}]}"#,
    #"{"role":"user","content":7}"#,
  ])
  func whatIsNoMessageIsNone(_ text: String) throws {
    #expect(Message(json: try JSON(parsing: text)) == nil)
  }

  @Test func aPictureCountsForTokensWhateverItsAddress() {
    let text = Message(role: .user, text: "a")
    var picture = text
    picture.parts.append(.media(url: String(repeating: "x", count: 100_000), contentType: nil))
    #expect(
      TokenEstimate.tokens(in: [picture]) == TokenEstimate.tokens(in: [text]) + 1000)
  }
}
