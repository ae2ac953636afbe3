import Completion
import Core
import Dispatch
import Playground
import Retrieval
import Sessions

// Carries out effects with the services and brings back events. A terminal, a script and a headless
// command all drive this one, so that they do the same.

/// The host of a whole program: models, indexes, files and the store.
///
/// It belongs to one thread, that of the loop. Work with files and the store is done on threads of
/// its own, and comes back as events.
public final class Runtime: Host {
  /// What a runtime works with.
  public struct Settings {
    public var folders: Folders
    /// The variables that hold the providers' keys among others.
    public var environment: [String: String]
    /// The servers that are known, found ones among them.
    public var providers: [Provider]
    /// What is known of models: prices, windows, what they call their parameters.
    public var catalog = ModelCatalog()
    public var budget = BudgetLimits()
    /// Whether servers are asked for their models at start.
    public var discoversModels = true
    /// Whether runs and drafts are kept.
    public var keepsRuns = true
    /// The session that runs go to, by its name; nil names a new one for its prompt.
    public var sessionName: String?
    /// Draws a comparison that is exported as SVG; nil where nothing draws.
    public var comparisonPicture: ComparisonFile.Picture?
    /// Draws a session that is exported as a picture or a recording; nil where nothing draws.
    public var sessionDrawing: SessionDrawing?
    /// Documents that the tour's index is brought up to date with before it is searched.
    public var documents: String?
    /// The rubric of a person's own that judge models go by; nil for the one that ships.
    public var rubric: String?
    /// Chance, for what is shown without names.
    public var random: @Sendable () -> UInt64 = { UInt64.random(in: 0 ... .max) }

    public init(folders: Folders, environment: [String: String], providers: [Provider]) {
      self.folders = folders
      self.environment = environment
      self.providers = providers
    }
  }

  let settings: Settings
  var catalog: ModelCatalog
  var spending: Spending
  let clock: any RuntimeClock
  let client: KeyedClient
  private var player = TapePlayer()
  let mailbox = Mailbox<Event>()
  let recorder: Recorder
  let indexes: Indexes
  let inspections: Inspections
  let evaluator = Evaluator()
  let trainingDesk = TrainingDesk()
  let files = DispatchQueue(label: "whet.files")
  let watch = FileWatch()
  let storeWatch = StoreWatch()
  /// When it is to be seen what others wrote to the store.
  var storeCheckTime: Double?
  /// The prompt's file, as the program calls it; nil while none is watched.
  var watchedPath: String?
  /// When the prompt's file is to be read again.
  private var fileCheckTime: Double?
  private let doctor = DispatchQueue(label: "whet.doctor")
  private let parser = DispatchQueue(label: "whet.parser")
  private let comparer = DispatchQueue(label: "whet.comparer")
  let support = DispatchQueue(label: "whet.support")
  let lessonReader = DispatchQueue(label: "whet.lessons")

  private var timers: [(time: Double, timer: Timer)] = []
  /// Runs that are recorded while they stream, by number.
  private(set) var recordings: [Int: Recording] = [:]
  private var flushTime: Double?
  /// Whose models each listing under way is about.
  private var listings: [Int: Provider] = [:]
  private var nextListing = 1

  struct Recording {
    let request: CompletionRequest
    var answer: Answer
    var unsaved: [TimedWireEvent] = []
  }

  /// What had arrived this long ago is in the store, whatever happens to the process.
  private static let flushMilliseconds = 250.0
  /// Programs write a file in several steps: it is read when they have had time to finish.
  private static let fileCheckMilliseconds = 50.0

  /// - Parameters:
  ///   - clock: the time of timers, streams and what is recorded.
  ///   - store: an open store, or why there is none; nil opens the folders' own when it is needed.
  public init(
    settings: Settings, clock: any RuntimeClock, store: Result<SessionStore, any Error>? = nil
  ) {
    self.settings = settings
    catalog = settings.catalog
    spending = Spending(limits: settings.budget)
    self.clock = clock
    client = KeyedClient(
      CompletionClient(clock: { [clock] in clock.now }),
      keys: KeyRing(environment: settings.environment))
    indexes = Indexes(
      folder: IndexFolder(settings.folders.indexes),
      models: SearchModels(
        folders: settings.folders, environment: settings.environment,
        providers: settings.providers, catalog: settings.catalog),
      mailbox: mailbox)
    inspections = Inspections(mailbox: mailbox)
    let path = settings.folders.store
    recorder = Recorder(
      openStore: { try store?.get() ?? SessionStore(path: path) },
      localTime: clock.localTime, sessionName: settings.sessionName, mailbox: mailbox)
  }

  // MARK: Host

  public var now: Double { clock.now }

  public var isIdle: Bool {
    timers.isEmpty && flushTime == nil && fileCheckTime == nil && client.isIdle
      && player.nextWakeUp(at: clock.now) == nil && mailbox.isQuiet
  }

  /// As `Host` has it; where only time is waited for, a clock that can leap goes there at once.
  public func wait(for descriptors: [CInt], milliseconds: Double?) {
    let deadline = [
      timers.map(\.time).min(), flushTime, fileCheckTime, player.nextWakeUp(at: clock.now),
    ].compactMap { $0 }.min()
    let untilDeadline = deadline.map { max(0, $0 - clock.now) }
    let untilStoreCheck = storeCheckTime.map { max(0, $0 - clock.now) }
    let timeout = [milliseconds, untilDeadline, untilStoreCheck].compactMap { $0 }.min()
    if clock.canLeap, mailbox.isQuiet, !client.hasConnections {
      if let next = [deadline, client.nextWakeUp].compactMap({ $0 }).min() { clock.leap(to: next) }
      return
    }
    clock.setRunning(client.hasConnections)
    client.wait(
      for: descriptors + [mailbox.descriptor, watch.descriptor, storeWatch.descriptor],
      timeoutMilliseconds: timeout.map { Int32(min($0.rounded(.up), 3_600_000)) })
  }

  public func events() -> [Event] {
    var events: [Event] = []
    let now = clock.now
    let due = timers.filter { $0.time <= now }
    timers.removeAll { $0.time <= now }
    events += due.sorted { $0.time < $1.time }.map { Event.timer($0.timer) }
    events += client.advance().compactMap(event)
    events += player.advance(at: now)
    if let flushTime, flushTime <= now { flush() }
    events += lookAtFolder(at: now)
    lookAtStore(at: now)
    return events + mailbox.collect()
  }

  public func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  /// Waits until everything that is to be kept is in the store; for the very end.
  public func finish() {
    client.cancelWaiting()
    finishEvaluating()
    finishTraining()
    repeat {
      for update in client.advance() { _ = event(update) }
    } while client.hasPendingWork
    flush()
    recorder.finish()
  }

  // MARK: Effects

  private func perform(_ effect: Effect) {
    switch effect {
    case .terminal: break
    case .schedule(let timer, let delay):
      guard !timers.contains(where: { $0.timer == timer }) else { return }
      timers.append((clock.now + delay, timer))
    case .postpone(let timer, let delay):
      timers.removeAll { $0.timer == timer }
      timers.append((clock.now + delay, timer))
    case .parsePrompt(let parsing): parse(parsing)
    case .search(let request): indexes.search(request)
    case .searchAside(let request): indexes.searchAside(request)
    case .readInputs(let reading): read(reading)
    case .readDataset(let reading): read(reading)
    case .startRuns(let plans): start(plans)
    case .loadExamples(let request): loadExamples(request)
    case .cancelRuns(let numbers): for number in numbers { client.stop(number) }
    case .play(let plans): player.play(plans, at: clock.now)
    case .playNext(let plan): player.playNext(plan, at: clock.now)
    case .setPace(let pace): player.setPace(pace, at: clock.now)
    case .movePlayback(let move):
      player.move(move)
    case .endPlayback: player = TapePlayer()
    case .examineWire(let examination): examine(examination)
    case .compareAnswers(let comparing): compare(comparing)
    case .examineSupport(let examination): examine(examination)
    case .lookAround(let session): lookAround(session: session)
    case .listIndexes: mailbox.post(.indexesListed(indexes.names))
    case .readDocument(let reading): read(reading)
    case .inspect(let inspection): inspect(inspection)
    case .openSource(let opening): open(opening)
    case .explainAbsence(let request): explainAbsence(request)
    case .measure(let measuring): measure(measuring)
    case .endInspection(let number): inspections.end(number)
    case .judge(let judging): judge(judging)
    case .readRelevance(let index, let query): readRelevance(index: index, query: query)
    case .saveDraft(let draft):
      guard settings.keepsRuns else { return }
      recorder.save(draft, at: clock.secondsSince1970)
    case .readHistory(let place): recorder.readHistory(at: place)
    case .savePrompt(let save): self.save(save)
    case .watchPrompt(let path): watchPrompt(path)
    case .readPrompt(let path): read(path)
    case .readPartials(let path, let names): readPartials(named: names, besides: path)
    case .listPartials(let path): listPartials(besides: path)
    case .listSessions: recorder.listSessions()
    case .evaluations(let request): perform(request)
    case .training(let request): perform(request)
    case .findRuns(let request): recorder.find(request, at: clock.secondsSince1970)
    case .nameSession(let session, let name): recorder.rename(session, to: name)
    case .loadLastRuns(let prompt, let session, let shown):
      if settings.keepsRuns { recorder.loadLastRuns(of: prompt, in: session, shown: shown) }
    case .loadBaseline(let run): if settings.keepsRuns { recorder.loadBaseline(run) }
    case .exportComparison(let export):
      recorder.export(export, picture: settings.comparisonPicture)
    case .loadRuns(let id, let revisit): recorder.load(id, for: revisit)
    case .newSession: recorder.startNewSession()
    case .readTree(let session, let run): recorder.readTree(of: session, at: run)
    case .followTree(let session): recorder.followTree(of: session)
    case .readMoment(let request): recorder.read(request)
    case .changeTree(let session, let change): recorder.change(session, change)
    case .compareMoments(let session, let moments): recorder.compare(moments, in: session)
    case .goOn(let session): recorder.resume(session: session)
    case .listLessons: listLessons()
    case .openLesson(let lesson): recorder.open(lesson)
    case .exportSession(let path):
      recorder.export(to: path, drawing: settings.sessionDrawing)
    case .importSession(let path): recorder.importSession(from: path)
    case .versions(let request): if settings.keepsRuns { recorder.perform(request) }
    case .columnSets(let request): recorder.perform(request, at: clock.secondsSince1970)
    case .rate(let run, let rating): recorder.rate(run, rating)
    case .readOpinions(let runs): recorder.readOpinions(of: runs)
    case .remark(let run, let remark): recorder.remark(remark, on: run)
    case .readTags(let run): recorder.readTags(for: run)
    case .addPreferences(let preferences):
      recorder.add(preferences, at: clock.secondsSince1970)
    case .readPreferences(let request): recorder.read(request, random: settings.random())
    case .readRubric: readRubric()
    case .correct(let run, let text):
      recorder.correct(run, Correction(text: text, madeAt: clock.secondsSince1970))
    case .saveCorrectionDraft(let run, let text): recorder.saveCorrectionDraft(text, of: run)
    case .writeCopy(let text, let name, let reason):
      writeCopy(text, named: name, because: reason)
    case .writeFile(let path, let text): writeFile(text, to: path)
    case .importPrompt(let path): importPrompt(from: path)
    }
  }

  /// Takes in what the kernel tells of the prompt's folder, and has the file read once it is due.
  private func lookAtFolder(at now: Double) -> [Event] {
    if let time = fileCheckTime, time <= now {
      fileCheckTime = nil
      checkPromptFile()
    }
    let changes = watch.changes()
    if changes.contains(.file), fileCheckTime == nil {
      fileCheckTime = now + Self.fileCheckMilliseconds
    }
    return changes.contains(.siblings) ? [.promptFolderChanged] : []
  }

  // MARK: Runs

  private func start(_ plans: [RunPlan]) {
    if settings.keepsRuns {
      let prices = plans.reduce(into: [:]) { prices, plan in
        prices[plan.request.model] = catalog.profile(of: plan.request.model).price
      }
      recorder.begin(plans, at: clock.secondsSince1970, prices: prices)
    }
    for plan in plans {
      let model = plan.request.model
      if settings.keepsRuns {
        recordings[plan.number] = Recording(
          request: plan.request, answer: catalog.emptyAnswer(to: plan.request))
      }
      let provider = settings.providers.first { $0.name == model.provider }
      let profile = catalog.profile(of: model)
      if let provider { tellOfOmissions(in: plan.request, to: provider, profile: profile) }
      do throws(BudgetRefusal) {
        try admit(plan, to: provider, profile: profile)
        client.start(
          id: plan.number, request: plan.request, provider: provider, profile: profile)
      } catch {
        let end = WireEvent.end(.failed("\(error)"))
        client.replay(id: plan.number, events: [TimedWireEvent(time: 0, event: end)])
      }
    }
  }

  private func tellOfOmissions(
    in request: CompletionRequest, to provider: Provider, profile: ModelProfile
  ) {
    let names = request.omittedParameters(to: provider, profile: profile)
    guard !names.isEmpty, !request.model.isBuiltin else { return }
    mailbox.post(
      .noticed(
        Notice(
          .warning,
          "\(request.model) is not sent \(names.joined(separator: ", ")): its protocol or the model "
            + "takes none.")))
  }

  /// Keeps what a stream brought, and tells the program of what it says.
  private func event(_ update: CompletionUpdate) -> Event? {
    switch update {
    case .stream(let number, let time, let wire, let events):
      spending.follow(number, wire: wire, events: events)
      if case .retry = wire { retry(number) }
      record(TimedWireEvent(time: time, event: wire), events, of: number)
      return .stream(StreamUpdate(number: number, time: time, wire: wire, events: events))
    case .models(let listing, let result):
      guard let provider = listings.removeValue(forKey: listing),
        case .success(let listed) = result
      else { return nil }
      catalog.add(listed, of: provider)
      mailbox.post(.catalogChanged(catalog))
      return .modelsFound(
        listed.map { ModelReference(provider: provider.name, model: $0.name) })
    }
  }

  /// On a thread of its own: a long stream takes longer to read through than a key may wait.
  private func examine(_ examination: WireExamination) {
    let window = catalog.profile(of: examination.model).contextWindow
    mailbox.work(on: doctor) { [mailbox] in
      let findings = StreamDoctor.examine(examination.events, contextWindow: window)
      mailbox.post(.wireExamined(number: examination.number, findings: findings))
    }
  }

  private func parse(_ parsing: PromptParsing) {
    mailbox.work(on: parser) { [mailbox] in mailbox.post(.promptParsed(parsing.result())) }
  }

  private func compare(_ comparing: AnswerComparing) {
    mailbox.work(on: comparer) { [mailbox] in mailbox.post(.answerCompared(comparing.result())) }
  }

  private func record(_ timed: TimedWireEvent, _ events: [StreamEvent], of number: Int) {
    guard var recording = recordings[number] else {
      if case .end = timed.event { _ = spending.close(number) }
      return
    }
    // Taken out while it changes, so that its text is not copied with every event.
    recordings[number] = nil
    for event in events { recording.answer.apply(event, at: timed.time) }
    recording.unsaved.append(timed)
    if case .end = timed.event {
      recorder.append(recording.unsaved, to: number)
      recorder.end(number, answer: recording.answer, charge: spending.close(number))
      learn(from: recording)
    } else {
      recordings[number] = recording
      if flushTime == nil { flushTime = clock.now + Self.flushMilliseconds }
    }
  }

  private func flush() {
    flushTime = nil
    for (number, recording) in recordings where !recording.unsaved.isEmpty {
      recorder.append(recording.unsaved, to: number)
      recordings[number]?.unsaved = []
    }
  }

  // MARK: Looking around

  private func lookAround(session: Identifier?) {
    if let documents = settings.documents { indexes.update(Tour.name, with: documents) }
    if settings.keepsRuns {
      recorder.resume(session: session)
      recorder.recoverInterrupted()
      recorder.recordEarlierVersions()
      recorder.indexEarlierRuns()
      if !clock.canLeap { recorder.watch(storeWatch) }
    }
    if settings.discoversModels { discoverModels() }
  }

  private func discoverModels() {
    for provider in settings.providers {
      listings[nextListing] = provider
      client.listModels(of: provider, id: nextListing)
      nextListing += 1
    }
  }
}
