import Core

// The page with what the prompt receives: opened, and kept true while passages and size change.

extension State {
  mutating func showExactText() {
    if isPromptLong { _ = settle() }
    guard case .prompt = prompt.reading else {
      if case .problem(let problem) = prompt.reading {
        notice = Notice(.error, "The prompt can't be filled in: \(problem)")
      }
      return
    }
    guard let text = exactText() else { return }
    overlays.append(.exactText(text))
    layOutExactText()
  }

  private mutating func exactText() -> ExactText? {
    do {
      return try ExactText(
        of: prompt, passages: context.passages, queries: context.rewrittenQueries)
    } catch {
      notice = Notice(.error, "The prompt can't be filled in: \(error)")
      return nil
    }
  }

  /// Fills the page anew, if it is open: other passages may have come, or the size is another.
  mutating func layOutExactText() {
    guard case .exactText(let page)? = overlays.last, var text = exactText() else { return }
    text.top = page.top
    text.layOut(in: Layout.exactText(size: size))
    overlays[overlays.count - 1] = .exactText(text)
  }
}
