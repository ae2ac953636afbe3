import Completion
import Core
import Evaluation

// Many requests at once: each server is sent as many as it takes, a request that was answered before
// is not sent again, and what all may cost together is bounded. It grades nothing and stores nothing.

/// Requests waiting, in flight and answered.
///
/// It belongs to the thread of one loop, which repeats `wait`, then `advance`.
final class AnswerQueue {
  /// A request that has come to its end.
  struct Finished {
    /// The number that it was asked with.
    var number: Int
    var kept: KeptAnswer
    /// Whether it was answered before, and nobody was asked.
    var wasKept: Bool
    /// Whether the store has it already.
    var isStored = false

    /// Why it can't be graded; nil for an answer.
    var failure: String? {
      guard kept.answer.finishReason?.isSuccess != true else { return nil }
      return kept.answer.error ?? "The answer was \(kept.answer.finishReason?.words ?? "cut off")."
    }
  }

  /// An answer that is there already.
  struct Found {
    var answer: Answer
    var cost: Money?
    var isStored: Bool
  }

  /// Looks up an answer by the request's hash and its repetition.
  typealias Lookup = (String, Int) -> Found?

  /// What makes a request the same as another one.
  private struct Key: Hashable {
    var hash: String
    var repetition: Int
  }

  private struct Request {
    var key: Key
    var request: CompletionRequest
  }

  private struct Flight {
    var asked: Request
    var answer: Answer
  }

  /// The requests of one server. A class, so that its list is never copied.
  private final class Lane {
    var limit: ConcurrencyLimit
    var waiting: [Request] = []
    /// The place of the first one that waits: what was sent is taken out in bulk.
    var first = 0
    var inFlight = 0

    init(most: Int) { limit = ConcurrencyLimit(most: most) }

    var isFull: Bool { inFlight >= limit.value }
    var next: Request? { first < waiting.count ? waiting[first] : nil }

    func takeNext() {
      first += 1
      guard first > 256, first * 2 > waiting.count else { return }
      waiting.removeFirst(first)
      first = 0
    }
  }

  private let client: KeyedClient
  private let providers: [Provider]
  private let catalog: ModelCatalog
  private let lookup: Lookup
  private let mostRequests: Int
  private let isOffline: Bool
  private var spending: Spending
  private var lanes: [String: Lane] = [:]
  private var flights: [Int: Flight] = [:]
  /// The numbers that wait for the answer to a request: one that is asked again before it is answered
  /// is sent once.
  private var numbers: [Key: [Int]] = [:]
  private var ready: [Finished] = []
  private var nextFlight = 0
  /// Requests that wait.
  private(set) var waitingCount = 0
  /// What was spent here.
  private(set) var cost = Cost.zero
  /// Why the next request can't be paid for; nil while it can. What waits then is not sent.
  private(set) var refusal: BudgetRefusal?

  /// - Parameters:
  ///   - mostRequests: in flight at once, to one server.
  ///   - isOffline: whether no server is asked: what was not kept fails.
  ///   - lookup: answers that were kept; nil asks for everything.
  init(
    client: KeyedClient, providers: [Provider], catalog: ModelCatalog, budget: Money?,
    mostRequests: Int, isOffline: Bool = false, lookup: @escaping Lookup
  ) {
    self.isOffline = isOffline
    self.client = client
    self.providers = providers
    self.catalog = catalog
    self.mostRequests = mostRequests
    self.lookup = lookup
    spending = Spending(limits: BudgetLimits(command: budget))
  }

  var inFlight: Int { flights.count }

  /// The most that may be in flight now, over the servers that are asked.
  var limit: Int { lanes.values.reduce(0) { $0 + $1.limit.value } }

  /// Whether everything was answered, and taken.
  var isIdle: Bool { flights.isEmpty && waitingCount == 0 && ready.isEmpty }

  /// Whether `advance` has something to give at once.
  var hasReady: Bool { !ready.isEmpty }

  // MARK: Asking

  /// Asks for an answer, which comes out of `advance` under its number.
  ///
  /// - Parameters:
  ///   - repetition: from 1: a request is asked once for each.
  ///   - maySend: whether a server may be asked where no answer was kept.
  func ask(
    _ number: Int, _ request: CompletionRequest, repetition: Int, maySend: Bool = true
  ) {
    let key = Key(hash: request.exactHash, repetition: repetition)
    if let found = lookup(key.hash, repetition) {
      let kept = KeptAnswer(
        request: request, hash: key.hash, repetition: repetition, answer: found.answer,
        cost: found.cost)
      ready.append(
        Finished(number: number, kept: kept, wasKept: true, isStored: found.isStored))
      return
    }
    guard maySend, !isOffline || request.model.isBuiltin else {
      var answer = Answer()
      answer.end(
        .error, error: "No answer of \(request.model) to this was kept, and nobody is asked.",
        at: 0)
      let kept = KeptAnswer(
        request: request, hash: key.hash, repetition: repetition, answer: answer, cost: nil)
      ready.append(Finished(number: number, kept: kept, wasKept: true))
      return
    }
    numbers[key, default: []].append(number)
    guard numbers[key]?.count == 1 else { return }
    let name = request.model.provider
    let lane = lanes[name] ?? Lane(most: mostRequests)
    lanes[name] = lane
    lane.waiting.append(Request(key: key, request: request))
    waitingCount += 1
  }

  /// Stops everything at once: what waits is forgotten, what is in flight is cancelled and told of no
  /// more.
  func stop() {
    for flight in flights.keys { client.stop(flight) }
    flights = [:]
    lanes = [:]
    numbers = [:]
    waitingCount = 0
    ready = []
    client.cancelWaiting()
  }

  private func send() {
    for lane in lanes.values {
      while !lane.isFull, let asked = lane.next, send(asked) {
        lane.takeNext()
        waitingCount -= 1
      }
    }
  }

  /// Tells whether it was sent. What the budget leaves no room for waits for what is in flight: that
  /// mostly costs less than what is set aside for it.
  private func send(_ asked: Request) -> Bool {
    let model = asked.request.model
    let provider = providers.first { $0.name == model.provider }
    let profile = catalog.profile(of: model)
    let flight = nextFlight + 1
    do throws(BudgetRefusal) {
      _ = try spending.admit(flight, request: asked.request, to: provider, profile: profile)
    } catch {
      if flights.isEmpty { refusal = error }
      return false
    }
    nextFlight = flight
    lanes[model.provider]?.inFlight += 1
    flights[flight] = Flight(asked: asked, answer: catalog.emptyAnswer(to: asked.request))
    client.start(id: flight, request: asked.request, provider: provider, profile: profile)
    return true
  }

  // MARK: The loop

  /// Sends what may be sent, and takes in what has come.
  func advance() -> [Finished] {
    send()
    for case .stream(let flight, let time, let wire, let events) in client.advance() {
      take(flight, time, wire, events)
    }
    send()
    defer { ready = [] }
    return ready
  }

  /// Waits as the client does.
  func wait(for descriptors: [CInt], milliseconds: Double?) {
    client.wait(
      for: descriptors, timeoutMilliseconds: milliseconds.map { Int32(min(max($0, 0), 60_000)) })
  }

  private func take(_ number: Int, _ time: Double, _ wire: WireEvent, _ events: [StreamEvent]) {
    guard let index = flights.index(forKey: number) else { return }
    spending.follow(number, wire: wire, events: events)
    for event in events { flights.values[index].answer.apply(event, at: time) }
    let lane = flights.values[index].asked.request.model.provider
    switch wire {
    case .head(let status, _) where status == 429 || status == 503 || status == 529:
      lanes[lane]?.limit.requestRefused()
    case .retry:
      do throws(BudgetRefusal) {
        _ = try spending.retry(number)
      } catch {
        client.stop(number, as: .failed("There is no further try. \(error)"))
      }
    case .end(let ending):
      var flight = flights.remove(at: index).value
      if case .failed(let reason) = ending { flight.answer.end(.error, error: reason, at: time) }
      if case .cancelled = ending { flight.answer.end(.cancelled, at: time) }
      flight.answer.end(.truncated, error: "The stream ended before the answer did.", at: time)
      let wasFull = lanes[lane]?.isFull == true
      lanes[lane]?.inFlight -= 1
      if flight.answer.finishReason?.isSuccess == true {
        lanes[lane]?.limit.requestEnded(at: MonotonicClock.milliseconds, wasFull: wasFull)
      }
      _ = spending.close(number)
      finish(flight)
    default: break
    }
  }

  private func finish(_ flight: Flight) {
    let (asked, answer) = (flight.asked, flight.answer)
    let price = catalog.profile(of: asked.request.model).price
    let cost = asked.request.model.isBuiltin ? .zero : Cost(of: answer, at: price)
    self.cost += cost
    let kept = KeptAnswer(
      request: asked.request, hash: asked.key.hash, repetition: asked.key.repetition,
      answer: answer,
      cost: cost.isPartial ? nil : cost.amount)
    for (place, number) in (numbers.removeValue(forKey: asked.key) ?? []).enumerated() {
      ready.append(Finished(number: number, kept: kept, wasKept: place > 0, isStored: place > 0))
    }
  }
}
