import ArgumentParser
import Core
import Glibc
import Playground
import Runtime
import Screen
import Terminal

// Puts the playground on a real terminal.

enum Playing {
  static func start(_ opening: Opening, in surroundings: Surroundings) throws {
    let terminal = try Terminal()
    defer { terminal.restore() }
    let (theme, problem) = surroundings.tolerantTheme(hasFewColors: terminal.hasFewColors)
    let catalog = surroundings.catalog(of: surroundings.providers, learnedIn: opening.store)
    let runtime = runtime(for: opening, catalog: catalog, in: surroundings)
    var state = surroundings.state(
      size: terminal.size, draft: opening.draft, catalog: catalog,
      terminalHasClipboard: terminal.hasClipboard,
      notice: problem.map { Notice(.error, $0) } ?? opening.notice)
    var loop = EventLoop(terminal: terminal, host: runtime, renderer: Renderer(theme: theme))
    let first = state.start() + (opening.isFirst ? state.showStart() : [])
    let closing = loop.run(&state, first: first)
    if closing != nil { runtime.perform(state.end()) }
    // Before the last of it is saved, for which a store that is held can keep us waiting: a second
    // SIGTERM, or ^C, then ends that.
    terminal.restore()
    runtime.finish()
    // As a shell tells of a program that a signal ended. Thrown, so that the store is closed on the
    // way out: one that isn't has to be recovered at the next start.
    switch closing {
    case .signal(let number): throw ExitCode(128 + number)
    case .hangUp: throw ExitCode(128 + SIGHUP)
    case nil: break
    }
  }

  private static func runtime(
    for opening: Opening, catalog: ModelCatalog, in surroundings: Surroundings
  ) -> Runtime {
    var settings = surroundings.settings
    settings.catalog = catalog
    settings.documents = opening.documents
    return Runtime(settings: settings, clock: SystemClock(), store: opening.store)
  }
}
