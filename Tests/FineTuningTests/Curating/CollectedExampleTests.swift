// What runs come to as training examples, and what of them is told to be lost.

import Core
import FineTuning
import Testing

@Suite struct CollectedExampleTests {
  private func request(_ messages: [Message]? = nil, tools: [JSON] = []) -> CompletionRequest {
    var parameters = Parameters(temperature: 0.3)
    parameters.tools = tools
    return CompletionRequest(
      model: ModelReference(provider: "p", model: "m"),
      messages: messages ?? [
        Message(role: .system, text: "Be brief."), Message(role: .user, text: "hello"),
      ], parameters: parameters, question: "secret question",
      passages: [])
  }

  private func answer(
    _ text: String, thinking: String = "", finish: FinishReason = .stop, call: String? = nil
  ) -> Answer {
    var answer = Answer()
    if !thinking.isEmpty { answer.apply(.thinking(thinking), at: 1) }
    if !text.isEmpty { answer.apply(.text(text), at: 2) }
    if let call {
      answer.apply(
        .toolCall(ToolCallFragment(index: 0, id: "c", name: call, arguments: "{\"a\":1}")), at: 3)
    }
    answer.apply(.finish(finish), at: 4)
    return answer
  }

  @Test func `the messages and the answer are all that is taken`() throws {
    let collected = CollectedExample(request(), answer: answer("hi"))
    #expect(collected.losses.isEmpty)
    #expect(
      collected.example?.json.text
        == #"{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"hello"},"#
        + #"{"role":"assistant","content":"hi"}]}"#)
  }

  @Test func `thinking and sections are lost and told`() throws {
    let parts: [MessagePart] = [.text("hello"), .section("history")]
    let collected = CollectedExample(
      request([Message(role: .user, parts: parts)]), answer: answer("hi", thinking: "well"))
    #expect(collected.losses == [.thinking, .sections])
    #expect(collected.example?.json.text.contains("well") == false)
  }

  @Test func `a beginning that the model was given is no turn of its own`() throws {
    let begun = request().continuing("h")
    #expect(CollectedExample(begun, answer: answer("hi")).example?.input.count == 2)
  }

  @Test func `calls of tools are in the words of chat completions`() throws {
    let collected = CollectedExample(
      request(tools: [["name": "look", "parameters": [:]]]),
      answer: answer("", finish: .toolCalls, call: "look"))
    let example = try #require(collected.example)
    #expect(example.tools?[0]?["type"] == "function")
    #expect(example.tools?[0]?["function"]?["name"] == "look")
    #expect(example.answer[0].toolCalls?[0]?["function"]?["arguments"] == "{\"a\":1}")
    let corrected = CollectedExample(
      request(), answer: answer("", finish: .toolCalls, call: "look"), correction: "no")
    #expect(corrected.losses == [.callsBesideCorrection])
    #expect(corrected.example?.answer[0].text == "no")
  }

  @Test func `what can't be learned from is left out`() {
    let picture = Message(role: .user, parts: [.media(url: "data:x", contentType: nil)])
    let result = Message(role: .tool, text: "3")
    for (collected, loss) in [
      (CollectedExample(request([picture]), answer: answer("x")), CollectionLoss.media),
      (CollectedExample(request([result]), answer: answer("x")), .toolResults),
      (CollectedExample(request(), answer: answer("x", finish: .length)), .unfinished),
      (CollectedExample(request(), answer: answer("x", finish: .error)), .unfinished),
      (CollectedExample(request(), answer: answer(" \n")), .noAnswer),
      (CollectedExample(request(), answer: answer("x"), correction: " "), .noAnswer),
    ] {
      #expect(collected.example == nil && collected.losses == [loss])
      #expect(loss.takesAll)
    }
  }

  @Test func `a correction counts, however the answer ended`() {
    let collected = CollectedExample(
      request(), answer: answer("half an", finish: .length), correction: "an answer")
    #expect(collected.example?.answer[0].text == "an answer" && collected.losses.isEmpty)
  }

  @Test func `a pair has both answers, and is none where they say the same`() {
    let pair = CollectedExample(request(), preferred: answer("a"), rejected: answer("b"))
    #expect(pair.example?.answer[0].text == "a" && pair.example?.rejected?[0].text == "b")
    let corrected = CollectedExample(
      request(), preferred: answer("b"), correction: "a", rejected: answer("b"))
    #expect(corrected.example == pair.example)
    let same = CollectedExample(
      request(), preferred: answer("a", thinking: "x"), rejected: answer("a"))
    #expect(same.example == nil && same.losses == [.sameAnswers])
    let cut = CollectedExample(
      request(), preferred: answer("a"), rejected: answer("b", finish: .cancelled))
    #expect(cut.example == nil && cut.losses == [.unfinished])
  }

  @Test func `a beginning for lists is one line of two hundred characters`() {
    let long = TrainingExample(messages: [
      TrainingMessage(role: "user", text: " a\n\n b\t" + String(repeating: "é", count: 500)),
      TrainingMessage(role: "assistant", toolCalls: [["id": "1"]]),
    ])
    #expect(long.questionBeginning == "a b " + String(repeating: "é", count: 196))
    #expect(long.answerBeginning == #"[{"id":"1"}]"#)
  }
}
