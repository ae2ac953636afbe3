import Core
import Testing

@testable import Completion

@Suite("Pictures go to each server in its own words")
struct MediaTests {
  private static let address = "https://a.example/cat.png"
  private static let data = "data:image/png;base64,iVBORw=="

  private static func message(_ urls: String..., contentType: String? = nil) -> Message {
    Message(
      role: .user,
      parts: [.text("What is this?"), .section("later")]
        + urls.map { .media(url: $0, contentType: contentType) })
  }

  /// What is sent to a server of a protocol; throws where nothing is.
  private func messages(_ wire: WireProtocol, _ messages: Message...) throws -> JSON? {
    var provider = Provider.test(at: "https://example.com/v1")
    provider.wire = wire
    var request = CompletionRequest.hello
    request.messages = messages
    let sent = try ProviderRequest(
      request, to: provider, profile: ModelProfile(), credentials: Credentials()
    ).sent(asksForUsage: false)
    let body = try JSON(parsing: sent.body)
    return body["messages"] ?? body["input"]
  }

  @Test func `chat completions take an address and data alike`() throws {
    #expect(
      try messages(.chatCompletions, Self.message(Self.address, Self.data)) == [
        [
          "role": "user",
          "content": [
            ["type": "text", "text": "What is this?"],
            ["type": "image_url", "image_url": ["url": .string(Self.address)]],
            ["type": "image_url", "image_url": ["url": .string(Self.data)]],
          ],
        ]
      ])
  }

  @Test func `Responses take a picture as input`() throws {
    #expect(
      try messages(.responses, Self.message(Self.address)) == [
        [
          "role": "user",
          "content": [
            ["type": "input_text", "text": "What is this?"],
            ["type": "input_image", "image_url": .string(Self.address)],
          ],
        ]
      ])
  }

  @Test func `Messages take an address or Base64, and a document as one`() throws {
    #expect(
      try messages(
        .messages, Self.message(Self.address, Self.data),
        Self.message("data:application/pdf;base64,JVBERi0=")) == [
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "What is this?"],
              ["type": "image", "source": ["type": "url", "url": .string(Self.address)]],
              [
                "type": "image",
                "source": ["type": "base64", "media_type": "image/png", "data": "iVBORw=="],
              ],
            ],
          ],
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "What is this?"],
              [
                "type": "document",
                "source": [
                  "type": "base64", "media_type": "application/pdf", "data": "JVBERi0=",
                ],
              ],
            ],
          ],
        ])
  }

  @Test func `Ollama takes Base64 beside the text, and fetches nothing`() throws {
    #expect(
      try messages(.ollamaChat, Self.message(Self.data)) == [
        ["role": "user", "content": "What is this?", "images": ["iVBORw=="]]
      ])
    #expect {
      try messages(.ollamaChat, Self.message(Self.address))
    } throws: {
      "\($0)".contains("fetches no pictures")
    }
  }

  @Test func `data that is not Base64 becomes Base64, and the prompt's type is the type`() throws {
    let source = try MediaSource(url: "data:image/svg+xml,%3Csvg%2F%3E", contentType: nil)
    #expect(source == .bytes(type: "image/svg+xml", base64: Base64.encode(Array("<svg/>".utf8))))
    #expect(
      try MediaSource(url: Self.data, contentType: "image/webp")
        == .bytes(type: "image/webp", base64: "iVBORw=="))
  }

  @Test(arguments: ["cat.png", "/home/me/cat.png", "file:///cat.png", "C:\\cat.png", "http", ""])
  func `a file of this machine is refused with a sentence`(url: String) {
    for wire in WireProtocol.allCases {
      #expect {
        try messages(wire, Self.message(url))
      } throws: {
        "\($0)".contains("nothing that a server can reach")
      }
    }
  }

  @Test func `a message of sections alone is not sent`() throws {
    let section = Message(role: .system, parts: [.section("rules")])
    #expect(
      try messages(.chatCompletions, section, Message(role: .user, text: "x")) == [
        ["role": "user", "content": "x"]
      ])
  }
}
