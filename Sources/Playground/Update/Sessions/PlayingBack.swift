import Core

// What is played again is stopped, hurried, stepped through and turned back.

extension State {
  /// Whether keys steer what is played: they do while the answers have the focus.
  public var isSteering: Bool {
    guard playback != nil, overlays.isEmpty, finder == nil, case .column(let index) = focus,
      columns.indices.contains(index)
    else { return false }
    return columns[index].cursor == nil
  }

  /// Begins to play what the columns were just made for.
  ///
  /// - Parameter place: that of these runs among the moments that are played.
  mutating func play(
    _ runs: [RecordedRun], moments: [Identifier], place: Int, pace: PlaybackPace
  ) -> [Effect] {
    playback = Playback(runs, moments: moments, place: place, pace: pace)
    return [.setPace(pace), .play(playFromStart())]
  }

  /// Clears the columns for the recordings to stream into.
  private mutating func playFromStart() -> [ReplayPlan] {
    guard let playback else { return [] }
    let plans = playback.runs.attempts.enumerated().flatMap { place, attempts in
      self.column(of: attempts, at: place).map { replay(attempts, inColumn: $0) } ?? []
    }
    layOutWire()
    return plans
  }

  /// The column in which runs are played; nil once there is none any more.
  private func column(of attempts: [[RecordedRun]], at place: Int) -> Int? {
    let ids = Set(attempts.joined().map(\.run.id))
    return columns.firstIndex { column in
      column.attempts.contains { $0.recordedRun.map(ids.contains) ?? false }
    } ?? (columns.indices.contains(place) && columns[place].phase == .empty ? place : nil)
  }

  /// The player has gone back to the start: everything up to where it is comes again.
  mutating func playbackRewound() -> [Effect] {
    guard playback != nil else { return [] }
    return [.play(playFromStart())]
  }

  mutating func playbackMoved(to position: PlaybackPosition) -> [Effect] {
    guard playback != nil else { return [] }
    playback?.position = position
    for index in columns.indices { columns[index].countWait(until: position.time) }
    guard position.isAtEnd, !isRunning, playback?.pace.isPaused == false,
      playback?.nextMoment != nil
    else { return [] }
    // Long enough to see that the answer is whole.
    return [.postpone(.nextMoment, by: 1500)]
  }

  /// Goes on with the next moment of the branch, unless somebody has turned back meanwhile.
  mutating func playNextMoment() -> [Effect] {
    guard let playback, playback.position.isAtEnd, !playback.pace.isPaused else { return [] }
    return play(momentAt: playback.place + 1)
  }

  private mutating func play(momentAt place: Int) -> [Effect] {
    guard let playback, playback.moments.indices.contains(place) else { return [] }
    return [.loadRuns(playback.moments[place], .replay(playback.moments))]
  }

  mutating func togglePause() -> [Effect] {
    guard let playback else { return [] }
    if playback.position.isAtEnd, !isRunning {
      // There is nothing left to play but what comes next, or all of it once more.
      self.playback?.pace.isPaused = false
      return [.setPace(PlaybackPace(speed: playback.pace.speed))]
        + (playback.nextMoment == nil
          ? [.movePlayback(.start)] : play(momentAt: playback.place + 1))
    }
    self.playback?.pace.isPaused.toggle()
    return setPace()
  }

  mutating func changeSpeed(by steps: Int) -> [Effect] {
    playback?.pace.change(by: steps)
    return setPace()
  }

  private func setPace() -> [Effect] { playback.map { [.setPace($0.pace)] } ?? [] }

  mutating func move(_ move: PlaybackMove) -> [Effect] {
    guard let playback else { return [] }
    switch move {
    case .event, .token: self.playback?.pace.isPaused = true
    case .start where playback.position.time < 1000 && playback.momentBefore != nil:
      return play(momentAt: playback.place - 1)
    case .end where playback.position.isAtEnd && playback.nextMoment != nil:
      return play(momentAt: playback.place + 1)
    case .time, .start, .end: break
    }
    return setPace() + [.movePlayback(move)]
  }

  /// Ends it; the answers stand there as they ended.
  mutating func leavePlayback() -> [Effect] {
    guard let playback else { return [] }
    let places = playback.runs.attempts.enumerated().compactMap { place, attempts in
      column(of: attempts, at: place).map { ($0, attempts) }
    }
    self.playback = nil
    for (index, attempts) in places { show(attempts, inColumn: index) }
    layOutWire()
    return [.endPlayback]
  }
}
