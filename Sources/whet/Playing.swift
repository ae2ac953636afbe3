import Core
import Glibc
import Playground
import Runtime
import Screen
import Terminal

// Puts the playground on a real terminal.

enum Playing {
  static func start(_ opening: Opening, in surroundings: Surroundings) throws {
    let theme = try surroundings.theme()
    let terminal = try Terminal()
    let runtime = runtime(for: opening, in: surroundings)
    var state = State(
      size: terminal.size, draft: opening.draft, models: surroundings.knownModels,
      defaults: surroundings.defaultModels, retrieval: surroundings.configuration.retrieval,
      notice: opening.notice)
    var loop = EventLoop(terminal: terminal, host: runtime, renderer: Renderer(theme: theme))
    let closing = loop.run(&state, first: state.start())
    if closing != nil { runtime.perform(state.end()) }
    // Before the last of it is saved, for which a store that is held can keep us waiting: a second
    // SIGTERM, or ^C, then ends that. A closing window mostly tells twice, and must not.
    terminal.restore()
    signal(SIGHUP, SIG_IGN)
    runtime.finish()
    // As a shell tells of a program that a signal ended.
    switch closing {
    case .signal(let number): exit(128 + number)
    case .hangUp: exit(128 + SIGHUP)
    case nil: break
    }
  }

  private static func runtime(for opening: Opening, in surroundings: Surroundings) -> Runtime {
    var settings = Runtime.Settings(
      folders: surroundings.folders, environment: surroundings.environment,
      providers: surroundings.providers)
    settings.documents = opening.documents
    return Runtime(settings: settings, clock: SystemClock(), store: opening.store)
  }
}
