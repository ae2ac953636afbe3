// The question which models a server has: one request as a rule, a few where the list has pages, or
// where each model is to be asked about.

import Core

/// A listing of a server's models under way.
final class ModelListing {
  let id: Int
  private let provider: Provider
  private let credentials: Credentials
  private let pool: TransferPool
  private let clock: () -> Double
  /// When it must be over, in monotonic milliseconds.
  private let deadline: Double

  private var list: ListingRequest?
  private var pageCount = 0
  private var models: [ListedModel] = []
  /// Questions about single models, by the models' places in the list.
  private var shows: [(place: Int, request: ListingRequest)] = []
  private var nextShown = 0

  /// Of up to a thousand models each: far more than any server has.
  private static let maximumPages = 20
  /// What a server with one disk is asked at once.
  private static let showsAtOnce = 8
  /// More models than anybody keeps; those beyond are listed without a window.
  private static let maximumShows = 256

  /// Asks a server.
  ///
  /// - Parameter timeLimit: for all requests together.
  init(
    id: Int, of provider: Provider, credentials: Credentials, timeLimit: Duration,
    in pool: TransferPool, clock: @escaping () -> Double
  ) throws(CompletionError) {
    self.id = id
    self.provider = provider
    self.credentials = credentials
    self.pool = pool
    self.clock = clock
    deadline = MonotonicClock.milliseconds + timeLimit.milliseconds
    list = try requestPage(after: nil, timeLimit: timeLimit)
  }

  /// The models in the server's order, or why there are none; nil while it has not ended.
  func result() -> Result<[ListedModel], CompletionError>? {
    if let list {
      switch list.result() {
      case nil: return nil
      case .failure(let error): return listed(before: error)
      case .success(let json):
        guard let page = ListedModel.list(json) else { return listed(before: list.noList) }
        models += page
        self.list = nextPage(after: json)
        return self.list == nil ? result() : nil
      }
    }
    takeShown()
    if provider.wire == .ollamaChat { askOn() }
    return shows.isEmpty ? .success(models) : nil
  }

  /// The pages that came before one that failed; they are better than none.
  private func listed(before error: CompletionError) -> Result<[ListedModel], CompletionError> {
    models.isEmpty ? .failure(error) : .success(models)
  }

  /// Anthropic lists in pages; the others give all at once and don't know the word.
  private func requestPage(
    after last: String?, timeLimit: Duration
  ) throws(CompletionError) -> ListingRequest {
    var provider = provider
    if provider.wire == .messages { provider.query["limit"] = "1000" }
    provider.query["after_id"] = last
    pageCount += 1
    return try ListingRequest(
      provider.wire.dialect.modelsPath, of: provider, credentials: credentials,
      timeLimit: timeLimit, in: pool, clock: clock)
  }

  private func nextPage(after page: JSON) -> ListingRequest? {
    guard page["has_more"]?.bool == true, let last = page["last_id"]?.string,
      pageCount < Self.maximumPages, let timeLeft
    else { return nil }
    return try? requestPage(after: last, timeLimit: timeLeft)
  }

  private var timeLeft: Duration? {
    let milliseconds = deadline - MonotonicClock.milliseconds
    return milliseconds >= 1 ? .milliseconds(Int(milliseconds)) : nil
  }

  // MARK: Ollama, which says a model's window only when it is asked about that model

  private func askOn() {
    while shows.count < Self.showsAtOnce, nextShown < min(models.count, Self.maximumShows),
      let timeLeft,
      let request = try? ListingRequest(
        "/api/show", of: provider, body: ["model": .string(models[nextShown].name)],
        credentials: credentials, timeLimit: timeLeft, in: pool, clock: clock)
    {
      shows.append((nextShown, request))
      nextShown += 1
    }
  }

  /// A model about which nothing can be learned is listed all the same.
  private func takeShown() {
    shows.removeAll { place, request in
      guard let result = request.result() else { return false }
      if case .success(let json) = result {
        models[place].profile = ListedModel.profile(shown: json)
      }
      return true
    }
  }
}
