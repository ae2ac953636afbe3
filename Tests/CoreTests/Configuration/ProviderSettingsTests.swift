import Testing

@testable import Core

/// The one provider of a configuration, with these lines beside its name and address.
private func provider(_ lines: String...) throws -> Provider {
  let own = lines.map { "    \($0)\n" }.joined()
  let text = "providers:\n  - name: a\n    base_url: https://example.com/v1\n" + own
  return try #require(try configuration(text).providers.first)
}

@Suite struct ProviderSettingsTests {
  @Test func aProviderThatNamesNothingElseHasTheUsualSettings() throws {
    #expect(try provider() == Provider(name: "a", baseURL: "https://example.com/v1"))
  }

  @Test(arguments: [
    ("chat-completions", WireProtocol.chatCompletions), ("responses", .responses),
    ("messages", .messages), ("ollama-chat", .ollamaChat),
  ])
  func aProtocolGoesByItsName(_ name: String, _ wire: WireProtocol) throws {
    #expect(try provider("protocol: \(name)").wire == wire)
  }

  @Test func aKeyIsInAVariableOrBehindACommand() throws {
    #expect(try provider("key_env: MY_KEY").key == .environment("MY_KEY"))
    #expect(try provider("key_command: pass show openai").key == .command("pass show openai"))
    let azure = try provider("key_env: MY_KEY", "key_header: api-key")
    #expect(azure.keyField == "api-key")
  }

  @Test func headerFieldsAreLiteralOrEndInAVariable() throws {
    let read = try provider(
      "headers:", "  HTTP-Referer: https://example.com/?a=b", "  X-Gateway-Key: $GATEWAY_KEY",
      "  Authorization: Bearer $TOKEN_2", "  X-Version: 3")
    #expect(
      read.fields == [
        HTTPField(name: "HTTP-Referer", value: "https://example.com/?a=b"),
        HTTPField(name: "X-Gateway-Key", secret: .environment("GATEWAY_KEY")),
        HTTPField(name: "Authorization", value: "Bearer ", secret: .environment("TOKEN_2")),
        HTTPField(name: "X-Version", value: "3"),
      ])
    #expect(read.secrets == [.environment("GATEWAY_KEY"), .environment("TOKEN_2")])
  }

  @Test func aQueryAndABodyAreTakenAsTheyAreWritten() throws {
    let read = try provider(
      "query: {api-version: 2024-10-21, n: 3}",
      "body: {provider: {order: [x, y], allow_fallbacks: false}, user: null}")
    #expect(read.query == ["api-version": "2024-10-21", "n": "3"])
    #expect(
      read.bodyPatch
        == [
          "provider": ["order": ["x", "y"], "allow_fallbacks": false], "user": nil,
        ])
  }

  @Test func `how a provider trains is read, and known by its host`() throws {
    let read = try provider(
      "training: {api: fireworks, account: me, base_url: 'http://x/v1/', purpose: p, body: {a: 1}}")
    #expect(
      read.training
        == TrainingSettings(
          api: .fireworks, baseURL: "http://x/v1", account: "me", purpose: "p", body: ["a": 1]))
    #expect(read.trainingAPI == .fireworks && read.trainingBaseURL == "http://x/v1")
    for (host, api) in [
      ("api.together.xyz", TrainingAPI.together), ("api.together.ai", .together),
      ("api.mistral.ai", .mistral), ("api.fireworks.ai", .fireworks), ("api.openai.com", .openAI),
      ("nottogether.ai", .openAI),
    ] {
      #expect(Provider(name: "p", baseURL: "https://\(host)/v1").trainingAPI == api, "\(host)")
    }
  }

  @Test func limitsAndCertificatesAreRead() throws {
    let read = try provider(
      "allow_plain_http: true", "timeouts: {connect: 2.5, first_byte: 600}", "retries: 0",
      "client_certificate:", "  certificate: ~/me.pem", "  key: /keys/me.key",
      "  password_env: PEM_PASSWORD")
    #expect(read.allowsPlainHTTP)
    #expect(
      read.timeLimits
        == TimeLimits(connect: .milliseconds(2500), firstByte: .seconds(600), idle: .seconds(120)))
    #expect(read.attemptLimit == 1)
    #expect(
      read.clientCertificate
        == ClientCertificate(
          certificatePath: "~/me.pem", keyPath: "/keys/me.key",
          password: .environment("PEM_PASSWORD")))
    #expect(try provider("retries: 5").attemptLimit == 6)
    let command = try provider("client_certificate: {certificate: c, password_command: pw}")
    #expect(command.clientCertificate?.password == .command("pw"))
  }

  @Test(arguments: [
    (
      "protocol: http",
      "'protocol' must be one of chat-completions, responses, messages, ollama-chat"
    ),
    ("protocol: 3", "'protocol' must be one of"),
    ("key_env: sk-abc", "'key_env' must be the name of an environment variable, not the key"),
    ("key_env: 1KEY", "'key_env' must be the name of an environment variable, not the key"),
    ("key_command: ''", "'key_command' must be a text"),
    ("{key_env: A, key_command: b}", "'key_env' and 'key_command' name two places for one key"),
    ("key_header: api-key", "'key_header' goes with 'key_env' or 'key_command'"),
    ("{key_env: A, key_header: 'api key'}", "'key_header' must be the name of a header field"),
    ("headers: [a]", "'headers' must hold 'name: value' lines"),
    ("headers: {'x y': a}", "a header field's name is made of letters, digits and '-'"),
    ("headers: {Content-Length: 3}", "the header field 'Content-Length' is set by each request"),
    ("headers: {X-A: b, x-a: c}", "the header field 'x-a' stands twice"),
    ("headers: {X-A: [b]}", "'X-A' must be a text: put it in quotes"),
    ("headers: {X-A: é}", "'X-A' must be one line of plain ASCII"),
    ("headers: {X-A: 5 $ each}", "in 'X-A' the name of an environment variable must follow '$'"),
    ("headers: {X-Api-Key: abc}", "the secret of 'X-Api-Key' must not be in this file: put it in"),
    ("query: {v: 1.50}", "'v' must be a text: put it in quotes"),
    ("query: {api_key: x}", "'api_key' must not be in an address"),
    ("body: [a]", "'body' must hold the 'name: value' lines"),
    ("allow_plain_http: 1", "'allow_plain_http' must be true or false"),
    ("training: {api: other}", "'api' must be one of openai, together, fireworks, mistral"),
    ("training: {account: a/b}", "'account' has letters, digits, '-', '_' and '.'"),
    ("training: {base_url: there}", "'base_url' must be like 'http://127.0.0.1:8080/v1'"),
    ("training: {body: {api_key: x}}", "'api_key' must not be in a body"),
    ("client_certificate: a.pem", "'client_certificate' must hold 'key: value' lines"),
    ("client_certificate: {key: b}", "'client_certificate' needs a 'certificate'"),
    (
      "client_certificate: {certificate: a, password: b}",
      "a password must not be in this file: put it in an environment variable, and name that "
        + "variable with 'password_env', or name a command that prints it with 'password_command'"
    ),
    (
      "client_certificate: {certificate: a, password_env: A, password_command: b}",
      "'password_env' and 'password_command' name two places for one password"
    ),
    ("timeouts: {idle: 0}", "'idle' must be a number of seconds from 0.001 to 86400"),
    ("timeouts: {total: 3}", "unknown key 'total'; known here are connect, first_byte, idle"),
    ("retries: -1", "'retries' must be a whole number from 0 to 20"),
    ("retires: 1", "unknown key 'retires'; known here are allow_plain_http, base_url, body,"),
  ])
  func aMistakeIsToldWithItsLineAndWhatIsRight(_ line: String, _ problem: String) {
    let lines = line.hasPrefix("{") ? Self.lines(of: line) : [line]
    let text =
      "providers:\n  - name: a\n    base_url: https://example.com\n"
      + lines.map { "    \($0)\n" }.joined()
    do {
      _ = try Configuration(parsing: text, path: "config.yaml")
      Issue.record("'\(line)' was read")
    } catch {
      let last = 3 + lines.count
      #expect(error.description.hasPrefix("config.yaml:\(last): \(problem)"))
    }
  }

  /// The entries of a flow map of texts, a line each.
  private static func lines(of map: String) -> [String] {
    map.dropFirst().dropLast().split(separator: ", ").map(String.init)
  }
}
