import Core
import Foundation
import Testing

@testable import Sessions

// The database that the real `llm` writes: whatever its tables are in the version that is there.
// WHET_TEST_LLM names a Python that has it.

private let python = ProcessInfo.processInfo.environment["WHET_TEST_LLM"]

@Suite(.enabled(if: python != nil, "WHET_TEST_LLM is not set: no logs.db of the real llm is read"))
struct LLMProgramTests {
  /// Three questions to a model that needs no server, logged as any other.
  private static let program = """
    import sys, llm, sqlite_utils
    from llm.migrations import migrate

    class Echo(llm.Model):
        model_id = "echo-test"
        can_stream = False
        attachment_types = {"image/png"}
        class Options(llm.Options):
            max_tokens: int | None = None
        def execute(self, prompt, stream, response, conversation=None):
            response.set_usage(input=7, output=3)
            response.response_json = {"finish_reason": "length"}
            yield "You said " + prompt.prompt.upper()

    db = sqlite_utils.Database(sys.argv[1])
    migrate(db)
    talk = llm.Conversation(model=Echo())
    picture = llm.Attachment(type="image/png", url="https://example.org/mill.png")
    for text, more in [
        ("first", {"system": "Be brief", "max_tokens": 8}),
        ("second", {"fragments": ["A text about mills."]}),
        ("third", {"attachments": [picture]}),
    ]:
        response = talk.prompt(text, stream=False, **more)
        response.text()
        response.log_to_db(db)
    """

  @Test func itsConversationsAreRead() throws {
    let folder = try TemporaryFolder()
    let log = folder.file("logs.db")
    let process = Process()
    process.executableURL = URL(filePath: try #require(python))
    process.arguments = ["-c", Self.program, log]
    process.environment = ["LLM_USER_PATH": folder.path, "HOME": folder.path]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)

    let store = try SessionStore(path: folder.file("store.db"))
    let outcome = try store.importFile(log)
    #expect(outcome.notes.isEmpty)
    let session = try #require(outcome.sessions.first)
    let runs = try store.runs(of: session.session.id).map { try store.loadRun($0.id) }
    #expect(
      runs.map(\.answer.text) == [
        "You said FIRST", "You said A TEXT ABOUT MILLS.\nSECOND", "You said THIRD",
      ])
    #expect(runs.map(\.run.parent) == [nil, runs[0].run.id, runs[1].run.id])
    #expect(runs[0].run.request.messages.map(\.text) == ["Be brief", "first"])
    #expect(runs[2].run.request.messages.map(\.text).contains("A text about mills.\nsecond"))
    #expect(
      runs[2].run.request.messages.last?.parts == [
        .text("third"),
        .media(url: "https://example.org/mill.png", contentType: "image/png"),
      ])
    #expect(runs[0].run.request.parameters.maxTokens == 8)
    #expect(runs[0].answer.usage == Usage(inputTokens: 7, outputTokens: 3))
    #expect(runs.allSatisfy { $0.answer.finishReason == .length })
    #expect(try store.importFile(log).sessions.map(\.alreadyThere) == [3])
  }
}
