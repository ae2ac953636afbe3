import Core

// How a Chroma server is asked. This room talks to no server itself.

/// Asks a server below its `/api/v2`, and waits for the answer. Called from worker threads.
public protocol ChromaService: Sendable {
  /// What the server answers; nil when it says that there is no such thing (404).
  ///
  /// - Parameters:
  ///   - path: begins with a slash.
  ///   - body: nil for none.
  ///
  /// Throws a sentence that a person can act on, and `CancellationError` once `isCancelled` says so.
  func answer(
    to method: ChromaMethod, _ path: String, _ body: JSON?, isCancelled: () -> Bool
  ) throws -> JSON?
}

/// What is done to what a path names.
public enum ChromaMethod: String, Sendable {
  case get = "GET"
  case post = "POST"
  case put = "PUT"
  case delete = "DELETE"
}
