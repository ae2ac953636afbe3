// Where model servers usually are, and what the environment says about them. It asks none of them:
// `CompletionClient.listModels` does.

import Core

public enum ServerDiscovery {
  /// The servers worth asking for their models: those that run on their usual ports of this machine,
  /// and OpenAI, or what stands in for it, and Anthropic, when the environment names them.
  ///
  /// Read are OLLAMA_HOST, OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY and
  /// ANTHROPIC_BASE_URL.
  public static func providers(environment: [String: String]) -> [Provider] {
    func value(_ name: String) -> String? {
      environment[name].flatMap(Credentials.trimmed)
    }
    var llamaCpp = Provider(name: "llamacpp", baseURL: "http://127.0.0.1:8080/v1", origin: .found)
    llamaCpp.bodyPatch = ["return_progress": true]
    var providers = [
      Provider(
        name: "ollama", baseURL: ollamaAddress(environment["OLLAMA_HOST"] ?? ""),
        wire: .ollamaChat, origin: .found),
      llamaCpp,
      Provider(name: "lmstudio", baseURL: "http://127.0.0.1:1234/v1", origin: .found),
      Provider(name: "vllm", baseURL: "http://127.0.0.1:8000/v1", origin: .found),
    ]
    if value("OPENAI_API_KEY") != nil || value("OPENAI_BASE_URL") != nil {
      providers.append(
        Provider(
          name: "openai", baseURL: value("OPENAI_BASE_URL") ?? "https://api.openai.com/v1",
          key: .environment("OPENAI_API_KEY"), origin: .found))
    }
    if value("ANTHROPIC_API_KEY") != nil {
      providers.append(
        Provider(
          name: "anthropic", baseURL: anthropicAddress(value("ANTHROPIC_BASE_URL")),
          wire: .messages, key: .environment("ANTHROPIC_API_KEY"), origin: .found))
    }
    return providers
  }

  /// ANTHROPIC_BASE_URL is, as Anthropic's own programs have it, without the /v1.
  private static func anthropicAddress(_ variable: String?) -> String {
    var address = variable ?? "https://api.anthropic.com"
    while address.hasSuffix("/") { address.removeLast() }
    return address.hasSuffix("/v1") ? address : address + "/v1"
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
