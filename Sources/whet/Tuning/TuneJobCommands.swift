import ArgumentParser
import Core
import Runtime

// `whet tune list`, `watch` and `cancel`: the jobs that are remembered.

struct TuneListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the training jobs of this machine, the newest first, with what came of them.")

  @Flag(help: "Print a JSON object a line.")
  var json = false

  func run() throws {
    let surroundings = try Surroundings()
    let jobs = try surroundings.trainingJobs().list()
    if json {
      for job in jobs { Console.line(job.listJSON.text) }
      return
    }
    if jobs.isEmpty {
      Console.complain("whet: there is no job yet; whet tune start makes one.")
      return
    }
    let rows = jobs.map { job in
      [
        String(job.name.suffix(8)), LocalTime.system.minute(job.createdAt), job.status,
        "\(job.provider)/\(job.request.model)", job.data.name,
        job.model?.description ?? job.state?.error ?? "",
      ]
    }
    let widths = (0..<6).map { column in
      rows.map { DisplayText.width(of: $0[column]) }.max() ?? 0
    }
    for row in rows {
      let cells = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - DisplayText.width(of: text))
      }
      Console.line(cells.joined(separator: "  ").trimmingTrailingSpaces)
    }
  }
}

struct TuneWatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Watch a training job until it has ended; ^C leaves it running.",
    discussion: """
      JOB is a job's name, the server's name of it, or the end of either; without it, the newest. What \
      was to be sent when whet ended is sent now.

      Exit status: 0; 1 when the job failed or was cancelled; 2 when it can't be watched; 3 when it was \
      stopped.
      """)

  @Argument(help: "The job.")
  var job: String?

  func run() throws {
    do {
      let jobs = try Surroundings().trainingJobs()
      let job = try jobs.find(job)
      try TrainingJobScreen().watch(job.name, of: jobs, until: Interruption())
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }
}

struct TuneCancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "End a training job.",
    discussion: """
      JOB is as for whet tune watch. What was trained by then may be billed. A server that can't be \
      reached is told once it can: now, or when the job is watched next.
      """)

  @Argument(help: "The job.")
  var job: String

  func run() throws {
    do {
      let jobs = try Surroundings().trainingJobs()
      let job = try jobs.find(job)
      guard !job.journey.hasEnded else {
        throw CommandError("The job has ended: \(job.status).")
      }
      let interruption = Interruption()
      let ended = try jobs.cancel(
        job.name,
        onProgress: { progress in
          if case .waiting(let reason, _) = progress { Console.complain("whet: \(reason)") }
        }, isInterrupted: { interruption.hasCome })
      Console.line("\(ended.name.suffix(8)): \(ended.status)")
    } catch is CancellationError {
      Console.complain("whet: stopped; the server is told when the job is watched next.")
      throw ExitCode(3)
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.complain("whet: \(error)")
      throw ExitCode(2)
    }
  }
}

extension TrainingJobRecord {
  /// What a program may want to know of it.
  fileprivate var listJSON: JSON {
    var object: JSON.Object = [
      "job": .string(name), "provider": .string(provider), "model": .string(request.model),
      "status": .string(status), "created_at": .number(createdAt), "trained_on": data.json,
    ]
    if let id = journey.job { object["id"] = .string(id) }
    if let endedAt { object["ended_at"] = .number(endedAt) }
    if let model { object["result"] = .string(model.description) }
    if let error = state?.error { object["error"] = .string(error) }
    return .object(object)
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
