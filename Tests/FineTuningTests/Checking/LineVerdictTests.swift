import Core
import FineTuning
import Testing

// What trainers refuse beyond the cookbook's rules, one fault at a time.

@Suite struct LineVerdictTests {
  private func codes(_ line: String, format: TrainingFormat? = nil) -> [String] {
    LineVerdict(of: Array(line.utf8), format: format).faults.map(\.code.rawValue)
  }

  private func conversation(_ turns: String, tools: String? = nil) -> [String] {
    codes("{\"messages\":[\(turns)]\(tools.map { ",\"tools\":\($0)" } ?? "")}")
  }

  private let asked = #"{"role":"user","content":"Hi"}"#
  private let answer = #"{"role":"assistant","content":"Hello."}"#
  private let tools = #"[{"type":"function","function":{"name":"find"}}]"#

  private func call(_ name: String = "find", arguments: String = #""{}""#, id: String = "c")
    -> String
  {
    #"{"role":"assistant","tool_calls":[{"id":"\#(id)","type":"function","#
      + #""function":{"name":"\#(name)","arguments":\#(arguments)}}]}"#
  }

  private func result(_ id: String = "c") -> String {
    #"{"role":"tool","tool_call_id":"\#(id)","content":"none"}"#
  }

  @Test func `a good conversation has no faults`() {
    #expect(conversation("\(asked),\(answer)").isEmpty)
    #expect(conversation("\(asked),\(call()),\(result()),\(answer)", tools: tools).isEmpty)
    #expect(conversation("\(asked),\(call())", tools: tools).isEmpty)
  }

  @Test func `what can't be read says why`() {
    #expect(codes("") == ["blank-line"])
    #expect(codes("{\"messages\":") == ["not-json"])
    #expect(codes("\u{FEFF}{\"messages\":[\(asked),\(answer)]}") == ["byte-order-mark"])
    #expect(LineVerdict(of: [0x22, 0xFF, 0x22]).faults.map(\.code) == [.badUTF8])
    #expect(codes(String(repeating: "[", count: 100_000)) == ["not-json"])
  }

  @Test func `a file of another format is told by its names`() throws {
    let verdict = LineVerdict(of: Array(#"{"conversations":[{"from":"human"}]}"#.utf8))
    #expect(verdict.faults.map(\.code) == [.missingMessagesList])
    #expect(try #require(verdict.faults.first).sentence.contains("ShareGPT"))
  }

  @Test func `weights are 0 or 1, and the assistant's`() {
    func weighted(_ role: String, _ weight: String) -> String {
      #"{"role":"\#(role)","content":"x","weight":\#(weight)}"#
    }
    #expect(conversation("\(asked),\(weighted("assistant", "1"))").isEmpty)
    #expect(conversation("\(asked),\(weighted("assistant", "0.5"))") == ["weight-value"])
    #expect(conversation("\(weighted("user", "1")),\(answer)") == ["weight-role"])
    #expect(conversation("\(asked),\(weighted("assistant", "0"))") == ["nothing-to-learn"])
  }

  @Test func `white space is no answer`() {
    #expect(
      conversation(#"\#(asked),{"role":"assistant","content":" \n\u00a0"}"#) == ["empty-content"])
    #expect(conversation(#"\#(asked),{"role":"assistant","content":"\u00a0é"}"#).isEmpty)
  }

  @Test func `parts of a content name a known type`() {
    func parts(_ part: String) -> [String] {
      conversation(#"{"role":"user","content":[\#(part)]},\#(answer)"#)
    }
    #expect(parts(#"{"type":"text","text":"Hi"}"#).isEmpty)
    #expect(parts(#"{"type":"image_url","image_url":{"url":"data:,"}}"#).isEmpty)
    #expect(parts(#"{"type":"text"}"#) == ["content-part"])
    #expect(parts(#""Hi""#) == ["content-part"])
  }

  @Test func `turns come in an order that templates know`() {
    let system = #"{"role":"system","content":"Be brief."}"#
    #expect(conversation("\(asked),\(system),\(answer)") == ["system-not-first"])
    #expect(conversation("\(asked),\(answer),\(asked)") == ["ends-without-answer"])
    #expect(conversation("\(asked),\(asked),\(answer)") == ["roles-do-not-alternate"])
    #expect(conversation("\(system),\(system),\(asked),\(answer)").isEmpty)
  }

  @Test func `calls, their answers and the tools that are offered fit together`() {
    func calling(_ turns: String, tools: String? = nil) -> [String] {
      conversation("\(asked),\(turns)", tools: tools ?? self.tools)
    }
    #expect(calling(call("lose")) == ["unknown-tool"])
    #expect(calling(call(arguments: #""{""#)) == ["tool-arguments"])
    #expect(calling(call(arguments: #""[1]""#)) == ["tool-arguments"])
    #expect(calling(call(arguments: "{}")) == ["tool-arguments"])
    #expect(
      calling("\(call()),\(result("d")),\(answer)").sorted() == [
        "tool-call-unanswered", "tool-turn-without-call",
      ])
    #expect(calling("\(result()),\(answer)") == ["tool-turn-without-call"])
    #expect(calling(call(), tools: #"{"name":"find"}"#) == ["tools-shape", "unknown-tool"])
    #expect(calling(call(), tools: #"[{"name":"find"}]"#) == ["tools-shape", "unknown-tool"])
    #expect(conversation("\(asked),\(call())") == ["tools-missing"])
    #expect(
      calling(#"{"role":"assistant","content":"x","tool_calls":"find()"}"#) == ["tool-call-shape"])
    #expect(calling(#"{"role":"assistant","tool_calls":[{"id":"c"}]}"#) == ["tool-call-shape"])
    #expect(
      conversation(
        call().replacing("assistant\",", with: "user\",\"content\":\"x\",")
          + ",\(result()),\(answer)",
        tools: tools) == ["tool-call-role"])
  }

  @Test func `a preference is two different answers to what is asked`() {
    func preference(_ preferred: String?, _ other: String?, input: String? = nil) -> [String] {
      let input = input ?? "{\"messages\":[\(asked)]}"
      let members =
        ["\"input\":\(input)"] + (preferred.map { ["\"preferred_output\":[\($0)]"] } ?? [])
        + (other.map { ["\"non_preferred_output\":[\($0)]"] } ?? [])
      return codes("{\(members.joined(separator: ","))}")
    }
    let worse = #"{"role":"assistant","content":"What?"}"#
    #expect(preference(answer, worse).isEmpty)
    #expect(preference(answer, answer) == ["equal-outputs"])
    #expect(preference(answer, nil) == ["missing-non-preferred-output"])
    #expect(preference("", worse) == ["missing-preferred-output"])
    #expect(preference(answer, worse, input: "\"Hi\"") == ["missing-input"])
    #expect(preference(answer, worse, input: "{}") == ["missing_messages_list"])
    #expect(preference(asked, worse) == ["output-role"])
    #expect(preference(answer, call()) == ["tools-missing"])
    #expect(
      codes("{\"messages\":[\(asked),\(answer)]}", format: .dpo).sorted() == [
        "missing-input", "missing-non-preferred-output", "missing-preferred-output",
      ])
  }

  @Test func `sentences quote names only, and of those the beginnings`() throws {
    let name = String(repeating: "secret\n", count: 100_000)
    let turn = JSON.object(["role": .string(name), "content": "sk-live", name: 1])
    let line: JSON = ["messages": [turn]]
    let verdict = LineVerdict(of: Array(line.text.utf8))
    #expect(verdict.faults.count == 3)
    for fault in verdict.faults {
      #expect(fault.sentence.count < 100 && !fault.sentence.contains("\n"))
      #expect(!fault.sentence.contains("sk-live"))
    }
  }

  @Test func `of a million faults in a line the first of each kind is kept, and all are counted`() {
    let turns = String(repeating: "{},", count: 100_000) + answer
    let verdict = LineVerdict(of: Array("{\"messages\":[\(turns)]}".utf8))
    #expect(verdict.faults.count == 3)
    #expect(verdict.counts[.missingContent] == 100_000)
  }
}
