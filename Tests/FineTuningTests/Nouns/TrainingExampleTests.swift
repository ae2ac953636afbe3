import Core
import FineTuning
import Testing

@Suite struct TrainingExampleTests {
  @Test func `a conversation ends with its answer`() throws {
    let line = """
      {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},\
      {"role":"assistant","content":"Yes?","weight":0},{"role":"user","content":"2 + 2"},\
      {"role":"assistant","content":"4"}],"tools":[{"type":"function"}]}
      """
    let example = try #require(TrainingExample(json: try JSON(parsing: line)))
    #expect(example.input.count == 4)
    #expect(example.answer.map(\.text) == ["4"])
    #expect(example.input[2].weight == 0)
    #expect(example.json.text == line)
  }

  @Test func `a preference has two answers`() throws {
    let line = """
      {"input":{"messages":[{"role":"user","content":"Hi"}]},\
      "preferred_output":[{"role":"assistant","content":"Hello."}],\
      "non_preferred_output":[{"role":"assistant","content":"What?"}]}
      """
    let example = try #require(TrainingExample(json: try JSON(parsing: line)))
    #expect(example.answer.map(\.text) == ["Hello."])
    #expect(example.rejected?.map(\.text) == ["What?"])
    #expect(example.json.text == line)
  }

  @Test func `what is no example is none`() throws {
    for line in [#"{"prompt":"a"}"#, "[]", #"{"messages":[1]}"#, #"{"messages":"a"}"#] {
      #expect(TrainingExample(json: try JSON(parsing: line)) == nil)
    }
  }
}
