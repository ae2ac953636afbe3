// The keys of the pages about sessions.

extension CommandTable {
  static let sessions: [CommandEntry] = [
    entry(.selectUp, .sessions, "up ctrl-p", "Row above"),
    entry(.selectDown, .sessions, "down ctrl-n", "Row below"),
    entry(.openFound, .sessions, "enter", "Open the session's tree, or the run", hint: "open"),
    entry(.replayFound, .sessions, "alt-r", "Play the run again", hint: "replay"),
    entry(.nameSession, .sessions, "alt-n", "Give the session another name", hint: "rename"),
    entry(.completeFilter, .sessions, "tab", "Complete the name of a filter", hint: "filter"),
    entry(.scrollPageUp, .sessions, "page-up alt-v", "A page up"),
    entry(.scrollPageDown, .sessions, "page-down ctrl-v", "A page down"),
    entry(.help, .sessions, "f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .sessions, "escape", "Close", hint: "close"),
  ]

  static let tree: [CommandEntry] = [
    entry(.selectUp, .tree, "up k", "Moment above, a newer one"),
    entry(.selectDown, .tree, "down j", "Moment below, an older one"),
    entry(.parentMoment, .tree, "left h", "The moment that it was made from"),
    entry(.childMoment, .tree, "right l", "The newest moment that was made from it"),
    entry(
      .openMoment, .tree, "enter", "Open it in the panes: the next run is made from it",
      hint: "open"),
    entry(.replayMoment, .tree, "p", "Play its answers again", hint: "replay"),
    entry(.replayBranch, .tree, "P", "Play all that led to it, one after the other"),
    entry(
      .rerunMoment, .tree, "r", "Run it again with something else, beside what it was",
      hint: "re-run"),
    entry(.markMoment, .tree, "space", "Mark it, for comparing", hint: "mark"),
    entry(.compareMoments, .tree, "c", "Put those marked side by side as columns", hint: "compare"),
    entry(.nameBranch, .tree, "n", "Name the branch that ends here", hint: "name"),
    entry(.pruneMoment, .tree, "x", "Prune it, with all that was made from it", hint: "prune"),
    entry(.undoPruning, .tree, "u", "Bring back what was pruned last"),
    entry(.findMoment, .tree, "/", "Find a moment by its words"),
    entry(.scrollDown, .tree, "J", "A row of the moment down"),
    entry(.scrollUp, .tree, "K", "A row of the moment up"),
    entry(.scrollPageUp, .tree, "page-up b", "A page up"),
    entry(.scrollPageDown, .tree, "page-down", "A page down"),
    entry(.scrollTop, .tree, "g home", "Newest moment"),
    entry(.scrollEnd, .tree, "G end", "Oldest moment"),
    entry(.help, .tree, "? f1 alt-?", "Every key that works here", hint: "help"),
    entry(.close, .tree, "escape q", "Close", hint: "close"),
  ]

  static let playback: [CommandEntry] = [
    entry(.togglePause, .playback, "space", "Stop, or go on", hint: "pause"),
    entry(.leavePlayback, .playback, "escape", "Leave the answers as they ended", hint: "leave"),
    entry(.playBack, .playback, "left", "Five seconds back", hint: "5 s back"),
    entry(.playOn, .playback, "right", "Five seconds on", hint: "on"),
    entry(.eventBack, .playback, ",", "To the event before, over the wire"),
    entry(.eventOn, .playback, ".", "To the next event over the wire", hint: "event"),
    entry(.tokenBack, .playback, "<", "To the token before"),
    entry(.tokenOn, .playback, ">", "To the next token", hint: "token"),
    entry(.playSlower, .playback, "-", "Slower"),
    entry(.playFaster, .playback, "+ =", "Faster", hint: "faster"),
    entry(.playStart, .playback, "home", "To the start; there, to the moment before"),
    entry(.playEnd, .playback, "end", "To the end; there, to the next moment"),
  ]
}
