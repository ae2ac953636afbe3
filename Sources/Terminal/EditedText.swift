import Glibc
import Playground

// The person's own editor on a text, for commands that have no screen.

public enum EditedText {
  /// Starts the editor on a text, and waits until it has ended; it has the terminal meanwhile.
  public static func of(_ text: String) -> OutsideResult {
    do throws(OutsideEditor.Failure) {
      let editor = try OutsideEditor(
        starting: OutsideEdit(target: .prompt, text: text, line: 1))
      var waiting = pollfd(fd: editor.descriptor, events: Int16(POLLIN), revents: 0)
      while true {
        _ = poll(&waiting, 1, -1)
        if let result = editor.result(wasInterrupted: false) { return result }
      }
    } catch {
      return .failed("\(error)")
    }
  }
}
