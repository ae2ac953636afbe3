import Core

// A text with the focus can change by something else than a key: its file was changed outside, a
// case came, an editor ended. What stands at places of the text goes along.

extension State {
  /// Does something; where it changes the text that has the focus, what was found there is looked
  /// for anew, and nothing is left that stands at places of the text before.
  mutating func followingText(_ work: (inout State) -> [Effect]) -> [Effect] {
    let (focusBefore, revision) = (focus, focusedEditor?.revision)
    let effects = work(&self)
    guard focus == focusBefore, focusedEditor?.revision != revision else { return effects }
    completion = nil
    clicks = nil
    vi?.forgetPlaces()
    lookAnew()
    return effects
  }
}
