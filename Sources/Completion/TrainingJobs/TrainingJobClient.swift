// The jobs of a server that trains models: each request once. What is to be tried again is the
// runner's business.

import Core

/// Uploads files, creates, finds, asks after and cancels jobs.
///
/// All methods throw `ServerExchange.Failure`, `CompletionError` and `CancellationError`.
struct TrainingJobClient {
  let provider: Provider
  let dialect: any TrainingDialect
  /// Merged into the body that asks for a job.
  private let patch: JSON?
  private let exchange: ServerExchange
  /// Of one list: more than any training brings.
  private static let mostNews = 100_000

  init(
    _ provider: Provider, credentials: Credentials, network: NetworkSettings,
    isCancelled: @escaping () -> Bool
  ) throws(CompletionError) {
    dialect = try provider.trainingDialect
    patch = provider.training?.body
    var provider = provider
    provider.baseURL = provider.trainingBaseURL
    // What is patched into completions is no part of a training.
    provider.bodyPatch = nil
    self.provider = provider
    exchange = ServerExchange(
      provider: provider, credentials: credentials, network: network, isCancelled: isCancelled)
  }

  /// Sends a file, and gives the server's identifier of it.
  func upload(_ path: String, name: String, onSent: (Int, Int) -> Void) throws -> String {
    if let preparation = dialect.preparation(ofFile: name) {
      do {
        _ = try send(preparation)
      } catch let failure as ServerExchange.Failure where failure.status == 409 {}
    }
    let upload = dialect.upload(ofFile: name)
    let body = try UploadBody(path: path, fileName: upload.fileName, fields: upload.fields)
    let answer = try exchange.json("POST", upload.path, upload: body, onSent: onSent)
    guard let id = upload.identifier(answer) else {
      throw unclear("took the file and named no identifier.")
    }
    return id
  }

  func findFile(name: String) throws -> String? { try find(dialect.lookup(ofFile: name)) }

  /// Sends the wish for a job, and gives the server's identifier of it.
  func create(
    _ request: TrainingJobRequest, name: String, files: TrainingFiles
  ) throws -> String {
    var creation = dialect.creation(of: request, name: name, files: files)
    if let patch { creation.body = creation.body?.merged(with: patch) }
    do {
      guard let id = dialect.state(try send(creation))?.id else {
        throw unclear("named no identifier of the job.")
      }
      return id
    } catch let failure as ServerExchange.Failure where failure.status == 409 {
      // A name of our choosing is taken by ourselves.
      let lookup = dialect.lookup(ofJob: name, files: files, method: request.method)
      if case .item(_, let identifier, _) = lookup { return identifier }
      throw failure
    }
  }

  func findJob(
    name: String, files: TrainingFiles, method: TrainingMethod
  ) throws -> String? {
    try find(dialect.lookup(ofJob: name, files: files, method: method))
  }

  /// How a job stands, and what its answer tells beside that.
  func state(
    of job: String, method: TrainingMethod
  ) throws -> (state: TrainingJobState, news: TrainingNews) {
    let answer = try send(dialect.status(of: job, method: method))
    guard let state = dialect.state(answer) else {
      throw unclear("tells nothing of the job \(job).")
    }
    return (state, dialect.news(in: answer))
  }

  /// What a server's lists tell of a job, oldest first; a list that it doesn't have tells nothing.
  func reports(of job: String, method: TrainingMethod) throws -> TrainingNews {
    var news = TrainingNews()
    for report in dialect.reports(of: job, method: method) {
      var told = TrainingNews()
      let list = ServerList(paging: report.paging, items: report.items) { query in
        try send(TrainingRequest(path: report.path, query: query))
      }
      do {
        try list.forEach(query: report.query) {
          told.append(report.read($0))
          return told.events.count + told.checkpoints.count < Self.mostNews
        }
      } catch let failure as ServerExchange.Failure
        where [404, 405, 501].contains(failure.status)
      {}
      // OpenAI's lists begin with the newest.
      if let first = told.events.first?.time, let last = told.events.last?.time, first > last {
        told.events.reverse()
      }
      news.append(told)
    }
    return news
  }

  /// Tells the server to end a job; nil where it doesn't say how the job stands now.
  func cancel(_ job: String, method: TrainingMethod) throws -> TrainingJobState? {
    dialect.state(try send(dialect.cancellation(of: job, method: method)))
  }

  private func send(_ request: TrainingRequest) throws -> JSON {
    try exchange.json(
      request.method, request.path, query: request.query, body: request.body)
  }

  private func find(_ lookup: TrainingLookup) throws -> String? {
    switch lookup {
    case .list(let path, let query, let paging, let isMeant):
      let list = ServerList(paging: paging) { query in
        try send(TrainingRequest(path: path, query: query))
      }
      return try list.first(query: query, where: isMeant)
    case .item(let path, let identifier, let isThere):
      do {
        return isThere(try send(TrainingRequest(path: path))) ? identifier : nil
      } catch let failure as ServerExchange.Failure where failure.status == 404 {
        return nil
      }
    }
  }

  private func unclear(_ words: String) -> ServerExchange.Failure {
    ServerExchange.Failure(
      status: nil, kind: .permanent, mayHaveArrived: true, passes: false,
      sentence: "\(provider.name) \(words)")
  }
}
