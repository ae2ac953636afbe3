import Core
import Playground

// What sets the columns apart: in the titles of each, and in the bar over all of them.

extension Renderer {
  /// The column's letter, with a star where its answer is to another question than the next one will
  /// be; its name, and what sets it apart; what all columns have in common only where no bar says it.
  func title(of index: Int, in state: State, width: Int) -> String {
    let column = state.columns[index]
    let letter =
      Column.letter(of: index) + (column.isChanged ? "*" : "")
      + (state.showsBaseline(column) ? " ●" : "")
    let room = width - DisplayText.width(of: letter) - 1
    let name = column.variant.name
    let comparison = state.variantComparison
    var traits = comparison.differences[index]
    if state.layout.variantBar == nil { traits += comparison.common }
    let words =
      traits.isEmpty && name.isEmpty ? "as written" : fitting(traits, after: name, in: room)
    return "\(letter) \(words)"
  }

  /// A name and traits in the longest form that fits; shortened where none does.
  private func fitting(_ traits: [VariantTrait], after name: String, in room: Int) -> String {
    func joined(_ texts: [String]) -> String {
      ([name] + texts).filter { !$0.isEmpty }.joined(separator: " · ")
    }
    let forms = [joined(traits.map(\.text)), joined(traits.map(\.shortText))]
    return forms.first { DisplayText.width(of: $0) <= room }
      ?? forms[1].shortened(toCells: room)
  }

  /// What the columns differ in, and what all of them have in common.
  func drawVariantBar(
    _ comparison: VariantComparison, in area: Rectangle, on grid: inout Grid
  ) {
    let aspects = comparison.aspects.map(\.name)
    var x = area.x + 1
    func put(_ text: String, _ role: StyleRole) {
      let room = area.right - 1 - x
      x += grid.put(
        text.shortened(toCells: room), x: x, y: area.y, style: theme.style(role), limit: area.right)
    }
    put("differ in ", .mutedText)
    put(aspects.joined(separator: ", "), .accent)
    put(" · all ", .mutedText)
    put(comparison.common.map(\.text).joined(separator: " · "), .columnModel)
  }
}
