import Core
import Testing

@Suite struct ParameterLineTests {
  @Test func `a line sets what it names, and nothing else`() throws {
    let parameters = try Parameters(
      line: #"  temperature=1  top_p=.9 seed=-3 max-tokens=64 stop="a b" stop=END "#)
    #expect(
      parameters
        == Parameters(temperature: 1, topP: 0.9, maxTokens: 64, stop: ["a b", "END"], seed: -3))
    #expect(try Parameters(line: "") == Parameters())
  }

  @Test(
    "A line that was written reads back as itself",
    arguments: [
      #"temperature=0 top_p=0.95 top_k=40 max_tokens=7 stop="\n\n" stop="say \"so\"" seed=9"#,
      #"frequency_penalty=-0.5 presence_penalty=2 reasoning_effort=high top_logprobs=3"#,
      "context_window=8192",
    ])
  func roundTrip(_ line: String) throws {
    let parameters = try Parameters(line: line)
    #expect(parameters.line == line)
    #expect(try Parameters(line: parameters.line) == parameters)
  }

  @Test(
    "What can't be is said in a sentence",
    arguments: [
      ("temperature", "'temperature' sets nothing: write name=value"),
      ("=1", "'=1' sets nothing"),
      ("tmp=1", "There is no parameter 'tmp'; there are temperature, top_p"),
      ("temperature=hot", "'temperature' can't be 'hot': it must be a number from 0 on."),
      ("temperature=nan", "'temperature' can't be 'nan'"),
      ("temperature=1e999", "'temperature' can't be '1e999'"),
      ("top_p=1.5", "it must be a number from 0 to 1."),
      ("max_tokens=0", "it must be a whole number from 1 on."),
      ("seed=99999999999999999999", "it must be a whole number."),
      ("stop=", "'stop' can't be ''"),
    ])
  func refusal(_ line: String, _ reason: String) {
    let error = #expect(throws: ParameterError.self) { try Parameters(line: line) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test func `parameters over others leave what they don't set`() {
    var own = Parameters(temperature: 1)
    own.stop = ["x"]
    var prompt = Parameters(temperature: 0, maxTokens: 9, stop: ["y"])
    prompt.tools = [["name": "look"]]
    var expected = prompt
    expected.temperature = 1
    expected.stop = ["x"]
    #expect(own.over(prompt) == expected)
    #expect(Parameters().over(prompt) == prompt)
  }
}
