import Completion
import Core
import Foundation
import Runtime

// What `whet doctor` says of servers: where they are, what they speak, where their keys come from,
// and what stands between them and whet. It says whether there is a key, and never the key.

extension DoctorReport {
  mutating func addServers(_ surroundings: Surroundings) {
    let keys = KeyRing(environment: surroundings.environment)
    var found = 0
    for listing in ServerSurvey.run(surroundings.providers, keys: keys) {
      let provider = listing.provider
      let place = "\(provider.address), \(provider.wire.rawValue)"
      let details = Self.details(of: provider, keys: keys).map { ", " + $0 }.joined()
      switch listing.outcome {
      case .success(let models):
        found += 1
        let count = "\(models.count) \(models.count == 1 ? "model" : "models")"
        add(true, provider.name, "\(place), \(count)\(details)")
      case .failure(let error):
        if provider.isExpected {
          add(false, provider.name, "\(place)\(details): \(error)")
        } else {
          add(true, provider.name, "not running at \(provider.address)")
        }
      }
      addFiles(of: provider)
    }
    if found == 0 {
      add(
        true, "servers",
        "none; builtin/extractive and builtin/echo need none. Start Ollama, llama.cpp, LM Studio or "
          + "vLLM, set OPENAI_API_KEY, or name a server in the configuration")
    }
  }

  /// Where its secrets come from, whether they are there, and who can read them.
  private static func details(of provider: Provider, keys: KeyRing) -> [String] {
    var details = provider.key.map { [words(for: $0, keys: keys)] } ?? []
    for field in provider.fields {
      guard let secret = field.secret else { continue }
      details.append("\(field.name): \(words(for: secret, keys: keys))")
    }
    if let password = provider.clientCertificate?.password {
      details.append("certificate's password: \(words(for: password, keys: keys))")
    }
    if provider.allowsPlainHTTP, provider.key.map(keys.holds) == true, provider.isExposed {
      details.append("its key can be read on the way: plain HTTP is allowed for it")
    }
    return details
  }

  private static func words(for secret: Secret, keys: KeyRing) -> String {
    switch secret {
    case .environment(let variable): "\(variable) \(keys.holds(secret) ? "set" : "not set")"
    case .command(let command): "'\(command)' printed \(keys.holds(secret) ? "a key" : "no key")"
    }
  }

  private mutating func addFiles(of provider: Provider) {
    guard let certificate = provider.clientCertificate else { return }
    for path in [certificate.certificatePath, certificate.keyPath].compactMap({ $0 })
    where !FileManager.default.isReadableFile(atPath: path) {
      add(
        false, provider.name,
        "the client certificate needs \(path), which can't be read: is it there, and yours?")
    }
  }

  // MARK: On the way

  mutating func addNetwork(_ environment: [String: String]) {
    func set(_ names: [String]) -> [String] { names.filter { environment[$0]?.isEmpty == false } }
    // As libcurl reads them: HTTP_PROXY in capitals is left to web servers.
    let proxies = set(["https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY"])
    if !proxies.isEmpty {
      let exceptions = set(["no_proxy", "NO_PROXY"]).map { ", but for those in \($0)" }.first ?? ""
      add(
        true, "proxy",
        "requests to other machines go by \(proxies.joined(separator: ", "))\(exceptions)")
    }
    if let path = set(["SSL_CERT_FILE"]).first.flatMap({ environment[$0] }) {
      let isReadable = FileManager.default.isReadableFile(atPath: path)
      add(
        isReadable, "certificates",
        isReadable
          ? "those in \(path) (SSL_CERT_FILE)"
          : "SSL_CERT_FILE names \(path), which can't be read: no https server can be trusted. "
            + "Correct it, or unset it")
    }
  }
}
