// The client and TLS as nginx and haproxy speak it: an authority of one's own, client certificates,
// tunnels through a proxy, and several streams on one HTTP/2 connection.

import Completion
import Core
import LoopbackServer
import Synchronization
import Testing

@Suite("Secure connections", .needsFaultServers)
struct SecureServerTests {
  private let model: UInt16

  init() throws { model = try #require(FaultServer.modelPort) }

  private func tls(_ certificates: TestCertificates, _ more: String = "") -> String {
    "ssl_certificate \(certificates.server); ssl_certificate_key \(certificates.server); \(more)"
  }

  private var location: String { "location / { proxy_pass http://127.0.0.1:\(model); }" }

  private func answer(
    _ provider: Provider, network: NetworkSettings, credentials: Credentials = Credentials()
  ) throws -> Answer {
    let loop = ServerLoop(network: network)
    loop.client.start(
      id: 0, request: .story(maxTokens: 5), provider: provider, credentials: credentials)
    try loop.run()
    return try loop.answer()
  }

  @Test func `an authority is trusted by file, by directory, and else not`() throws {
    try TestCertificates.make { certificates in
      try FaultServer.nginx(tls: tls(certificates), location) { port in
        let provider = Provider.model(at: port, scheme: "https")
        #expect(try answer(provider, network: certificates.network).finishReason == .length)

        let empty = NetworkSettings { ["SSL_CERT_DIR": "/nonexistent"][$0] }
        let error = try answer(provider, network: empty).error
        #expect(error?.contains("is not to be trusted") == true)
        #expect(error?.contains("SSL_CERT_FILE") == true)

        try FaultServer.execute("openssl", ["rehash", certificates.folder])
        let directory = NetworkSettings { ["SSL_CERT_DIR": certificates.folder][$0] }
        #expect(try answer(provider, network: directory).finishReason == .length)

        let missing = NetworkSettings { ["SSL_CERT_FILE": "/nonexistent.pem"][$0] }
        #expect(
          try answer(provider, network: missing).error?.contains("check SSL_CERT_FILE") == true)
      }
    }
  }

  @Test func `a certificate for another name is not trusted`() throws {
    try TestCertificates.make { certificates in
      let other =
        "ssl_certificate \(certificates.client); "
        + "ssl_certificate_key \(certificates.clientKey);"
      try FaultServer.nginx(tls: other, location) { port in
        let provider = Provider.model(at: port, scheme: "https")
        let error = try answer(provider, network: certificates.network).error
        #expect(error?.contains("is not to be trusted") == true)
      }
    }
  }

  @Test func `a client certificate is shown to a server that asks for one`() throws {
    try TestCertificates.make { certificates in
      let verify = "ssl_client_certificate \(certificates.authority); ssl_verify_client on;"
      try FaultServer.nginx(tls: tls(certificates, verify), location) { port in
        var provider = Provider.model(at: port, scheme: "https")
        let network = certificates.network
        #expect(try answer(provider, network: network).error?.hasPrefix("HTTP 400") == true)

        provider.clientCertificate = ClientCertificate(
          certificatePath: certificates.client, keyPath: certificates.clientKey)
        #expect(try answer(provider, network: network).finishReason == .length)

        let password = Secret.environment("KEY_PASSWORD")
        var credentials = Credentials()
        credentials[password] = TestCertificates.password
        provider.clientCertificate = ClientCertificate(
          certificatePath: certificates.client, keyPath: certificates.encryptedClientKey,
          password: password)
        #expect(
          try answer(provider, network: network, credentials: credentials).finishReason == .length)

        // Nobody is asked for the password on the terminal, which would hold up the program.
        let error = try answer(provider, network: network).error
        #expect(error?.contains("The client certificate can't be used") == true)
        #expect(error?.contains(TestCertificates.password) == false)
      }
    }
  }

  @Test func `a server that refuses the client after the handshake is understood`() throws {
    try TestCertificates.make { certificates in
      try FaultServer.haproxy(
        bind: "ssl crt \(certificates.server) ca-file \(certificates.authority) verify required",
        server: model
      ) { port in
        let answer = try answer(
          .model(at: port, scheme: "https"), network: certificates.network)
        #expect(answer.error?.contains("does it want a 'client_certificate'?") == true)
        #expect(answer.error?.contains("tried") == false)
      }
    }
  }

  @Test func `a proxy's tunnel leads to a server that it can't listen to`() throws {
    let asked = Mutex("")
    let nginxPort = Mutex<UInt16>(0)
    let proxy = try ScriptedServer { connection in
      let request = connection.readRequest()
      asked.withLock { $0 = request }
      connection.send("HTTP/1.1 200 Connection established\r\n\r\n")
      connection.tunnel(to: nginxPort.withLock { $0 })
    }
    try TestCertificates.make { certificates in
      try FaultServer.nginx(tls: tls(certificates), location) { port in
        nginxPort.withLock { $0 = port }
        let network = NetworkSettings {
          [
            "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)",
            "SSL_CERT_FILE": certificates.authority,
          ][$0]
        }
        let provider = Provider.model(at: 443, scheme: "https", host: "model.test")
        let answer = try answer(provider, network: network)
        #expect(answer.finishReason == .length)
        #expect(asked.withLock { $0 }.hasPrefix("CONNECT model.test:443 HTTP/1.1\r\n"))
      }
    }
  }
}
