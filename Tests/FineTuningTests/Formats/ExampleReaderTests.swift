import Core
import FineTuning
import RandomSource
import Testing

@Suite struct ExampleReaderTests {
  private func example(
    _ line: String, _ format: RecordFormat? = nil
  ) throws -> (TrainingExample, ExampleReader) {
    var reader = ExampleReader(format: format)
    let example = try reader.example(of: JSON(parsing: line))
    return (example, reader)
  }

  private static let hello = TrainingExample(messages: [
    TrainingMessage(role: "user", text: "Hi"), TrainingMessage(role: "assistant", text: "Hello."),
  ])

  @Test(arguments: [
    (
      #"{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."}]}"#,
      RecordFormat.messages
    ),
    (
      #"{"conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello."}]}"#,
      .shareGPT
    ),
    (
      #"{"conversations":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."}]}"#,
      .shareGPT
    ),
    (#"{"prompt":"Hi","completion":"Hello."}"#, .promptCompletion),
    (
      #"{"prompt":[{"role":"user","content":"Hi"}],"completion":"Hello."}"#, .promptCompletion
    ),
    (#"{"instruction":"Hi","input":"","output":"Hello."}"#, .instruction),
  ]) func `the same example comes out of each format`(line: String, format: RecordFormat) throws {
    let (example, reader) = try example(line)
    #expect(example == Self.hello)
    #expect(reader.format == format)
    #expect(reader.leftOut.isEmpty)
  }

  @Test func `a row is an example under any of the usual names`() throws {
    for line in [
      #"{"prompt":"Hi","completion":"Hello."}"#, #"{"Question":"Hi","Answer":"Hello."}"#,
      #"{"input":"Hi","output":"Hello."}"#,
    ] {
      #expect(try example(line, .csv).0 == Self.hello)
    }
    let (example, reader) = try example(
      #"{"system":"Be kind.","prompt":"Hi","completion":"Hello.","id":"7"}"#, .csv)
    #expect(example.messages.map(\.role) == ["system", "user", "assistant"])
    #expect(reader.leftOut == ["id": 1])
  }

  @Test func `preferences come in OpenAI's and in TRL's words`() throws {
    let pair = TrainingExample(
      input: [TrainingMessage(role: "user", text: "Hi")],
      answer: [TrainingMessage(role: "assistant", text: "Hello.")],
      rejected: [TrainingMessage(role: "assistant", text: "What?")])
    for line in [
      pair.json.text, #"{"prompt":"Hi","chosen":"Hello.","rejected":"What?"}"#,
      """
      {"chosen":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello."}],\
      "rejected":[{"role":"user","content":"Hi"},{"role":"assistant","content":"What?"}]}
      """,
      """
      {"conversations":[{"from":"human","value":"Hi"}],"chosen":{"from":"gpt","value":"Hello."},\
      "rejected":{"from":"gpt","value":"What?"}}
      """,
    ] {
      let format: RecordFormat? = line.contains("conversations") ? .shareGPT : nil
      #expect(try example(line, format).0 == pair)
    }
  }

  @Test func `calls of tools keep their names and arguments`() throws {
    let (example, _) = try example(
      #"""
      {"conversations":[{"from":"human","value":"Weather?"},\
      {"from":"function_call","value":"{\"name\":\"weather\",\"arguments\":{\"city\":\"Ulm\"}}"},\
      {"from":"observation","value":"Rain"},{"from":"gpt","value":"It rains."}],\
      "tools":"[{\"name\":\"weather\"}]"}
      """#.replacing("\\\n", with: ""))
    let call = try #require(example.input[1].toolCalls?[0]?["function"])
    #expect(call["name"]?.string == "weather")
    #expect(call["arguments"]?.string == #"{"city":"Ulm"}"#)
    #expect(example.input[2].role == "tool")
    #expect(example.tools == [["name": "weather"]])
  }

  @Test(arguments: [
    ("[]", "no object"), (#"{"text":"Hi"}"#, "can't be told"),
    (#"{"messages":[{"content":"Hi"}]}"#, "with \"role\""),
    (#"{"messages":[{"role":"user","content":"Hi"}]}"#, "No turn is an assistant's"),
    (#"{"prompt":1,"completion":"a"}"#, "each a text or a list"),
    (#"{"conversations":[{"from":"dog","value":"Wow"}]}"#, "\"from\" and \"value\""),
    (#"{"chosen":"a","rejected":"b"}"#, "\"chosen\" and \"rejected\""),
  ]) func `what is no example is told why`(line: String, words: String) throws {
    var reader = ExampleReader()
    let json = try JSON(parsing: line)
    do throws(ExampleFormatError) {
      _ = try reader.example(of: json)
      Issue.record("It was read.")
    } catch {
      #expect(error.description.contains(words))
    }
  }

  @Test func `what has no place is counted by its name`() throws {
    var reader = ExampleReader()
    for _ in 0..<3 {
      _ = try reader.example(
        of: JSON(
          parsing: #"{"id":1,"messages":[{"role":"assistant","content":"a","mood":"b"}],"x":null}"#)
      )
    }
    #expect(reader.leftOut == ["id": 3, "messages.mood": 3])
  }

  /// Any example that the format has a place for.
  private func anyExample(_ random: inout SeededRandom, pairs: Bool) -> TrainingExample {
    let texts = ["", "Hi", "\u{1F600} ünï", "a\nb\t\"c\"\\", "{\"x\":1}", "  ", "null"]
    func text() -> String { texts.randomElement(using: &random) ?? "" }
    var messages: [TrainingMessage] = []
    if Bool.random(using: &random) {
      messages.append(TrainingMessage(role: "system", text: text()))
    }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      messages.append(TrainingMessage(role: "user", text: text()))
      var answer = TrainingMessage(role: "assistant", text: text())
      answer.weight = [nil, 0, 1].randomElement(using: &random) ?? nil
      messages.append(answer)
    }
    let tools: JSON? = Bool.random(using: &random) ? [["name": "t"]] : nil
    var example = TrainingExample(messages: messages, tools: tools)
    if pairs { example.rejected = [TrainingMessage(role: "assistant", text: text())] }
    return example
  }

  @Test(arguments: ExampleWriter.formats)
  func `what is written is read as the same example`(format: RecordFormat) throws {
    var random = SeededRandom(seed: 9)
    let writer = try #require(ExampleWriter(format: format))
    for _ in 0..<300 {
      let written = anyExample(&random, pairs: format == .preference)
      var reader = ExampleReader()
      let read = try reader.example(of: JSON(parsing: writer.record(of: written)))
      #expect(read == written)
      #expect(reader.format == format)
      #expect(reader.leftOut.isEmpty)
    }
  }

  @Test func `a call of a tool goes through ShareGPT and back`() throws {
    let line = """
      {"messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,\
      "tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather",\
      "arguments":"{\\"city\\":\\"Ulm\\"}"}}]},{"role":"tool","content":"Rain"},\
      {"role":"assistant","content":"It rains."}]}
      """
    let example = try #require(TrainingExample(json: JSON(parsing: line)))
    let writer = try #require(ExampleWriter(format: .shareGPT))
    var reader = ExampleReader()
    let read = try reader.example(of: JSON(parsing: writer.record(of: example)))
    #expect(read.json.text == line)
  }

  @Test func `a format without a place for it says so`() throws {
    let preference = try #require(ExampleWriter(format: .preference))
    #expect(throws: ExampleFormatError.self) { try preference.record(of: Self.hello) }
    #expect(ExampleWriter(format: .csv) == nil)
    var picture = Self.hello
    picture.input[0].content = [["type": "image_url", "image_url": ["url": "https://a.b/c.png"]]]
    let shareGPT = try #require(ExampleWriter(format: .shareGPT))
    #expect(throws: ExampleFormatError.self) { try shareGPT.record(of: picture) }
  }
}
