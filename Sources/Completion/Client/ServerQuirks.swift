// What was learned of servers while the program runs, so that they are not asked twice for what they
// refuse. Used on one thread only.

/// What servers were found not to take.
final class ServerQuirks {
  /// Servers, by host and port, that refuse `stream_options`.
  private var serversWithoutUsage: Set<String> = []

  func refusesUsage(_ endpoint: Endpoint) -> Bool {
    serversWithoutUsage.contains(endpoint.authority)
  }

  func noteRefusedUsage(by endpoint: Endpoint) {
    serversWithoutUsage.insert(endpoint.authority)
  }
}
