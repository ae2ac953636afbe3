import FineTuning
import Testing

@Suite struct PrivateValuesTests {
  private func kinds(_ text: String) -> [PrivateValue.Kind] {
    PrivateValues.find(in: text).filter { !$0.isExample }.map(\.kind)
  }

  @Test(arguments: [
    ("Mine is anna.berg@kerlo.io.", PrivateValue.Kind.email),
    ("Call (212) 736-5000 now.", .phone), ("Call me at +49 171 2345678.", .phone),
    ("Mobil: 0171 2345678", .phone),
    ("To DE75 5121 0800 1245 1261 99 please.", .iban),
    ("Card 4539-1488-0343-6467 is mine.", .card),
    ("It is 84.23.119.7 today.", .address), ("From 2a02:8108:96bf:1:4d2a::77 it came.", .address),
    ("Use ghp_9fK2mQ7xR4vT1wZ8bN5cL3dJ6hG0sPaYeUiO.", .key),
    ("AKIAQ7XK2M9PLT4RWZBN", .key), ("api_key = 'fK2mQ7xR4vT1wZ8bN5cL3dJ6'", .key),
    ("postgres://app:sunflower@db.internal/main", .password), ("password: tiger#4711x", .password),
    ("The password is Kar7offel!x.", .password),
  ]) func `what is private is found`(_ text: String, _ kind: PrivateValue.Kind) {
    #expect(kinds(text) == [kind])
  }

  @Test(arguments: [
    "Write to jane@example.com or info@kerlo.io.", "Call 202-555-0143.", "Ping 192.0.2.7.",
    "Use 4242 4242 4242 4242.", "Card 4539-1488-0343-6468 fails its check.",
    "To DE89 3704 0044 0532 0130 00 in the manual.", "DE76 5121 0800 1245 1261 99 fails its check.",
    "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxx", "password: <password>", "PASSWORD=$PASSWORD",
    "A password is 8-16 characters long.", "api_key: YOUR_API_KEY_GOES_HERE_1",
    "AKIAIOSFODNN7EXAMPLE", "The hash is 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c.",
    "request 123e4567-e89b-12d3-a456-426614174000", "Version 84.23.119.7 is out.",
    "git@github.com:team/tool.git", "icon@2x.png", "At 12:30:45 in 00:1a:2b:3c:4d:5e.",
    "std::vector<int> a::b::c", "It grew by +100200 %.", "10.1.2.3 and 127.0.0.1",
    "max_tokens=4096, total: 1234567890", "@app.route and swift@5.9.2", "",
  ]) func `what only looks like it is not`(_ text: String) {
    #expect(kinds(text).isEmpty)
  }

  @Test func `a finding never says the value`() throws {
    let secret = "tiger#4711x"
    let example = TrainingExample(
      input: [TrainingMessage(role: secret, text: "password: \(secret)")],
      answer: [TrainingMessage(role: "assistant", text: "anna.berg@kerlo.io has jane@example.com")])
    let findings = TrainingFinding.privacy(of: example, line: 7)
    #expect(findings.map(\.code) == ["secret-password", "personal-email", "personal-email"])
    #expect(findings.map(\.severity) == [.error, .warning, .note])
    #expect(findings.allSatisfy { $0.line == 7 })
    for finding in findings {
      for text in [finding.sentence, finding.remedy] {
        #expect(!text.contains("tiger") && !text.contains("berg") && !text.contains("jane"))
      }
    }
  }

  @Test func `the bytes of a value are told`() throws {
    let text = "Grüße an anna@kerlo.io!"
    let value = try #require(PrivateValues.find(in: text).first)
    #expect(String(decoding: Array(text.utf8)[value.bytes], as: UTF8.self) == "anna@kerlo.io")
  }

  @Test func `hostile texts come to an end`() {
    for piece in [
      "@", "a@", "://", "1-", "+1 ", "sk-", "eyJ", "-----BEGIN ", "::", "=", "password=", "((",
      "é@",
    ] {
      _ = PrivateValues.find(in: String(repeating: piece, count: 20_000))
    }
  }
}
