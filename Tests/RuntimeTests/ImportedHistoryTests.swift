import Core
import Foundation
import Runtime
import Sessions
import Testing

// What is imported has no stream of its own: the one that it is given says, through the decoder that
// reads what servers send, the same as the answer that is kept.

private let completions = """
  {"request":{"messages":[{"role":"user","content":"Q"}]},"latency_ms":1234.5678,"response":{"created":1700000000,"choices":[{"finish_reason":"stop","message":{"content":"ha ha ha\\n","reasoning_content":"Hm."}}],"usage":{"prompt_tokens":9,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":2}}}}
  {"request":{"messages":[{"role":"user","content":"Q2"}]},"response":{"choices":[{"finish_reason":"length","message":{"content":"cut \\u0000 \\ud83d\\ude00 of"}}]}}
  {"request":{"messages":[{"role":"user","content":"Q3"}]},"response":{"choices":[{"finish_reason":"content_filter","message":{"refusal":"I can't."}}]}}
  {"request":{"messages":[{"role":"user","content":"Q4"}]},"response":{"choices":[{"finish_reason":"tool_calls","message":{"content":null,"tool_calls":[{"id":"a","function":{"name":"look","arguments":"{\\"at\\":1}"}},{"id":"b","function":{"name":"look","arguments":"{}"}}]}}]}}
  {"custom_id":"c","response":{"status_code":500,"body":{"error":{"message":"The server fell over."}}}}
  {"request":{"messages":[]},"response":{"choices":[{"finish_reason":null,"message":{"content":"{\\"choices\\":[]}"}}]}}
  """

private let talk = """
  [{"title":"t","mapping":{"u":{"parent":null,"message":{"author":{"role":"user"},"content":{"parts":["Q"]}}},\
  "a":{"parent":"u","message":{"author":{"role":"assistant"},"content":{"parts":["A"]},"metadata":{"finish_details":{"type":"interrupted"}}}}}}]
  """

private let evaluation = """
  {"results":{"version":3,"timestamp":"2026-01-01T00:00:00Z","results":[
  {"testIdx":0,"promptIdx":0,"provider":{"id":"a:b"},"prompt":{"raw":"Q"},"vars":{},"response":{"output":"part","error":"It broke off."},"latencyMs":7,"success":false,"failureReason":2},
  {"testIdx":1,"promptIdx":0,"provider":{"id":"a:b"},"prompt":{"raw":"Q"},"vars":{},"success":false}]}}
  """

@Suite struct ImportedHistoryTests {
  @Test(arguments: [completions, talk, evaluation])
  func whatIsReplayedIsWhatIsKept(_ text: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "whet-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "file.json").path
    try Data(text.utf8).write(to: URL(filePath: file))
    let store = try SessionStore(path: folder.appending(path: "store.db").path)
    let outcome = try store.importFile(file)
    #expect(outcome.notes.isEmpty)
    let runs = try outcome.sessions.flatMap { try store.runs(of: $0.session.id) }
      .map { try store.loadRun($0.id) }
    #expect(!runs.isEmpty)
    for run in runs {
      #expect(run.answer.isFinished)
      #expect(Answer(replaying: run) == run.answer, "\(run.answer)")
    }
  }
}
