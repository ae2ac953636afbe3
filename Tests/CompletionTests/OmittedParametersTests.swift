import Core
import Testing

@testable import Completion

@Suite("Parameters that are left out are known by name")
struct OmittedParametersTests {
  private func omitted(_ wire: WireProtocol, profile: ModelProfile = ModelProfile()) -> [String] {
    var request = CompletionRequest.hello
    request.parameters = Parameters(temperature: 0.5, maxTokens: 9, stop: ["x"], seed: 7)
    request.parameters.topLogprobs = 3
    request.parameters.contextWindow = 4096
    return request.omittedParameters(
      to: Provider(name: "test", baseURL: "http://127.0.0.1/v1", wire: wire), profile: profile)
  }

  @Test func `each protocol has words for some`() {
    #expect(omitted(.chatCompletions) == [])
    #expect(omitted(.messages) == ["seed", "top_logprobs"])
    #expect(omitted(.responses) == ["stop", "seed"])
    #expect(omitted(.ollamaChat).contains("temperature") == false)
  }

  @Test func `what the model takes no more is among them, what it renames is not`() {
    let names = ["max_tokens": "max_completion_tokens", "temperature": ""]
    #expect(
      omitted(.chatCompletions, profile: ModelProfile(parameterNames: names)) == ["temperature"])
  }
}
