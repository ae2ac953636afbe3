import Completion
import Core
import Retrieval

// A server of Chroma, for the room that searches: asked by the one that talks to servers.

struct ChromaServer: ChromaService {
  private let service: JSONService

  /// - Parameter environment: holds the token, if the server wants one; it goes to the server only,
  ///   and over plain HTTP to this machine only.
  init(_ address: ChromaAddress, environment: [String: String]) {
    let token = Secret.environment(ChromaAddress.tokenVariable)
    var provider = Provider(name: "Chroma", baseURL: address.baseURL, key: token)
    // Chroma's own servers want the first; what stands before others, often the second.
    provider.keyField = "x-chroma-token"
    provider.fields = [HTTPField(name: "Authorization", value: "Bearer ", secret: token)]
    provider.timeLimits = TimeLimits(connect: .seconds(5), firstByte: .seconds(60))
    service = JSONService(
      provider, credentials: Credentials(of: provider, environment: environment))
  }

  func answer(
    to method: ChromaMethod, _ path: String, _ body: JSON?, isCancelled: () -> Bool
  ) throws -> JSON? {
    try service.answer(to: method.rawValue, path, body, isCancelled: isCancelled)
  }
}
