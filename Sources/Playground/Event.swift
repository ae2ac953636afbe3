// Facts that the program is told of.

public enum Event: Hashable, Sendable {
  case input(Input)
}
