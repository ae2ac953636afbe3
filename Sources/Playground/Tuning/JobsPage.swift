import Core
import FineTuning

// Training jobs, as the page shows them: the list, and beside it how the selected one goes.

/// The jobs that were made, newest first.
public struct JobsPage: Hashable, Sendable {
  public private(set) var jobs: [TrainingJobRecord] = []
  public private(set) var selection = 0
  /// The first one in sight.
  public private(set) var top = 0
  /// Whether they have come.
  public private(set) var isRead = false
  /// What came of the selected job so far, the oldest first.
  public private(set) var news = JobNews()
  /// The first row of its report in sight.
  public internal(set) var detailTop = 0
  /// Whether the report is shown alone, where there is no room for both.
  public internal(set) var showsDetail = false
  /// The job that is watched here.
  public internal(set) var watched: String?
  /// What a watched job waits for, as a sentence.
  public internal(set) var waiting: String?
  /// The job that is ended when it is asked for once more.
  var isWarnedOf: String?

  public var selected: TrainingJobRecord? {
    jobs.indices.contains(selection) ? jobs[selection] : nil
  }

  mutating func take(_ jobs: [TrainingJobRecord], height: Int) {
    let name = selected?.name
    self.jobs = jobs
    isRead = true
    select(jobs.firstIndex { $0.name == name } ?? 0, height: height)
  }

  mutating func take(_ job: TrainingJobRecord) {
    guard let place = jobs.firstIndex(where: { $0.name == job.name }) else { return }
    jobs[place] = job
  }

  mutating func take(_ news: JobNews) {
    if news.job == selected?.name { self.news = news }
  }

  /// More events of a watched job.
  mutating func take(_ events: [TrainingEvent], of job: String) {
    guard job == news.job else { return }
    var known = Set(news.events.map(\.id))
    news.events += events.filter { known.insert($0.id).inserted }
  }

  mutating func select(_ place: Int, height: Int) {
    let before = selected?.name
    selection = max(0, min(place, jobs.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
    if selected?.name != before {
      news = JobNews()
      (detailTop, isWarnedOf) = (0, nil)
    }
  }

  /// The job whose news is to be read; nil where it is there.
  var unread: String? { selected.flatMap { $0.name == news.job ? nil : $0.name } }
}

/// What came of a job.
public struct JobNews: Hashable, Sendable {
  /// Its name; nil while none was read.
  public var job: String?
  public var events: [TrainingEvent]
  public var checkpoints: [TrainingCheckpoint]

  public init(
    job: String? = nil, events: [TrainingEvent] = [], checkpoints: [TrainingCheckpoint] = []
  ) {
    self.job = job
    self.events = events
    self.checkpoints = checkpoints
  }
}

extension JobsPage {
  /// A row of a job's report: words, or a piece of its chart.
  public enum Row: Hashable, Sendable {
    case line(ReportText.Row)
    case chart(LossChart.Row)
  }

  private static let chartHeight = 12
  private static let mostEvents = 200

  /// All that there is to tell of the selected job.
  public func rows(width: Int) -> [Row] {
    guard let job = selected else {
      return text([ReportLine(.note, "`whet tune start` makes a job.")], width)
    }
    var lines = [
      ReportLine(.heading, "\(job.request.model) on \(job.data.name)"),
      ReportLine(.text, "\(job.provider) · \(job.status)"),
    ]
    if let waiting, watched == job.name { lines.append(ReportLine(.note, waiting)) }
    if let message = job.state?.error { lines.append(ReportLine(.problem, message)) }
    if let model = job.model { lines.append(ReportLine(.remedy, "It made \(model).")) }
    lines.append(
      ReportLine(
        .note,
        "\(Numbers.grouped(job.data.training.examples)) examples, \(job.data.training.path)"))
    if let tokens = job.state?.trainedTokens {
      lines.append(ReportLine(.note, "\(Numbers.grouped(tokens)) tokens trained"))
    }
    var rows = text(lines, width)
    guard news.job == job.name else { return rows }
    let chart = LossChart(news.events).rows(width: width, height: Self.chartHeight)
    if !chart.isEmpty { rows += text([ReportLine(.text, "")], width) + chart.map(Row.chart) }
    var below: [ReportLine] = []
    if !news.checkpoints.isEmpty {
      below += [ReportLine(.text, ""), ReportLine(.heading, "Checkpoints")]
      below += news.checkpoints.map { ReportLine(.text, "step \($0.step): \($0.name)") }
    }
    if !news.events.isEmpty {
      below += [ReportLine(.text, ""), ReportLine(.heading, "Events, the newest first")]
      below += news.events.suffix(Self.mostEvents).reversed().map { event in
        ReportLine(event.level == .info ? .text : .problem, event.message)
      }
    }
    return rows + text(below, width)
  }

  private func text(_ lines: [ReportLine], _ width: Int) -> [Row] {
    ReportText(lines, width: width).rows.map(Row.line)
  }
}
