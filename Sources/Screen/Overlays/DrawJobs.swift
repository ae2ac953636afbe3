import Core
import FineTuning
import Playground

// Training jobs: the list with how each stands, and beside it the losses and what the server told.

extension Renderer {
  func drawTrainingJobs(of state: State, on grid: inout Grid) {
    let page = state.training.jobs
    let room = state.jobRoom
    drawOverlayFrame(
      Layout.evaluationsFrame(size: state.size), title: "Training jobs",
      note: page.watched == nil ? "" : "watching", on: &grid)
    if page.isRead, page.jobs.isEmpty {
      grid.put(
        "There are none yet: `whet tune start` makes one.", x: room.rows.x, y: room.rows.y,
        style: overlayStyle(.mutedText), limit: room.rows.right)
      return
    }
    if !room.isDetailAlone {
      for (place, job) in page.jobs.enumerated().dropFirst(page.top).prefix(room.rows.height) {
        let line = Rectangle(
          x: room.rows.x, y: room.rows.y + place - page.top, width: room.rows.width, height: 1)
        draw(
          job, isSelected: place == page.selection, isWatched: page.watched == job.name, in: line,
          on: &grid)
      }
    }
    guard let detail = room.detail else { return }
    if !room.isDetailAlone {
      for y in detail.y..<detail.bottom {
        grid.put("│", x: detail.x - 2, y: y, style: overlayStyle(.border))
      }
    }
    let rows = page.rows(width: detail.width)
    for (place, row) in rows.dropFirst(page.detailTop).prefix(detail.height).enumerated() {
      let y = detail.y + place
      switch row {
      case .line(let line):
        grid.put(
          line.text, x: detail.x + line.indent, y: y, style: overlayStyle(line.kind.role),
          limit: detail.right)
      case .chart(let line):
        for (offset, (character, role)) in zip(line.text, line.roles).enumerated() {
          guard let role else { continue }
          grid.put(
            String(character), x: detail.x + offset, y: y, style: overlayStyle(style(of: role)),
            limit: detail.right)
        }
      }
    }
  }

  private func draw(
    _ job: TrainingJobRecord, isSelected: Bool, isWatched: Bool, in line: Rectangle,
    on grid: inout Grid
  ) {
    let style = isSelected ? theme.style(.selectedItem) : nil
    if let style { grid.fill(line, style: style) }
    let status = (isWatched ? "… " : "") + job.status
    let right = line.right - DisplayText.width(of: status)
    grid.put(status, x: right, y: line.y, style: style ?? overlayStyle(.mutedText))
    grid.put(
      "\(job.request.model) · \(job.data.name)".shortened(toCells: max(0, right - line.x - 2)),
      x: line.x, y: line.y, style: style ?? overlayStyle(.text), limit: right - 1)
  }

  private func style(of role: LossChart.Role) -> StyleRole {
    switch role {
    case .axis: .mutedText
    case .training: .accent
    case .validation: .warning
    case .both: .title
    }
  }
}
