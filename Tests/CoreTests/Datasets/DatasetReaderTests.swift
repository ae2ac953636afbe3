import RandomSource
import Testing

@testable import Core

@Suite("Datasets")
struct DatasetReaderTests {
  private func values(_ dataset: Dataset, _ place: Int = 0) -> [String: JSON] {
    dataset.cases[place].values.members.reduce(into: [:]) { $0[$1.name] = $1.value }
  }

  // MARK: CSV

  @Test(
    "The separator is a comma, a semicolon or a tab",
    arguments: [
      "question,tone\nWhy?,mild\n", "question;tone\nWhy?;mild", "question\ttone\r\nWhy?\tmild\r\n",
    ])
  func separators(text: String) throws {
    let dataset = try DatasetReader.dataset(of: text, name: "cases.csv")
    #expect(dataset.cases.count == 1)
    #expect(dataset.variables == ["question", "tone"])
    #expect(values(dataset) == ["question": "Why?", "tone": "mild"])
  }

  @Test("Quoted values keep separators, quotes, blanks and line ends")
  func quotes() throws {
    let text = """
      question,tone
      "a, b ""c""
      second line"," mild "
      plain,

      """
    let dataset = try DatasetReader.dataset(of: text, name: "cases.csv")
    #expect(values(dataset) == ["question": "a, b \"c\"\nsecond line", "tone": " mild "])
    #expect(values(dataset, 1) == ["question": "plain"])
  }

  @Test("An empty cell gives no value, at the very end, too: the prompt's default stands")
  func emptyCells() throws {
    let dataset = try DatasetReader.dataset(of: "a,b\n1,2\n,\"\"\n1,", name: "x.csv")
    #expect(dataset.variables == ["a", "b"])
    #expect(values(dataset) == ["a": "1", "b": "2"])
    #expect(values(dataset, 1).isEmpty)
    #expect(values(dataset, 2) == ["a": "1"])
  }

  @Test("A byte order mark is no part of the first name, and blank lines are no cases")
  func byteOrderMark() throws {
    let dataset = try DatasetReader.dataset(of: "\u{FEFF}a,b\n\n1,2\n\n", name: "x.csv")
    #expect(dataset.variables == ["a", "b"])
    #expect(dataset.cases.count == 1)
  }

  @Test("Columns that begin with two underlines are not for the prompt")
  func specialColumns() throws {
    let text = """
      question,__expected,__expected2,__description,__metadata:topic,__threshold
      Why?,contains: so,,by name,fees,0.5
      """
    let dataset = try DatasetReader.dataset(of: text, name: "x.csv")
    let first = try #require(dataset.cases.first)
    #expect(dataset.variables == ["question"])
    #expect(first.expected == "contains: so")
    #expect(first.name == "by name")
    #expect(first.metadata["topic"] == "fees")
    #expect(first.metadata["__threshold"] == "0.5")
  }

  @Test(
    "A broken CSV file is told of with file and line",
    arguments: [
      ("a,b\n1,2\n3\n", 3, "1 value for the 2 columns"),
      ("a,b\n\"x\ny\",2\n1,2,3\n", 4, "3 values for the 2 columns"),
      ("a,b\n1,\"open\n2,3\n", 2, "never closed"),
      ("a,b\n1,\"x\"y\n", 2, "double quote"),
      ("a,\n1,2\n", 1, "column 2 has no name"),
      ("a,a\n1,2\n", 1, "two columns are named 'a'"),
    ])
  func brokenCSV(text: String, line: Int, problem: String) throws {
    let error = try #require(throws: DatasetError.self) {
      try DatasetReader.dataset(of: text, name: "x.csv")
    }
    #expect(error.line == line)
    #expect(error.problem.contains(problem), "\(error)")
    #expect("\(error)".hasPrefix("x.csv:\(line): "))
  }

  // MARK: JSON

  @Test("A line of JSON is a case, blank lines are none")
  func jsonLines() throws {
    let text = """
      \u{FEFF}{"question":"Why?","items":[1,true]}

      {"question":"How?","__expected":"so"}\r
      """
    let dataset = try DatasetReader.dataset(of: text, name: "cases.jsonl")
    #expect(dataset.variables == ["question", "items"])
    #expect(values(dataset)["items"] == [1, true])
    #expect(dataset.cases[1].expected == "so")
    #expect(values(dataset, 1) == ["question": "How?"])
  }

  @Test("whet's own cases hold their input, and what is expected of it")
  func ownCases() throws {
    let text = """
      {"input":{"question":"Why?"},"expected":{"answer":1},"name":"first","metadata":{"tag":"x"}}
      {"input":"Why?","expected":"so"}
      {"input":"a column","tone":"mild","expected":"so"}
      {"input":{"question":"Where?"},"output":"there"}
      {"input":{"question":"When?"},"expected":null,"output":null}
      """
    let dataset = try DatasetReader.dataset(of: text, name: "cases.jsonl")
    #expect(values(dataset) == ["question": "Why?"])
    #expect(dataset.cases[0].expected == ["answer": 1])
    #expect(dataset.cases[0].name == "first")
    #expect(dataset.cases[0].metadata == ["tag": "x"])
    #expect(values(dataset, 1) == ["input": "Why?"])
    #expect(values(dataset, 2) == ["input": "a column", "tone": "mild", "expected": "so"])
    #expect(dataset.cases[2].expected == "so")
    #expect(values(dataset, 3) == ["question": "Where?"])
    #expect(dataset.cases[3].expected == "there")
    #expect(dataset.cases[4].expected == nil)
    #expect(dataset.unused(by: ["question", "input"]) == ["tone"])
  }

  @Test("A broken line of JSON is told of with file and line")
  func brokenJSONLines() throws {
    let broken = [
      ("{\"a\":1}\n{\"a\":\n", 2, "this is not JSON: the text ends"), ("\n[1]\n", 2, "an object"),
      ("{\"vars\":3}", 1, "'vars'"),
    ]
    for (text, line, problem) in broken {
      let error = try #require(throws: DatasetError.self) {
        try DatasetReader.dataset(of: text, name: "x.jsonl")
      }
      #expect(error.line == line)
      #expect(error.problem.contains(problem), "\(error)")
    }
  }

  @Test("A JSON list holds cases")
  func jsonList() throws {
    let dataset = try DatasetReader.dataset(of: " [{\"a\": 1}, {\"a\": 2}]", name: "cases")
    #expect(dataset.cases.map { $0.values["a"] } == [1, 2])
    let error = try #require(throws: DatasetError.self) {
      try DatasetReader.dataset(of: "[{\"a\": 1},\n 2]", name: "x.json")
    }
    #expect("\(error)".hasPrefix("x.json:2: case 2: "))
    for (text, name) in [("[\n {\"a\": x}]", "x.json"), ("{\"a\": 1}\n {\"a\": x}", "x.jsonl")] {
      let error = try #require(throws: DatasetError.self) {
        try DatasetReader.dataset(of: text, name: name)
      }
      #expect("\(error)".hasPrefix("\(name):2:8: this is not JSON: a value was expected"))
    }
    #expect(throws: DatasetError.self) {
      try DatasetReader.dataset(of: "{\"a\": 1}", name: "x.json")
    }
    let broken = try #require(throws: DatasetError.self) {
      try DatasetReader.dataset(of: "[{\"a\": 1},\n {]", name: "x.json")
    }
    #expect(broken.line == 2)
  }

  // MARK: YAML

  @Test("A YAML list holds cases, and promptfoo's configuration its tests")
  func yaml() throws {
    let list = try DatasetReader.dataset(
      of: "- question: Why?\n  count: 3\n- question: How?\n", name: "x.yaml")
    #expect(values(list) == ["question": "Why?", "count": 3])
    #expect(list.cases.count == 2)
    let text = """
      description: a configuration
      prompts: [a.txt]
      defaultTest:
        vars: {tone: mild, question: none}
      tests:
        - description: by name
          vars: {question: Why?}
          assert:
            - {type: contains, value: so}
          metadata: {topic: fees}
        - vars: {question: How?, tone: harsh}
      """
    let tests = try DatasetReader.dataset(of: text, name: "promptfooconfig.yaml")
    #expect(tests.cases[0].name == "by name")
    #expect(values(tests) == ["question": "Why?", "tone": "mild"])
    #expect(tests.cases[0].metadata["topic"] == "fees")
    #expect(tests.cases[0].metadata["assert"] == [["type": "contains", "value": "so"]])
    #expect(values(tests, 1) == ["question": "How?", "tone": "harsh"])
  }

  @Test("A broken YAML file is told of with file and line")
  func brokenYAML() throws {
    let broken = [
      ("- a: 1\n- 3\n", 2, "case 2: "), ("- file://more.csv\n", 1, "more.csv: open that one"),
      ("a: 1\n", 1, "a list of cases"), ("- a: [1\n", 2, "not YAML"),
    ]
    for (text, line, problem) in broken {
      let error = try #require(throws: DatasetError.self) {
        try DatasetReader.dataset(of: text, name: "x.yml")
      }
      #expect(error.line == line, "\(error)")
      #expect(error.problem.contains(problem), "\(error)")
    }
  }

  // MARK: Any

  @Test("The text tells the format where the name doesn't")
  func formats() {
    #expect(DatasetReader.format(of: "a,b", name: "x.TSV") == .csv)
    #expect(DatasetReader.format(of: "a,b", name: "cases") == .csv)
    #expect(DatasetReader.format(of: "\n {\"a\":1}", name: "cases") == .jsonLines)
    #expect(DatasetReader.format(of: "[", name: "cases.txt") == .json)
    #expect(DatasetReader.format(of: "- a: 1", name: "cases") == .yaml)
  }

  @Test("A file without cases is refused", arguments: ["x.csv", "x.jsonl", "x.json", "x.yaml"])
  func empty(name: String) {
    for text in ["", " \n"] {
      #expect(throws: DatasetError.self) { try DatasetReader.dataset(of: text, name: name) }
    }
    #expect(throws: DatasetError.self) { try DatasetReader.dataset(of: "a,b\n", name: "x.csv") }
  }

  @Test(
    "Whatever bytes a file holds, it is read or refused",
    arguments: ["csv", "jsonl", "json", "yaml"])
  func hostile(ending: String) {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "a", "{", "}", "[", "]", ":", "- ", "\u{0}",
      "\u{301}", "\u{FEFF}", "é", "{\"a\":1}", "__expected", "vars", "&x ", "*x ", "\u{2028}", "🚲",
    ]
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<24, using: &random)
      let text = (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
      do {
        let dataset = try DatasetReader.dataset(of: text, name: "x.\(ending)")
        #expect(!dataset.cases.isEmpty)
      } catch {
        #expect(error.line.map { 1...25 ~= $0 } ?? true, "\(error) for \(text.debugDescription)")
      }
    }
  }
}
