import Testing

@testable import Playground

@Suite("Layout")
struct LayoutTests {
  @Test("A narrow screen shows one pane, under the names of all")
  func narrow() {
    let layout = Layout(
      size: Size(width: 40, height: 12), columnCount: 2, focus: .prompt, arrangement: .panes)
    #expect(
      drawing(layout) == """
        hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
        tttttttttttttttttttttttttttttttttttttttt
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        pppppppppppppppppppppppppppppppppppppppp
        kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
        """)
  }

  @Test("The smallest screen with room shows prompt, context and columns together")
  func roomy() {
    let layout = Layout(
      size: Size(width: 80, height: 18), columnCount: 3, focus: .context, arrangement: .panes)
    #expect(
      drawing(layout) == """
        hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        ppppppppppppppppppppppppppppppppppppcccccccccccccccccccccccccccccccccccccccccccc
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        AAAAAAAAAAAAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCCCCCCCCCCCC
        kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
        """)
  }

  @Test("Of eight columns those are shown that can be read in, the focused one among them")
  func manyColumns() {
    func shown(_ width: Int, _ focus: Focus) -> [Int] {
      Layout(
        size: Size(width: width, height: 30), columnCount: 8, focus: focus, arrangement: .panes
      ).columns.map(\.index)
    }
    #expect(shown(105, .prompt) == [0, 1, 2, 3])
    #expect(shown(105, .column(3)) == [0, 1, 2, 3])
    #expect(shown(105, .column(5)) == [2, 3, 4, 5])
    #expect(shown(105, .column(7)) == [4, 5, 6, 7])
    #expect(shown(208, .prompt) == Array(0..<8))
  }

  @Test("A zoomed pane fills the screen")
  func zoomed() {
    let layout = Layout(
      size: Size(width: 105, height: 30), columnCount: 4, focus: .column(2), arrangement: .alone)
    #expect(layout.columns.map(\.index) == [2])
    #expect(layout.columns.first?.frame == Rectangle(x: 0, y: 2, width: 105, height: 27))
    #expect(layout.prompt == nil && layout.context == nil)
  }

  @Test("At every size the panes tile the screen, for one column to eight")
  func tiling() throws {
    for width in 40...260 {
      for height in 12...80 {
        let count = (width + height) % 8 + 1
        for focus in [Focus.prompt, .context, .column(count - 1)] {
          let layout = Layout(
            size: Size(width: width, height: height), columnCount: count, focus: focus,
            arrangement: (width * height) % 5 == 0 ? .alone : .panes)
          try expectTiling(layout)
        }
      }
    }
  }

  @Test("Columns of one screen are equally wide, but for a cell")
  func equalColumns() {
    for width in 80...260 {
      for count in 1...8 {
        let widths = Layout(
          size: Size(width: width, height: 30), columnCount: count, focus: .prompt,
          arrangement: .panes
        ).columns.map(\.frame.width)
        #expect((widths.max() ?? 0) - (widths.min() ?? 0) <= 1)
        #expect((widths.min() ?? 0) >= 26)
      }
    }
  }

  @Test("A point belongs to the pane that is drawn there")
  func panes() {
    let layout = Layout(
      size: Size(width: 80, height: 18), columnCount: 3, focus: .prompt, arrangement: .panes)
    #expect(layout.pane(at: Point(x: 0, y: 0)) == nil)
    #expect(layout.pane(at: Point(x: 35, y: 1))?.focus == .prompt)
    #expect(layout.pane(at: Point(x: 36, y: 1))?.focus == .context)
    #expect(layout.pane(at: Point(x: 53, y: 9))?.focus == .column(2))
    #expect(layout.pane(at: Point(x: 0, y: 17)) == nil)
    #expect(layout.pane(at: Point(x: -1, y: 400)) == nil)
  }

  @Test("The form lies under the text or beside it, the focused field in sight", arguments: 0...12)
  func form(count: Int) throws {
    for (width, isAlone) in [(50, false), (104, false), (60, true), (104, true)] {
      for height in 3...40 {
        for focused in -1..<count {
          let frame = Rectangle(x: 4, y: 1, width: width, height: height)
          let layout = PromptLayout(
            frame: frame,
            form: InputForm(fieldCount: count, takesPassages: height % 2 == 0, focusedRows: 5),
            focus: focused < 0 ? .prompt : .field(focused), isAlone: isAlone)
          try expectTiling(layout, of: frame)
          if focused >= 0, !layout.fields.isEmpty {
            try #require(layout.fields.contains { $0.index == focused })
          }
        }
      }
    }
  }

  @Test("A wide pane has its form beside the text, a small screen has one at a time")
  func arrangements() {
    func layout(_ width: Int, isAlone: Bool, _ focus: Focus) -> PromptLayout {
      PromptLayout(
        frame: Rectangle(x: 0, y: 0, width: width, height: 20),
        form: InputForm(fieldCount: 2, takesPassages: true), focus: focus, isAlone: isAlone)
    }
    let beside = layout(86, isAlone: false, .prompt)
    #expect(beside.arrangement == .beside)
    #expect(beside.text.right == beside.divider?.x)
    #expect(beside.fields.map(\.value.height) == [3, 3])
    #expect(layout(85, isAlone: false, .prompt).arrangement == .below)
    #expect(layout(60, isAlone: true, .prompt).text.height == 18)
    #expect(layout(60, isAlone: true, .prompt).fields.isEmpty)
    #expect(layout(60, isAlone: true, .field(1)).text.height == 0)
    #expect(layout(60, isAlone: true, .field(1)).fields.count == 2)
    #expect(layout(60, isAlone: true, .field(1)).passages != nil)
  }

  @Test("The field with the cursor grows into the room that is left")
  func growingField() {
    func heights(_ focused: Int) -> [Int] {
      PromptLayout(
        frame: Rectangle(x: 0, y: 0, width: 50, height: 26),
        form: InputForm(fieldCount: 3, focusedRows: 4), focus: .field(focused)
      ).fields.map(\.value.height)
    }
    #expect(heights(0) == [4, 1, 1])
    #expect(heights(2) == [1, 1, 4])
    // Where there is little room, the others give way.
    let small = PromptLayout(
      frame: Rectangle(x: 0, y: 0, width: 47, height: 14),
      form: InputForm(fieldCount: 3, takesPassages: true, focusedRows: 3), focus: .field(1))
    #expect(small.fields.map(\.index) == [1])
    #expect(small.fields.map(\.value.height) == [3])
  }

  /// Whether nothing of a prompt's pane lies over anything else, or out of the pane.
  private func expectTiling(_ layout: PromptLayout, of frame: Rectangle) throws {
    let inside = frame.inside
    var rows = layout.fields.flatMap { [$0.title, $0.value] } + [layout.passages].compactMap { $0 }
    for (above, below) in zip(rows, rows.dropFirst()) { try #require(above.bottom == below.y) }
    try #require(rows.allSatisfy { $0.y >= inside.y && $0.bottom <= inside.bottom })
    try #require(rows.allSatisfy { $0.x >= frame.x && $0.right <= frame.right })
    if layout.arrangement == .below {
      try #require(layout.text.bottom == rows.first?.y ?? inside.bottom)
      try #require(rows.last.map { $0.bottom == inside.bottom } ?? true)
    }
    if let divider = layout.divider {
      try #require(layout.text.right == divider.x)
      rows = layout.fields.map(\.value)
      try #require(rows.allSatisfy { $0.x == divider.right && $0.right == inside.right })
    }
  }

  @Test("Overlays lie on the screen, whatever its size")
  func overlays() throws {
    for width in 1...130 {
      for height in 1...60 {
        let size = Size(width: width, height: height)
        for frame in [
          Layout.pickerFrame(size: size), Layout.pageFrame(size: size),
          Layout.lineFrame(size: size),
        ] {
          try #require(frame.x >= 0 && frame.y >= 0)
          try #require(frame.right <= width && frame.bottom <= height)
        }
      }
    }
  }

  /// A letter for each cell's pane: header, tabs, prompt, context, columns A to H, keys.
  private func drawing(_ layout: Layout) -> String {
    var rows = Array(
      repeating: Array(repeating: Character("."), count: layout.size.width),
      count: layout.size.height)
    for (letter, frame) in parts(of: layout) {
      for y in frame.y..<frame.bottom {
        for x in frame.x..<frame.right { rows[y][x] = letter }
      }
    }
    return rows.map { String($0) }.joined(separator: "\n")
  }

  private func parts(of layout: Layout) -> [(Character, Rectangle)] {
    let panes: [(Character, Rectangle?)] = [
      ("h", layout.header), ("t", layout.tabs), ("p", layout.prompt), ("c", layout.context),
      ("k", layout.hints),
    ]
    return panes.compactMap { letter, frame in frame.map { (letter, $0) } }
      + layout.columns.map { (Character(Column.letter(of: $0.index)), $0.frame) }
  }

  private func expectTiling(_ layout: Layout) throws {
    let frames = parts(of: layout).map(\.1)
    var area = 0
    for (index, frame) in frames.enumerated() {
      try #require(!frame.isEmpty)
      try #require(frame.x >= 0 && frame.right <= layout.size.width)
      try #require(frame.y >= 0 && frame.bottom <= layout.size.height)
      area += frame.width * frame.height
      for other in frames[(index + 1)...] {
        let isApart =
          frame.right <= other.x || other.right <= frame.x || frame.bottom <= other.y
          || other.bottom <= frame.y
        try #require(isApart)
      }
    }
    // Inside, apart, and as much as there is: then there is no gap.
    try #require(area == layout.size.width * layout.size.height)
  }
}
