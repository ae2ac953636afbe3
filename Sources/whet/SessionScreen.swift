import Core
import Play
import Playground
import Runtime
import Screen

// The playground with what was recorded, on a stage of its own: with no servers, and nothing kept.

extension Surroundings {
  /// Draws sessions that are exported.
  var sessionDrawing: SessionDrawing {
    SessionDrawing(
      picture: { [self] runs in
        try onStage(size: Self.pictureSize) { player, theme in
          player.picture(of: runs).svg(isLight: theme.isLight)
        }
      },
      cast: { [self] session in
        let document = SessionDocument(session, time: LocalTime.system.minute)
        let runs = Dictionary(grouping: session.runs, by: \.run.batch)
        let moments = document.moments.sorted { $0.startedAt < $1.startedAt }
        return try onStage(size: Self.castSize) { player, _ in
          player.cast(
            of: moments.compactMap { runs[$0.id]?.inColumnOrder },
            captions: moments.enumerated().map { place, moment in
              "\(place + 1) of \(moments.count) · \(moment.heading)"
            },
            title: session.session.name, startedAt: session.session.createdAt)
        }
      })
  }

  private static let castSize = Size(width: 105, height: 30)
  private static let pictureSize = Size(width: 120, height: 40)

  private func onStage<Result>(
    size: Size, _ body: (inout SessionPlayer, Theme) throws -> Result
  ) throws -> Result {
    let stage = try Stage(share: folders.share)
    defer { stage.remove() }
    var settings = Runtime.Settings(folders: stage.folders, environment: [:], providers: [])
    settings.discoversModels = false
    settings.keepsRuns = false
    settings.catalog = catalog(of: providers)
    let runtime = Runtime(settings: settings, clock: ScriptClock())
    defer { runtime.finish() }
    let theme = tolerantTheme(hasFewColors: false).theme
    var player = SessionPlayer(
      state: State(
        size: size, draft: Draft(), models: [], defaults: [.extractive],
        retrieval: RetrievalSettings()),
      host: runtime, renderer: Renderer(theme: theme))
    return try body(&player, theme)
  }
}
