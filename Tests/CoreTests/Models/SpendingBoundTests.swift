import Testing

@testable import Core

@Suite struct SpendingBoundTests {
  private let price = Price(
    input: Money(dollarsPerMillion: 1), cacheWrite: Money(dollarsPerMillion: 2),
    output: Money(dollarsPerMillion: 10))

  private func request(_ body: String) -> SentRequest {
    SentRequest(wire: .chatCompletions, url: "https://a.example/v1/chat/completions", body: body)
  }

  /// In millionths of a dollar.
  private func bound(_ body: String, _ profile: ModelProfile) throws -> Int {
    try profile.largestCost(of: request(body)).picodollars / 1_000_000
  }

  @Test func theInputIsTheBodysBytesAtTheDearestPrice() throws {
    let body = #"{"messages":[{"role":"user","content":"日本"}],"max_tokens":7}"#
    #expect(
      try bound(body, ModelProfile(price: price)) == body.utf8.count * 2 + 70)
  }

  @Test(
    "the answer's limit is found by every name it has",
    arguments: [
      (#""max_tokens":50"#, 500), (#""max_completion_tokens":50"#, 500),
      (#""max_output_tokens":50"#, 500), (#""options":{"num_predict":50}"#, 500),
      (#""limit":50"#, 500), (#""max_tokens":50,"n":3"#, 1500),
      (#""max_tokens":5,"max_output_tokens":50"#, 500), (#""max_tokens":-1"#, 9000),
      (#""max_tokens":"5""#, 9000), (#""options":{"num_predict":-1}"#, 9000),
    ])
  func limits(member: String, output: Int) throws {
    let profile = ModelProfile(
      contextWindow: 9999, maxOutputTokens: 900, price: price,
      parameterNames: ["max_tokens": "limit"])
    let body = "{\(member)}"
    let times = member.contains("\"n\"") ? 3 : 1
    #expect(try bound(body, profile) == body.utf8.count * 2 * times + output)
  }

  @Test func withoutALimitTheModelsOwnCountsAndThenTheWindow() throws {
    #expect(try bound("{}", ModelProfile(contextWindow: 30, price: price)) == 4 + 300)
    #expect(
      try bound("{}", ModelProfile(contextWindow: 30, maxOutputTokens: 20, price: price))
        == 4 + 200)
  }

  @Test func toolsHaveAPromptOfTheServers() throws {
    let body = #"{"max_tokens":1,"tools":[{}]}"#
    #expect(
      try bound(body, ModelProfile(price: price)) == (body.utf8.count + 1024) * 2 + 10)
  }

  @Test(
    "a form that is asked of the answer has a prompt of the server's",
    arguments: [
      #""response_format":{"type":"json_object"}"#, #""text":{"format":{}}"#,
      #""output_config":{"format":{}}"#, #""format":"json""#,
    ])
  func forms(member: String) throws {
    let body = #"{"max_tokens":1,\#(member)}"#
    #expect(
      try bound(body, ModelProfile(price: price)) == (body.utf8.count + 1024) * 2 + 10)
  }

  @Test(
    "what is to be cached for an hour costs twice the input, wherever the body says so",
    arguments: [#""1h""#, #""1\u0068""#])
  func hourOfCache(time: String) throws {
    let body =
      #"{"max_tokens":1,"system":[{"cache_control":{"type":"ephemeral","ttl":\#(time)}}]}"#
    let dear = Price(
      input: Money(dollarsPerMillion: 4), cacheWrite: Money(dollarsPerMillion: 5),
      output: Money(dollarsPerMillion: 10))
    #expect(try bound(body, ModelProfile(price: dear)) == body.utf8.count * 8 + 10)
    let brief = body.replacing(time, with: #""5m""#)
    #expect(try bound(brief, ModelProfile(price: dear)) == brief.utf8.count * 5 + 10)
  }

  @Test func whatCannotBeBoundedSaysWhy() {
    #expect(throws: UnboundedCost.unknownPrice) {
      try ModelProfile(contextWindow: 10).largestCost(of: request("{}"))
    }
    #expect(throws: UnboundedCost.unknownLength) {
      try ModelProfile(price: price).largestCost(of: request("{}"))
    }
  }

  @Test func whatIsFreeNeedsNoBound() throws {
    #expect(try bound("{}", ModelProfile(price: .free)) == 0)
  }

  @Test func aBodyThatIsNoJSONIsBoundedByTheModel() throws {
    #expect(try bound("…", ModelProfile(maxOutputTokens: 1, price: price)) == 6 + 10)
  }
}
