// Where model servers usually are, and what the environment says about them. It asks none of them:
// `CompletionClient.listModels` does.

import Core

public enum ServerDiscovery {
  /// The servers worth asking for their models: those that run on their usual ports of this machine,
  /// and OpenAI, or what stands in for it, when the environment names it.
  ///
  /// Read are OLLAMA_HOST, OPENAI_API_KEY and OPENAI_BASE_URL.
  public static func providers(environment: [String: String]) -> [Provider] {
    var providers = [
      Provider(
        name: "ollama",
        baseURL: ollamaAddress(environment["OLLAMA_HOST"] ?? "") + "/v1", origin: .found),
      Provider(name: "llamacpp", baseURL: "http://127.0.0.1:8080/v1", origin: .found),
      Provider(name: "lmstudio", baseURL: "http://127.0.0.1:1234/v1", origin: .found),
      Provider(name: "vllm", baseURL: "http://127.0.0.1:8000/v1", origin: .found),
    ]
    let openAI = Provider(
      name: "openai",
      baseURL: environment["OPENAI_BASE_URL"].flatMap { $0.isEmpty ? nil : $0 }
        ?? "https://api.openai.com/v1",
      key: .environment("OPENAI_API_KEY"), origin: .found)
    let hasKey = environment["OPENAI_API_KEY"].flatMap(Credentials.trimmed) != nil
    if hasKey || !(environment["OPENAI_BASE_URL"] ?? "").isEmpty {
      providers.append(openAI)
    }
    return providers
  }

  /// The address that OLLAMA_HOST means, by Ollama's own rules (envconfig/config.go): scheme, host,
  /// port and path may each be missing, and a scheme changes the port that is meant.
  static func ollamaAddress(_ variable: String) -> String {
    var rest = Substring(variable.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
    var scheme = "http"
    var port: Substring = "11434"
    if let end = rest.firstRange(of: "://") {
      scheme = String(rest[..<end.lowerBound])
      port = scheme == "https" ? "443" : "80"
      rest = rest[end.upperBound...]
    }
    let pathStart = rest.firstIndex(of: "/") ?? rest.endIndex
    var path = rest[pathStart...]
    while path.last == "/" { path.removeLast() }
    var host = rest[..<pathStart]
    // In an IPv6 address only what follows the bracket is a port.
    if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]"),
      host.hasPrefix("[") || host.filter({ $0 == ":" }).count == 1
    {
      if let number = UInt16(host[host.index(after: colon)...]) { port = Substring("\(number)") }
      host = host[..<colon]
    } else if host.contains(":"), !host.hasPrefix("[") {
      host = "[\(host)]"
    }
    // A server that listens on every address is reached on this machine's own.
    if ["", "0.0.0.0", "[::]"].contains(host) { host = "127.0.0.1" }
    return "\(scheme)://\(host):\(port)\(path)"
  }
}
