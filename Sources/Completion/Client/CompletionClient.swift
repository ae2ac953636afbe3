// The streaming client: asks servers and built-in models, plays recordings, and brings what they say
// to the one loop of the program. It draws nothing, stores nothing and starts no thread.

import Core

/// Something that came of a request, in the order in which it happened.
public enum CompletionUpdate: Hashable, Sendable {
  /// The next wire event of a run, `time` milliseconds after it began, and what it says. The last
  /// one of a run is a `WireEvent.end`.
  case stream(id: Int, time: Double, wire: WireEvent, events: [StreamEvent])
  /// A server's models, or why it gave none.
  case models(id: Int, Result<[ListedModel], CompletionError>)
}

/// All completions under way.
///
/// It belongs to the thread of one event loop, which repeats `wait`, then `advance`. Nothing happens
/// between these calls, and no call but `wait` blocks.
public final class CompletionClient {
  private struct Stream {
    let id: Int
    let source: any WireSource
    var decoder: StreamDecoder
    var hasEnded = false

    /// The next event and what it says; nil when there is none yet.
    mutating func advance(at now: Double) -> CompletionUpdate? {
      guard let next = source.next(at: now) else { return nil }
      let events = decoder.decode(next.event)
      if decoder.isFinished { source.answerHasEnded() }
      hasEnded = next.event.isEnd
      return .stream(id: id, time: next.time, wire: next.event, events: events)
    }
  }

  /// Whether `advance` has more to give at once, so that `wait` does not wait.
  public private(set) var hasPendingWork = false

  private let network: NetworkSettings
  private let jitter: () -> Double
  private let clock: () -> Double
  private let quirks = ServerQuirks()
  private var transfers: TransferPool?
  private var streams: [Stream] = []
  /// The place of the stream that was last seen to.
  private var turn = 0
  private var listings: [ModelListing] = []
  private var readyUpdates: [CompletionUpdate] = []

  /// How long `advance` may decode before it lets the loop see to the keys.
  private static let sliceMilliseconds = 8.0

  /// How long a server may take to list its models, from start to end.
  private let listTimeLimit: Duration

  /// - Parameters:
  ///   - listTimeLimit: how long a server may take to list its models, from start to end.
  ///   - network: proxies and trusted certificates.
  ///   - jitter: a number from 0 to 1 by chance, by which waits between tries are spread.
  ///   - clock: milliseconds, never going back, by which events are timed, built-in models and
  ///     recordings paced, and waits between tries measured. A script may run on a clock of its
  ///     own; time limits of connections always go by the system's.
  public init(
    listTimeLimit: Duration = .seconds(2), network: NetworkSettings = .ofThisProcess,
    jitter: @escaping () -> Double = { .random(in: 0...1) },
    clock: @escaping () -> Double = { MonotonicClock.milliseconds }
  ) {
    self.listTimeLimit = listTimeLimit
    self.network = network
    self.jitter = jitter
    self.clock = clock
  }

  /// Whether nothing is under way and every update has been taken.
  public var isIdle: Bool { streams.isEmpty && listings.isEmpty && readyUpdates.isEmpty }

  /// Whether a server is being waited for, as against a built-in model or a recording.
  public var hasConnections: Bool { transfers?.isEmpty == false || !listings.isEmpty }

  /// When `advance` next has something to give that no socket announces, in milliseconds on the
  /// client's clock; nil when there is no such thing.
  public var nextWakeUp: Double? {
    hasPendingWork ? clock() : streams.lazy.compactMap(\.source.nextWakeUp).min()
  }
}

// MARK: - Starting and stopping

extension CompletionClient {
  /// Asks a model. What can't be asked fails by way of the updates too.
  ///
  /// - Parameters:
  ///   - id: names the run in its updates; not in use by another run.
  ///   - provider: the server of that model; nil when none goes by its name, and for a built-in one.
  ///   - profile: what is known of the model: above all, what it calls its parameters.
  ///   - credentials: the provider's secrets; they are sent, and stored nowhere.
  public func start(
    id: Int, request: CompletionRequest, provider: Provider?,
    profile: ModelProfile = ModelProfile(), credentials: Credentials = Credentials()
  ) {
    var source: any WireSource
    var keyUse = KeyUse.unnamed
    do throws(CompletionError) {
      if request.model.isBuiltin {
        source = Playback(try BuiltinModel.answer(to: request), from: clock())
      } else if let provider {
        keyUse = KeyUse(of: provider, credentials: credentials)
        source = try HTTPStream(
          ProviderRequest(request, to: provider, profile: profile, credentials: credentials),
          in: pool(), quirks: quirks, jitter: jitter, clock: clock)
      } else {
        throw CompletionError(
          "No server is known by the name \"\(request.model.provider)\": "
            + "name it in the configuration, or choose another model.")
      }
    } catch {
      source = Playback(failure: error, from: clock())
    }
    begin(id: id, source, StreamDecoder(key: keyUse, given: request.givenBeginning))
  }

  /// Plays a recorded run through the same decoder as a live one, with the times of the recording.
  ///
  /// - Parameters:
  ///   - speed: how many times faster than it was; infinity for at once.
  ///   - given: the beginning that the answer went on from.
  public func replay(
    id: Int, events: [TimedWireEvent], speed: Double = 1, given: String = ""
  ) {
    begin(id: id, Playback(events, speed: speed, from: clock()), StreamDecoder(given: given))
  }

  /// Ends a run: closes its connection at once, gives what had arrived, then the end.
  ///
  /// - Parameter ending: a failure, where it is not a person who has had enough.
  public func stop(_ id: Int, as ending: WireEvent.Ending = .cancelled) {
    for stream in streams where stream.id == id { stream.source.stop(as: ending, at: clock()) }
    hasPendingWork = true
  }

  /// Asks a server for its models and what it says of them.
  public func listModels(
    of provider: Provider, credentials: Credentials = Credentials(), id: Int
  ) {
    do throws(CompletionError) {
      guard !provider.baseURL.contains("{model}") else {
        throw CompletionError(
          "The address of \(provider.name) is that of one model, so it has no list of them: name "
            + "them in the configuration.")
      }
      listings.append(
        try ModelListing(
          id: id, of: provider, credentials: credentials, timeLimit: listTimeLimit, in: pool(),
          clock: clock))
    } catch {
      readyUpdates.append(.models(id: id, .failure(error)))
    }
    hasPendingWork = true
  }

  private func begin(id: Int, _ source: any WireSource, _ decoder: StreamDecoder) {
    streams.append(Stream(id: id, source: source, decoder: decoder))
    hasPendingWork = true
  }

  private func pool() throws(CompletionError) -> TransferPool {
    if let transfers { return transfers }
    let pool = try TransferPool(network)
    transfers = pool
    return pool
  }
}

// MARK: - The loop

extension CompletionClient {
  /// Waits until something can be read from one of the descriptors, or `advance` has work to do, or
  /// the timeout is over. This is the one wait of the program.
  ///
  /// - Parameters:
  ///   - descriptors: what the loop watches beside the client's sockets.
  ///   - timeoutMilliseconds: nil for no limit; a signal may end it early too.
  /// - Returns: those of the descriptors that can be read from.
  @discardableResult
  public func wait(for descriptors: [CInt], timeoutMilliseconds: Int32? = nil) -> [CInt] {
    var timeout = timeoutMilliseconds.map { max($0, 0) } ?? -1
    if let wakeUp = nextWakeUp {
      let untilWakeUp = Int32(clampedMilliseconds: wakeUp - clock())
      timeout = timeout < 0 ? untilWakeUp : min(timeout, untilWakeUp)
    }
    if let transfers, !transfers.isEmpty {
      return transfers.wait(for: descriptors, milliseconds: timeout < 0 ? .max : timeout)
    }
    return TransferPool.wait(for: descriptors, milliseconds: timeout)
  }

  /// Sends, receives and decodes what there is, for at most some 8 ms, without waiting.
  public func advance() -> [CompletionUpdate] {
    let sliceEnd = MonotonicClock.milliseconds + Self.sliceMilliseconds
    transfers?.perform()
    var updates: [CompletionUpdate] = []
    swap(&updates, &readyUpdates)
    listings.removeAll { listing in
      guard let result = listing.result() else { return false }
      updates.append(.models(id: listing.id, result))
      return true
    }
    let now = clock()
    repeat {
      hasPendingWork = false
      // One event of each in turn, so that a fast stream does not hold up a slow one.
      for _ in streams.indices {
        turn = (turn + 1) % streams.count
        if let update = streams[turn].advance(at: now) {
          updates.append(update)
          hasPendingWork = true
        }
        if MonotonicClock.milliseconds >= sliceEnd {
          hasPendingWork = true
          break
        }
      }
      streams.removeAll(where: \.hasEnded)
    } while hasPendingWork && MonotonicClock.milliseconds < sliceEnd
    return updates
  }
}
