import Core
import Evaluation

// Keys in the grid of an evaluation, and on the page of a plan.

extension State {
  /// Nil while there is no grid.
  var gridRoom: GridRoom? {
    evaluations.grid.map { Layout.gridRoom(size: size, grid: $0) }
  }

  mutating func layOutGrid() {
    guard let room = gridRoom else { return }
    evaluations.grid?.layOut(in: room)
    scrollCell(.rows(0))
  }

  mutating func takeInGrid(_ key: Key) -> [Effect] {
    guard let grid = evaluations.grid, let room = gridRoom,
      let command = CommandTable.command(for: key, in: .grid)
    else { return [] }
    // With the panel alone, the keys of the rows scroll it.
    if room.isPanelAlone, let effects = takeInPanel(command) { return effects }
    switch command {
    case .selectUp: selectCell(grid.selection - 1, grid.column)
    case .selectDown: selectCell(grid.selection + 1, grid.column)
    case .columnLeft: selectCell(grid.selection, grid.column - 1)
    case .columnRight:
      if room.panel == nil, grid.column == grid.record.variants.count - 1 {
        showPanel()
      } else {
        selectCell(grid.selection, grid.column + 1)
      }
    case .scrollPageUp: selectCell(grid.selection - room.rows.height, grid.column)
    case .scrollPageDown: selectCell(grid.selection + room.rows.height, grid.column)
    case .scrollTop: selectCell(0, grid.column)
    case .scrollEnd: selectCell(grid.rows.count - 1, grid.column)
    case .scrollUp: scrollCell(.rows(-1))
    case .scrollDown: scrollCell(.rows(1))
    case .openCase where room.panel == nil: showPanel()
    case .close: return closeGrid()
    default: return perform(command)
    }
    return []
  }

  private mutating func takeInPanel(_ command: Command) -> [Effect]? {
    switch command {
    case .selectUp, .scrollUp: scrollCell(.rows(-1))
    case .selectDown, .scrollDown: scrollCell(.rows(1))
    case .scrollPageUp: scrollCell(.pages(-1))
    case .scrollPageDown: scrollCell(.pages(1))
    case .scrollTop: scrollCell(.start)
    case .scrollEnd: scrollCell(.end)
    case .columnLeft: evaluations.grid?.showsPanel = false
    default: return nil
    }
    return []
  }

  /// Leaves the panel first, where it has taken the room of the grid.
  mutating func closeGrid() -> [Effect] {
    if gridRoom?.isPanelAlone == true {
      evaluations.grid?.showsPanel = false
      return []
    }
    return closeOverlay()
  }

  mutating func showPanel() {
    evaluations.grid?.showsPanel.toggle()
    scrollCell(.rows(0))
  }

  mutating func selectCell(_ row: Int, _ column: Int) {
    guard let room = gridRoom else { return }
    evaluations.grid?.select(row, column: column, in: room)
  }

  /// Scrolls the panel of the selected cell.
  mutating func scrollCell(_ step: ScrollStep) {
    guard let panel = gridRoom?.panel, let grid = evaluations.grid else { return }
    guard grid.panelTop > 0 || step != .rows(0) else { return }
    let rows = ReportText(grid.report, width: panel.width).rows.count
    evaluations.grid?.panelTop = step.top(from: grid.panelTop, of: rows, height: panel.height)
  }

  mutating func changeGrid(_ command: Command) -> [Effect] {
    switch command {
    case .showFailed: evaluations.grid?.show(.failed)
    case .showFlaky: evaluations.grid?.show(.flaky)
    case .showUnmeasured: evaluations.grid?.show(.unmeasured)
    case .showChanged: evaluations.grid?.showChanged()
    case .showNextTag:
      if evaluations.grid?.tags.isEmpty == true {
        notice = Notice(.information, "No case has a tag.")
      }
      evaluations.grid?.showNextTag()
    case .showAllCases: evaluations.grid?.showAll()
    case .sortCases: evaluations.grid?.toggleOrder()
    case .markVariant: evaluations.grid?.toggleMark()
    case .pickBaselineVariant: evaluations.grid?.compareWithSelected()
    default: break
    }
    evaluations.grid?.panelTop = 0
    layOutGrid()
    return command == .pickBaselineVariant ? compareVariants() : []
  }

  mutating func askForCase() {
    overlays.append(.line(LineInput(.findCase, text: evaluations.grid?.text ?? "")))
  }

  mutating func findCases(_ text: String) {
    evaluations.grid?.find(text)
    layOutGrid()
  }

  /// The wheel goes through the rows, or through the panel where that is alone.
  mutating func wheelGrid(_ rows: Int) {
    guard let grid = evaluations.grid else { return }
    if gridRoom?.isPanelAlone == true { return scrollCell(.rows(rows)) }
    selectCell(grid.selection + rows.signum(), grid.column)
  }

  // MARK: The plan

  mutating func scrollPlan(_ step: ScrollStep) {
    let area = Layout.inspectionText(size: size)
    let rows = ReportText(evaluations.plan?.lines ?? [], width: area.width).rows.count
    evaluations.planTop = step.top(from: evaluations.planTop, of: rows, height: area.height)
  }
}
