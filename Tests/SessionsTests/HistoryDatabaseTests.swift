import Core
import Foundation
import GRDB
import Testing

@testable import Sessions

// Databases of llm and promptfoo, with the tables that these have; and that nothing is ever written
// to them.

private let responses = """
  CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
  CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT,
    prompt_json TEXT, options_json TEXT, response TEXT, response_json TEXT, conversation_id TEXT,
    duration_ms INTEGER, datetime_utc TEXT, input_tokens INTEGER, output_tokens INTEGER,
    token_details TEXT, schema_id TEXT);
  INSERT INTO conversations VALUES ('01c', 'Rivers', 'gpt-5-mini');
  INSERT INTO responses VALUES
    ('01r1', 'gpt-5-mini', 'Name a river', 'Be brief', NULL, '{"max_tokens": 8, "image_detail":"low"}',
      'Aare', '{"finish_reason": "length"}', '01c', 900, '2026-03-01T10:00:00.5', 37, 8,
      '{"prompt_tokens_details": {"cached_tokens": 36}}', NULL),
    ('01r2', 'gpt-5-mini', 'And a lake', NULL, NULL, NULL, 'Thun', NULL, '01c', NULL,
      '2026-03-01T10:01:00+00:00', NULL, NULL, NULL, 's1');
  """

private let extras = """
  CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);
  CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, "order" INTEGER);
  CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT);
  CREATE TABLE prompt_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
  CREATE TABLE system_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
  CREATE TABLE schemas (id TEXT PRIMARY KEY, content TEXT);
  CREATE TABLE tools (id INTEGER PRIMARY KEY, hash TEXT, name TEXT, description TEXT,
    input_schema TEXT);
  CREATE TABLE tool_responses (tool_id INTEGER, response_id TEXT);
  CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER, name TEXT,
    arguments TEXT, tool_call_id TEXT);
  CREATE TABLE tool_results (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER, name TEXT,
    output TEXT, tool_call_id TEXT);
  INSERT INTO attachments VALUES ('a1', 'image/png', '/pictures/mill.png', NULL, x'00ff');
  INSERT INTO prompt_attachments VALUES ('01r1', 'a1', 0);
  INSERT INTO fragments VALUES (1, 'h', 'A text about mills.');
  INSERT INTO prompt_fragments VALUES ('01r1', 1, 0);
  INSERT INTO schemas VALUES ('s1', '{"type": "object"}');
  INSERT INTO tools VALUES (1, 'h', 'look', 'Looks', '{"type": "object"}');
  INSERT INTO tool_responses VALUES (1, '01r1');
  INSERT INTO tool_calls VALUES (1, '01r1', 1, 'look', '{"at": "mill"}', 'c1');
  INSERT INTO tool_results VALUES (1, '01r2', 1, 'look', 'It turns.', 'c1');
  """

private let messages = """
  CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, tip_message_hash TEXT, forked_from TEXT,
    datetime_utc TEXT);
  CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, parent_message_hash TEXT,
    tip_message_hash TEXT, model TEXT, resolved_model TEXT, options_json TEXT, schema_id TEXT,
    input_tokens INTEGER, output_tokens INTEGER, token_details TEXT, duration_ms INTEGER,
    datetime_utc TEXT, response_json TEXT);
  CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT, role TEXT);
  CREATE TABLE parts (id INTEGER PRIMARY KEY, message_hash TEXT, position INTEGER, type TEXT,
    tool_name TEXT, text TEXT, payload TEXT);
  CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT);
  CREATE TABLE part_fragments (part_id INTEGER, fragment_id INTEGER, "order" INTEGER);
  INSERT INTO threads VALUES ('01t', 'Mills', 'm3', NULL, '2026-03-01 10:00:00+00:00');
  INSERT INTO messages VALUES ('m0', NULL, 'system'), ('m1', 'm0', 'user'),
    ('m2', 'm1', 'assistant'), ('m3', 'm2', 'user'), ('m4', 'm3', 'assistant'),
    ('m5', 'm2', 'user'), ('m6', 'm5', 'assistant');
  INSERT INTO fragments VALUES (7, 'h', 'a long text');
  INSERT INTO parts VALUES (1, 'm0', 0, 'text', NULL, 'Be brief', NULL),
    (2, 'm1', 0, 'text', NULL, NULL, '{"text_ref": [{"fragment": 7}, {"literal": ": what?"}]}'),
    (3, 'm2', 0, 'reasoning', NULL, 'Mills turn.', NULL), (4, 'm2', 1, 'text', NULL, 'Mills.', NULL),
    (5, 'm3', 0, 'text', NULL, 'Why?', NULL), (6, 'm4', 0, 'tool_call', 'look', NULL,
      '{"name": "look", "arguments": {"at": "mill"}, "tool_call_id": "c1"}'),
    (7, 'm5', 0, 'text', NULL, 'Where?', NULL), (8, 'm6', 0, 'text', NULL, 'There.', NULL);
  INSERT INTO part_fragments VALUES (2, 7, 0);
  INSERT INTO turns (id, thread_id, parent_message_hash, tip_message_hash, model, datetime_utc)
    VALUES ('01u1', '01t', 'm1', 'm2', 'm', '2026-03-01T10:00:00'),
      ('01u2', '01t', 'm3', 'm4', 'm', '2026-03-01T10:01:00'),
      ('01u3', '01t', 'm5', 'm6', 'm', '2026-03-01T10:02:00');
  """

@Suite struct HistoryDatabaseTests {
  private let folder: TemporaryFolder
  private let store: SessionStore

  init() throws {
    folder = try TemporaryFolder()
    store = try SessionStore(path: folder.file("store/store.db"))
  }

  private func database(_ sql: String...) throws -> String {
    let path = folder.file("logs.db")
    let connection = try DatabaseQueue(path: path)
    try connection.write { db in for text in sql { try db.execute(sql: text) } }
    return path
  }

  private func runs(_ outcome: HistoryOutcome) throws -> [RecordedRun] {
    try outcome.sessions.flatMap { try store.runs(of: $0.session.id) }.map {
      try store.loadRun($0.id)
    }
  }

  @Test func responsesOfOlderYearsAreAChain() throws {
    let outcome = try store.importFile(try database(responses))
    let runs = try runs(outcome)
    #expect(outcome.sessions.map(\.session.name) == ["Rivers"])
    #expect(runs.map(\.answer.text) == ["Aare", "Thun"])
    #expect(runs[1].run.parent == runs[0].run.id)
    #expect(
      runs[1].run.request.messages.map(\.text) == [
        "Be brief", "Name a river", "Aare", "And a lake",
      ])
    #expect(runs[0].run.request.parameters.maxTokens == 8)
    #expect(runs[0].run.origin?.details["image_detail"] == "low")
    #expect(runs[0].answer.finishReason == .length)
    #expect(
      runs[0].answer.usage == Usage(inputTokens: 37, outputTokens: 8, cachedInputTokens: 36))
    #expect(runs[0].answer.timing.total == 900)
    #expect(runs[0].run.startedAt == 1_772_359_200.5)
    #expect(runs[1].answer.usage.isEstimated)
  }

  @Test func fragmentsAttachmentsAndToolsComeAlong() throws {
    let runs = try runs(try store.importFile(try database(responses, extras)))
    #expect(
      runs[0].run.request.messages[1].parts == [
        .text("A text about mills.\nName a river"),
        .media(url: "/pictures/mill.png", contentType: "image/png"),
      ])
    #expect(runs[0].answer.toolCalls.map(\.arguments) == ["{\"at\": \"mill\"}"])
    #expect(runs[0].run.request.parameters.tools.map { $0["name"] } == ["look"])
    #expect(runs[1].run.request.messages.map(\.role) == [.system, .user, .assistant, .tool, .user])
    #expect(runs[1].run.request.parameters.responseSchema == ["type": "object"])
  }

  @Test func turnsAreATreeOfMessages() throws {
    let outcome = try store.importFile(try database(messages))
    let runs = try runs(outcome)
    #expect(outcome.sessions.map(\.session.name) == ["Mills"])
    #expect(runs.map(\.answer.text) == ["Mills.", "", "There."])
    #expect(runs.map(\.run.parent) == [nil, runs[0].run.id, runs[0].run.id])
    #expect(runs[0].answer.thinking == "Mills turn.")
    #expect(
      runs[0].run.request.messages.map(\.text) == ["Be brief", "a long text: what?"])
    #expect(runs[1].answer.toolCalls.map(\.name) == ["look"])
    #expect(runs[2].run.request.messages.last?.text == "Where?")
  }

  @Test func aConversationOfBothFormsIsOneSession() throws {
    let both = messages.replacing("'01t'", with: "'01c'")
      .replacing("'Mills'", with: "'Rivers'")
    let outcome = try store.importFile(try database(responses, both))
    let runs = try runs(outcome)
    #expect(outcome.sessions.count == 1)
    #expect(runs.count == 5)
    // What was said since goes on from what was said before.
    #expect(runs.filter { $0.run.parent == nil }.count == 1)
  }

  @Test func messagesInACircleEnd() throws {
    let outcome = try store.importFile(
      try database(messages, "UPDATE messages SET parent_hash = 'm6' WHERE hash = 'm0'"))
    #expect(try runs(outcome).map(\.answer.text).contains("There."))
  }

  @Test func aDatabaseThatIsBeingWrittenIsReadWithItsLogAndLeftAsItIs() throws {
    let path = folder.file("logs.db")
    let live = try DatabaseQueue(path: path)
    try live.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
    }
    try live.write { db in try db.execute(sql: responses) }
    let before = try Data(contentsOf: URL(filePath: path))
    let names = try folder.contents
    try live.write { db in
      try db.execute(sql: "UPDATE responses SET response = 'Emme' WHERE id = '01r1'")
    }
    let log = try Data(contentsOf: URL(filePath: path + "-wal"))
    #expect(try runs(try store.importFile(path)).map(\.answer.text) == ["Emme", "Thun"])
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try Data(contentsOf: URL(filePath: path + "-wal")) == log)
    #expect(try folder.contents == names)
    // The copy is gone, too.
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.file("store"))
    #expect(left.allSatisfy { $0.hasPrefix("store.db") }, "\(left)")
    try live.write { db in try db.execute(sql: "DELETE FROM responses") }
  }

  @Test func evaluationsOfPromptfooAreSessions() throws {
    let path = try database(
      """
      CREATE TABLE evals (id TEXT PRIMARY KEY, created_at INTEGER, description TEXT, results TEXT,
        config TEXT, prompts TEXT);
      CREATE TABLE eval_results (id TEXT PRIMARY KEY, eval_id TEXT, prompt_idx INTEGER,
        test_idx INTEGER, test_case TEXT, prompt TEXT, provider TEXT, latency_ms INTEGER,
        cost REAL, response TEXT, error TEXT, failure_reason INTEGER, success INTEGER, score REAL,
        grading_result TEXT);
      INSERT INTO evals VALUES ('eval-1', 1772359200000, 'x', '{}', '{"description": "Cities"}',
        '[{"raw": "Where is {{city}}?", "label": "a", "provider": "openai:gpt-5"}]'),
        ('eval-0', 1700000000000, NULL, '{"version": 2, "results": [{"vars": {"a": "1"},
          "prompt": {"raw": "Say 1"}, "provider": {"id": "b:c"}, "response": {"output": "1!"}}]}',
          '{}', NULL);
      INSERT INTO eval_results VALUES ('r1', 'eval-1', 0, 0, '{"vars": {"city": "Bern"}}',
        '{"raw": "Where is Bern?", "label": "a"}', '{"id": "openai:gpt-5"}', 300, 0.002,
        '{"output": "Here."}', NULL, 0, 1, 1.0, '{"pass": true, "reason": "Good"}');
      """)
    let outcome = try store.importFile(path)
    let runs = try runs(outcome)
    #expect(outcome.sessions.map(\.session.name) == ["eval-0", "Cities"])
    #expect(runs.map(\.answer.text) == ["1!", "Here."])
    #expect(runs[1].run.inputs == ["city": "Bern"])
    #expect(runs[1].remark.tags == ["pass"])
    #expect(runs[1].run.startedAt == 1_772_359_200)
    #expect(try store.importFile(path).sessions.map(\.added) == [0, 0])
  }

  @Test(arguments: [
    ("CREATE TABLE x (y)", "no database of llm"), ("CREATE TABLE logs (y)", "before 0.5"),
    ("CREATE TABLE responses (id)", "conversation_id"),
    ("CREATE TABLE turns (id); CREATE TABLE threads (id)", "name"),
  ])
  func otherDatabasesAreRefused(_ sql: String, _ reason: String) throws {
    let path = try database(sql)
    let error = #expect(throws: SessionError.self) { _ = try store.importFile(path) }
    #expect("\(try #require(error))".contains(reason), "\(String(describing: error))")
    #expect("\(try #require(error))".contains(path))
  }

  @Test func aDamagedDatabaseIsRefused() throws {
    let path = try database(responses)
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    try handle.seek(toOffset: 100)
    try handle.write(contentsOf: Data(repeating: 0xAB, count: 8000))
    try handle.close()
    let error = #expect(throws: SessionError.self) { _ = try store.importFile(path) }
    #expect(error == .damaged(path: path) || error == .notAStore(path: path))
  }
}
