import Core

// What the program asks of the store about versions, and what comes back.

/// A piece of work with the versions of a prompt; `prompt` is what its draft is kept under.
public enum VersionRequest: Hashable, Sendable {
  /// Tell which version a text is, or else was made from, and load those that columns run.
  case find(prompt: String, text: String, parent: String?, columns: [String])
  case list(prompt: String, VersionListing)
  /// Tell two texts apart; `number` comes back with the difference.
  case compare(number: Int, prompt: String, old: VersionSide, new: VersionSide)
  case fetch(prompt: String, hash: String, VersionUse)
  /// Nil takes the name away.
  case name(prompt: String, hash: String, String?)
  case note(prompt: String, hash: String, String)
}

/// What the store answers.
public enum VersionReply: Hashable, Sendable {
  /// - origin: nil when neither the text nor its parent is a version.
  case found(prompt: String, origin: PromptVersion?, columns: [PromptVersion])
  /// Newest first.
  case listed([VersionRow], VersionListing)
  case compared(number: Int, WordDiff)
  case fetched(PromptVersion, VersionUse)
}

/// What a list of versions is for.
public enum VersionListing: Hashable, Sendable {
  case overlay
  /// To pick the one that a column runs.
  case picker(column: Int)
  /// To be offered among what a column like this one could have changed.
  case sameBut(column: Int)
}

/// What a version is wanted for.
public enum VersionUse: Hashable, Sendable {
  case restore
  case newColumn
  case column(Int)
}

/// One of two texts that are compared.
public enum VersionSide: Hashable, Sendable {
  case text(String)
  case version(hash: String)
}

/// A version, as lists show it.
public struct VersionRow: Hashable, Sendable {
  public var summary: VersionSummary
  /// When it was first run, in words for a reader.
  public var time: String

  public init(_ summary: VersionSummary, time: String) {
    self.summary = summary
    self.time = time
  }

  /// Its name, or the first words of what is new in it.
  public var title: String { summary.name ?? summary.change }
}

/// A run that has been written down.
public struct BegunRun: Hashable, Sendable {
  /// The run's number in this program.
  public var number: Int
  public var id: Identifier
  /// The version of the prompt that its text is; nil where nobody keeps any.
  public var version: VersionSummary?

  public init(number: Int, id: Identifier, version: VersionSummary?) {
    self.number = number
    self.id = id
    self.version = version
  }
}
