import Core
import Testing

@testable import Playground

@Suite("Passages in their documents")
struct ReadingTests {
  /// A document of 40 lines with passages of 4 lines each; the sample's passage 1 is lines 5 to 8.
  private static func document(of passage: Range<Int> = 40..<79, compared: Chunking? = nil)
    -> ReadDocument
  {
    let text = (1...40).map { "line \($0 < 10 ? "0" : "")\($0) 5" }.joined(separator: "\n")
    let cuts = stride(from: 0, to: 400, by: 40).map { $0..<$0 + 39 }
    var cuttings = [ReadDocument.Cutting(chunking: Chunking(), passages: cuts)]
    if let compared {
      cuttings.append(ReadDocument.Cutting(chunking: compared, passages: [0..<399]))
    }
    return ReadDocument(text, cuttings: cuttings, chunkings: [Chunking()], passage: passage)
  }

  private static func opened() -> (State, reading: Int, inspection: Int) {
    var state = State.settled()
    state.focus(on: .context)
    let effects = state.press("down enter")
    var (reading, inspection) = (0, 0)
    for case .readDocument(let wanted) in effects { reading = wanted.number }
    for case .inspect(let wanted) in effects { inspection = wanted.number }
    return (state, reading, inspection)
  }

  private static func shown() -> State {
    var (state, reading, _) = opened()
    _ = update(&state, .inspected(number: reading, .document(document())))
    return state
  }

  @Test func `Enter shows the passage at once, and asks for its document`() throws {
    let (state, reading, inspection) = Self.opened()
    let reader = try #require(state.reader)
    #expect(reader.passage == .sample(1) && reader.pendingReading == reading)
    #expect(reader.document.text.text == Passage.sample(1).text)
    #expect(reading != 0 && inspection != 0 && reading != inspection)
  }

  @Test func `a document comes with its passage in sight, and is walked through`() throws {
    var state = Self.shown()
    #expect(state.reader?.selected == 40..<79)
    let effects = state.press("n")
    #expect(state.reader?.selected == 80..<119)
    let inspections = effects.compactMap {
      if case .inspect(let wanted) = $0 { wanted } else { nil }
    }
    #expect(inspections.map(\.start) == [80])
    state.press("p p")
    #expect(state.reader?.selected == 0..<39)
    state.press("p")
    #expect(state.reader?.selected == 0..<39)
    #expect(state.notice?.text == "This is the document's first passage.")
  }

  @Test func `a document of another reading is dropped`() {
    var (state, reading, _) = Self.opened()
    _ = update(&state, .inspected(number: reading + 7, .document(Self.document())))
    #expect(state.reader?.document.cuttings.isEmpty == true)
    #expect(state.reader?.pendingReading == reading)
  }

  @Test func `closing gives up what is under way`() {
    var (state, reading, inspection) = Self.opened()
    #expect(state.press("escape") == [.endInspection(reading), .endInspection(inspection)])
    #expect(state.overlays.isEmpty)
    _ = update(&state, .inspected(number: reading, .document(Self.document())))
    #expect(state.overlays.isEmpty)
  }

  @Test func `why a document can't be read is told beside the passage`() {
    var (state, reading, _) = Self.opened()
    _ = update(&state, .inspected(number: reading, .failed("The file is gone.")))
    #expect(state.reader?.document.note == "The file is gone.")
    #expect(state.reader?.document.text.text == Passage.sample(1).text)
  }

  @Test func `a passage that came with a case is read without a document`() {
    var state = State.settled()
    state.focus(on: .context)
    var passage = Passage.sample(1)
    passage.id = 0
    state.context.passages = [passage]
    #expect(state.press("enter").isEmpty)
    #expect(state.reader?.document.note?.contains("came with a case") == true)
    #expect(state.press("c").isEmpty && state.press("n").isEmpty && state.press("o").isEmpty)
  }

  @Test func `c goes through other chunkings, and back to none`() throws {
    var state = Self.shown()
    var seen: [Chunking] = []
    for _ in 0..<10 {
      let effects = state.press("c")
      guard case .readDocument(let reading)? = effects.first else { break }
      let compared = try #require(reading.compared)
      seen.append(compared)
      _ = update(
        &state,
        .inspected(number: reading.number, .document(Self.document(compared: compared))))
      #expect(state.reader?.shownCuttings(width: 100).map(\.chunking) == [Chunking(), compared])
      #expect(state.reader?.shownCuttings(width: 60).map(\.chunking) == [compared])
    }
    #expect(seen.count == 4 && Set(seen).count == 4)
    #expect(state.reader?.compared == nil)
  }

  @Test func `scrolling stays within the document, at any size`() throws {
    var state = Self.shown()
    for size in [Size(width: 105, height: 30), Size(width: 60, height: 20)] {
      state.take(.resize(size))
      state.press("G")
      let area = Layout.documentText(size: size)
      let end = try #require(state.reader?.editor.top.line)
      #expect(end == 40 - area.height)
      state.press("down page-down")
      #expect(state.reader?.editor.top.line == end)
      state.press("g page-up up")
      #expect(state.reader?.editor.top.line == 0)
    }
  }

  @Test func `the words of the query are marked where the passage stands`() throws {
    var (state, reading, inspection) = Self.opened()
    _ = update(&state, .inspected(number: reading, .document(Self.document(of: 40..<79))))
    var found = Passage.sample(1)
    found.bytes = 40..<79
    found.matches = [0..<4, 10..<14]
    _ = update(&state, .inspected(number: inspection, .details(PassageDetails(passage: found))))
    let reader = try #require(state.reader)
    #expect(reader.matches(in: 40..<49) == [40..<44])
    #expect(reader.matches(in: 50..<59) == [50..<54])
    #expect(reader.matches(in: 60..<69) == [])
  }

  @Test func `o asks for the source, and an editor shows it`() {
    var state = Self.shown()
    let passage = Passage.sample(1)
    #expect(
      state.press("o")
        == [.openSource(SourceOpening(index: "docs", passage: passage, line: 2))])
    let view = OutsideView.file(path: "/docs/file-1.md", line: 2)
    #expect(update(&state, .sourceFound(view)) == [.terminal(.view(view))])
    _ = update(&state, .viewedOutside(problem: "There is no editor."))
    #expect(state.notice == Notice(.error, "There is no editor."))
  }

  @Test func `lines are numbered as in the file, and pages where they begin`() {
    let document = ReadDocument(
      "a\rb\r\nc\nd", fileLines: [7, 9, 12], pages: [(0, 1), (5, 2)], cuttings: [], chunkings: [],
      passage: 0..<1)
    #expect((0..<4).map(document.number(ofLine:)) == [7, 7, 9, 12])
    #expect((0..<4).map { document.page(beginningOnLine: $0) } == [1, nil, 2, nil])
    #expect(document.position(ofByte: 5) == TextPosition(line: 2, offset: 0))
    #expect(document.position(ofByte: 99) == TextPosition(line: 3, offset: 1))
    #expect(document.bytes(ofLine: 1, 0..<1) == 2..<3)
  }

  @Test func `cuts are found by what they share with a row`() {
    let cutting = ReadDocument.Cutting(chunking: Chunking(), passages: [0..<10, 8..<20, 25..<30])
    #expect(cutting.places(in: 0..<1) == 0..<1)
    #expect(cutting.places(in: 8..<10) == 0..<2)
    #expect(cutting.places(in: 20..<25).isEmpty)
    #expect(cutting.places(in: 19..<26) == 1..<3)
    #expect(cutting.places(in: 40..<50).isEmpty)
  }
}

extension State {
  /// The passage's document, when it is on top.
  var reader: PassageReader? {
    if case .passage(let reader)? = overlays.last { reader } else { nil }
  }
}
