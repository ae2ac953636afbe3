import Core
import LoopbackServer
import StreamFixtures
import Synchronization
import Testing

@testable import Completion

@Suite("Built-in models and recordings")
struct BuiltinModelTests {
  /// A client on a clock that the test turns.
  private final class Player {
    private final class Clock { var now = 1000.0 }

    private let clock = Clock()
    let client: CompletionClient
    var answer = Answer()
    var events: [TimedWireEvent] = []

    init() {
      client = CompletionClient(clock: { [clock] in clock.now })
    }

    var now: Double {
      get { clock.now }
      set { clock.now = newValue }
    }

    func advance() {
      for case .stream(_, let time, let wire, let events) in client.advance() {
        self.events.append(TimedWireEvent(time: time, event: wire))
        for event in events { answer.apply(event, at: time) }
      }
    }

    func playToTheEnd() {
      while let wakeUp = client.nextWakeUp {
        now = max(now, wakeUp)
        advance()
      }
    }
  }

  private func passage(_ text: String, headings: [String] = []) -> Passage {
    Passage(
      source: "returns.md", headings: headings, bytes: 0..<text.utf8.count, lines: 1...1,
      text: text)
  }

  private func answer(_ question: String, _ passages: [String]) -> String {
    ExtractiveAnswer(question: question, passages: passages.map { passage($0) }).text
  }

  @Test func `echo gives back the prompt exactly`() {
    for text in ["  Hello,\n\n wide 検索 👩‍💻 world \u{1B}[31m\n", "x", ""] {
      let player = Player()
      let request = CompletionRequest(model: .echo, messages: [Message(role: .user, text: text)])
      player.client.start(id: 0, request: request, provider: nil)
      player.playToTheEnd()
      #expect(player.answer.text == text)
      #expect(player.answer.finishReason == .stop)
      #expect(player.answer.usage.isEstimated)
    }
  }

  @Test func `echo shows the roles of several messages`() {
    let player = Player()
    let messages = [Message(role: .system, text: "Be brief."), Message(role: .user, text: "Hi")]
    player.client.start(
      id: 0, request: CompletionRequest(model: .echo, messages: messages), provider: nil)
    player.playToTheEnd()
    #expect(player.answer.text == "[system]\nBe brief.\n\n[user]\nHi")
  }

  @Test func `a long prompt is echoed in a bounded time`() {
    let player = Player()
    let text = String(repeating: "word ", count: 100_000)
    let request = CompletionRequest(model: .echo, messages: [Message(role: .user, text: text)])
    player.client.start(id: 0, request: request, provider: nil)
    player.playToTheEnd()
    #expect(player.answer.text == text)
    #expect(player.answer.timing.total < 3000)
  }

  @Test func `a built-in model streams word by word, at its own pace`() {
    let player = Player()
    let request = CompletionRequest(
      model: .echo, messages: [Message(role: .user, text: "one two three")])
    player.client.start(id: 0, request: request, provider: nil)
    player.advance()
    #expect(player.answer.text == "")
    #expect(player.client.nextWakeUp == 1004)
    player.now = 1008
    player.advance()
    #expect(player.answer.text == "one two ")
    #expect(player.answer.timing.firstText == 4)
    #expect(!player.client.isIdle)
    player.playToTheEnd()
    #expect(player.answer.text == "one two three")
    #expect(player.client.isIdle)
    #expect(player.client.nextWakeUp == nil)
  }

  @Test func `a built-in model can be cancelled`() {
    let player = Player()
    let request = CompletionRequest(
      model: .echo, messages: [Message(role: .user, text: "one two three")])
    player.client.start(id: 0, request: request, provider: nil)
    player.now = 1005
    player.advance()
    player.client.stop(0)
    player.advance()
    #expect(player.answer.text == "one ")
    #expect(player.answer.finishReason == .cancelled)
    #expect(player.events.last == TimedWireEvent(time: 5, event: .end(.cancelled)))
    #expect(player.client.isIdle)
  }

  @Test func `an unknown built-in model is named`() {
    let player = Player()
    let model = ModelReference(provider: "builtin", model: "gpt")
    player.client.start(
      id: 0, request: CompletionRequest(model: model, messages: []), provider: nil)
    player.playToTheEnd()
    #expect(player.answer.error?.contains("\"gpt\"") == true)
  }

  @Test func `the extractive model answers through the client`() {
    let player = Player()
    let request = CompletionRequest(
      model: .extractive, messages: [Message(role: .user, text: "irrelevant")],
      question: "When can I return an item?",
      passages: [
        passage("Shipping takes five days."),
        passage("Items may be returned within 30 days of delivery. Keep the receipt."),
      ])
    player.client.start(id: 0, request: request, provider: nil)
    player.playToTheEnd()
    #expect(player.answer.text == "[2] Items may be returned within 30 days of delivery.")
    #expect(player.answer.finishReason == .stop)
  }

  @Test func `at most three sentences are quoted, the best fitting first`() {
    let text = answer(
      "refund delivery",
      [
        "The refund is paid. A refund after delivery is paid too.",
        "A delivery is a delivery. Refunds need one. Nothing else is.",
      ])
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first == "[1] A refund after delivery is paid too.")
  }

  @Test func `rare words of the question count for more than common ones`() {
    let text = answer(
      "shipping to Norway",
      ["Shipping is free.", "Shipping takes days.", "Norway costs extra.", "Shipping is safe."])
    #expect(text == "[3] Norway costs extra.")
  }

  @Test func `headings and lists are no parts of a sentence`() {
    let text = answer(
      "warranty repairs",
      ["# Warranty\n\nIntro text\nover two lines.\n\n- Repairs are under\n  warranty.\n- Else not."]
    )
    #expect(text == "[1] Repairs are under warranty.")
  }

  @Test func `sentences end where they end`() {
    #expect(
      Array(Sentences("It costs 3.5 e.g. here. Really? Yes! 終わり。次の文"))
        == ["It costs 3.5 e.g. here.", "Really?", "Yes!", "終わり。", "次の文"])
  }

  @Test func `a question in Japanese finds its sentence`() {
    #expect(answer("返品の期限", ["配送は五日です。", "返品は三十日以内です。"]) == "[2] 返品は三十日以内です。")
  }

  @Test func `it says so when there is nothing to quote`() {
    #expect(answer("anything", []).hasPrefix("No passages came with this prompt"))
    #expect(answer("weather", ["Refunds."]) == "The passage says nothing about this question.")
    #expect(
      answer("", ["Refunds.", "Returns."])
        == "None of the 2 passages says anything about this question.")
  }

  @Test func `a recorded run gives the same events, at any speed`() throws {
    let server = try ScriptedServer { connection in
      _ = connection.readRequest()
      connection.sendHead()
      for piece in ["Hel", "lo ", "検索"] { connection.send(textChunk(piece)) }
      connection.send(done)
    }
    let live = ClientLoop()
    let outcome = live.outcome(of: server)
    let recorded = try #require(live.wire[0])
    for speed in [1, 7.5, .infinity, 0, -1, .nan] {
      let player = Player()
      player.client.replay(id: 0, events: recorded, speed: speed)
      player.playToTheEnd()
      #expect(player.events == recorded, "at speed \(speed)")
      #expect(Outcome(player.answer) == outcome)
      #expect(player.answer.timing == live.answers[0]?.timing)
    }
  }

  @Test func `a replay keeps the pace of the recording, or a multiple of it`() {
    let events = [
      TimedWireEvent(time: 0, event: .head(status: 200, contentType: "")),
      TimedWireEvent(time: 100, event: .body(Array(textChunk("Hi").utf8))),
      TimedWireEvent(time: 300, event: .end(.complete)),
    ]
    let player = Player()
    player.client.replay(id: 0, events: events, speed: 2)
    player.advance()
    #expect(player.client.nextWakeUp == 1050)
    player.now = 1050
    player.advance()
    #expect(player.answer.text == "Hi")
    #expect(player.client.nextWakeUp == 1150)
  }

  @Test func `a recording without an end is one of an interrupted run`() {
    let player = Player()
    let events = [TimedWireEvent(time: 5, event: .body(Array(textChunk("Hi").utf8)))]
    player.client.replay(id: 0, events: events)
    player.playToTheEnd()
    #expect(player.answer.text == "Hi")
    #expect(player.answer.finishReason == .truncated)
    #expect(player.answer.error?.contains("interrupted") == true)
  }
}
