import Core
import FineTuning

// Training jobs: listed, watched, ended; and what was made, beside what it was made of.

extension State {
  mutating func showTrainingJobs() -> [Effect] {
    overlays.removeAll { $0 == .trainingJobs }
    overlays.append(.trainingJobs)
    return [.training(.jobs)]
  }

  /// The list, and the report beside it or alone.
  public var jobRoom: ExampleRoom {
    Layout.exampleRoom(size: size, showsDetail: training.jobs.showsDetail)
  }

  mutating func take(_ jobs: [TrainingJobRecord]) -> [Effect] {
    training.jobs.take(jobs, height: jobRoom.rows.height)
    return readJobNews()
  }

  func readJobNews() -> [Effect] {
    training.jobs.unread.map { [.training(.jobNews($0))] } ?? []
  }

  mutating func selectJob(_ place: Int) {
    training.jobs.select(place, height: jobRoom.rows.height)
  }

  mutating func takeInJobs(_ key: Key) -> [Effect] {
    guard let command = CommandTable.command(for: key, in: .trainingJobs) else { return [] }
    let room = jobRoom
    let (place, height) = (training.jobs.selection, room.rows.height)
    if command != .cancelTrainingJob { training.jobs.isWarnedOf = nil }
    switch command {
    case .selectUp where room.isDetailAlone: scrollJob(.rows(-1))
    case .selectDown where room.isDetailAlone: scrollJob(.rows(1))
    case .scrollPageUp where room.isDetailAlone: scrollJob(.pages(-1))
    case .scrollPageDown where room.isDetailAlone: scrollJob(.pages(1))
    case .selectUp: selectJob(place - 1)
    case .selectDown: selectJob(place + 1)
    case .scrollPageUp: selectJob(place - height)
    case .scrollPageDown: selectJob(place + height)
    case .scrollTop: selectJob(0)
    case .scrollEnd: selectJob(training.jobs.jobs.count - 1)
    case .scrollUp: scrollJob(.rows(-1))
    case .scrollDown: scrollJob(.rows(1))
    case .close: return closeJobs()
    default: return perform(command)
    }
    return readJobNews()
  }

  /// Leaves the report first, where it has taken the room of the list. What is watched goes on.
  mutating func closeJobs() -> [Effect] {
    if jobRoom.isDetailAlone {
      training.jobs.showsDetail = false
      return []
    }
    return closeOverlay()
  }

  mutating func showJob() {
    training.jobs.showsDetail.toggle()
    training.jobs.detailTop = 0
    selectJob(training.jobs.selection)
  }

  private mutating func scrollJob(_ step: ScrollStep) {
    guard let detail = jobRoom.detail else { return }
    training.jobs.detailTop = step.top(
      from: training.jobs.detailTop, of: training.jobs.rows(width: detail.width).count,
      height: detail.height)
  }

  mutating func wheelJobs(_ rows: Int) {
    if jobRoom.isDetailAlone { return scrollJob(.rows(rows)) }
    selectJob(training.jobs.selection + rows.signum())
  }

  // MARK: Watching

  /// Goes on with a job, and shows its news as it comes; or stops doing so, while the job goes on.
  mutating func watchTrainingJob() -> [Effect] {
    guard let job = training.jobs.selected else { return [] }
    if training.jobs.watched == job.name {
      (training.jobs.watched, training.jobs.waiting) = (nil, nil)
      notice = Notice(.information, "Not watched any more; the job goes on at \(job.provider).")
      return [.training(.stopWatching)]
    }
    guard !job.journey.hasEnded else {
      notice = Notice(.information, "This job has ended: \(job.status).")
      return []
    }
    training.jobs.watched = job.name
    notice = Notice(.information, "Watching…")
    return [.training(.watchJob(job.name))]
  }

  /// Ends a job when it is asked for twice.
  mutating func cancelTrainingJob() -> [Effect] {
    guard let job = training.jobs.selected else { return [] }
    guard !job.journey.hasEnded else {
      notice = Notice(.information, "This job has ended: \(job.status).")
      return []
    }
    guard training.jobs.isWarnedOf == job.name else {
      training.jobs.isWarnedOf = job.name
      notice = Notice(.warning, "X once more ends the training of \(job.request.model).")
      return []
    }
    training.jobs.isWarnedOf = nil
    training.jobs.watched = job.name
    notice = Notice(.information, "Ending it…")
    return [.training(.cancelJob(job.name))]
  }

  mutating func endWatching(_ job: String, problem: String?) -> [Effect] {
    if training.jobs.watched == job {
      (training.jobs.watched, training.jobs.waiting) = (nil, nil)
    }
    if let problem {
      notice = Notice(.error, problem)
    } else if let record = training.jobs.jobs.first(where: { $0.name == job }),
      record.journey.hasEnded
    {
      if let model = record.model { add([model]) }
      notice =
        record.model.map {
          Notice(.success, "The training made \($0): v compares it with its base.")
        }
        ?? Notice(.warning, "The training of \(record.request.model) is over: \(record.status).")
    }
    return [.training(.jobs)]
  }

  /// The base in the first column, the tuned model in the second: the same prompt, side by side.
  mutating func compareTuned() -> [Effect] {
    guard let job = training.jobs.selected, let model = job.model else {
      notice = Notice(.information, "This job has made no model.")
      return []
    }
    overlays.removeAll()
    let base = ModelReference(provider: job.provider, model: job.request.model)
    add([base, model])
    columns[0].variant.model = base
    if columns.count > 1 {
      columns[1].variant.model = model
    } else {
      var variant = columns[0].variant
      variant.model = model
      return insert(variant, after: 0) { "\($0) asks the tuned model: ^R runs both." }
    }
    notice = Notice(.success, "A asks the base, B the tuned model: ^R runs both.")
    return columnsChanged()
  }

  // MARK: Adding answers

  /// Asks for the set that the answer of a column is added to.
  mutating func askToAddExample() {
    guard let run = columns[currentColumn].recordedRun, columns[currentColumn].answer.isFinished
    else {
      notice = Notice(.information, "There is no finished answer here that could be added.")
      return
    }
    overlays.append(.line(LineInput(.addExample(run: run), text: training.lastSet)))
  }

  mutating func addExample(of run: Identifier, to set: String) -> [Effect] {
    training.lastSet = set
    return [.training(.addRun(run, set: set))]
  }
}
