import Core
import Testing

@Suite struct DraftJSONTests {
  @Test func `a draft reads back as itself, but for its texts`() throws {
    var draft = Draft(
      promptPath: "p", inputs: ["a": "1"], models: [.echo, .extractive], index: "tour",
      session: "s")
    draft.cursor = TextPosition(line: 4, offset: 7)
    draft.top = Draft.Row(line: 2, row: 1)
    draft.parentVersion = "abc"
    draft.lockedInputs = ["a", "b"]
    draft.dataset = DatasetPlace(path: "cases.csv", index: 3)
    draft.variants[1].version = "def"
    var retrieval = RetrievalSettings(limit: 9, budget: 800)
    retrieval.method = .hybrid
    retrieval.filter.metadata = ["year": "2024", "language": "de=at"]
    draft.retrieval = retrieval
    #expect(Draft(json: try JSON(parsing: draft.json.text)) == draft)
    #expect(Draft(json: .null) == Draft())
  }

  @Test func `a setting of retrieval that is none is passed over`() {
    let draft = Draft(
      json: [
        "retrieval": [
          ["name": "k", "value": "4"], ["name": "k", "value": "-4"],
          ["name": "moon", "value": "x"],
          7,
        ]
      ])
    #expect(draft.retrieval == RetrievalSettings(limit: 4))
  }

  @Test func `the columns of an earlier whet are read`() {
    let draft = Draft(
      json: ["models": ["builtin/echo", "a/b"], "column_versions": [nil, "def"]])
    let model = ModelReference(provider: "a", model: "b")
    #expect(draft.variants == [Variant(.echo), Variant(model, version: "def")])
  }

  @Test func `the texts that an earlier whet kept with it are read`() {
    let draft = Draft(json: ["prompt_text": "Say", "saved_text": "Sa"])
    #expect(draft.promptText == "Say")
    #expect(draft.savedText == "Sa")
  }

  @Test func `a text that an earlier whet kept has the line ends of its file`() {
    let draft = Draft(json: ["prompt_text": "one\ntwo!\n", "saved_text": "one\r\ntwo\r\n"])
    #expect(draft.promptText.utf8.elementsEqual("one\r\ntwo!\r\n".utf8))
  }
}
