// The database in which `llm` keeps its history (https://llm.datasette.io/en/stable/logging.html).
// It reads rows, conversation by conversation; what they mean is LLMConversation's matter.

import Core
import GRDB

final class LLMLog: HistorySource {
  private let connection: DatabaseQueue
  private let tables: Set<String>
  private let path: String
  private let notes: HistoryNotes
  private let time: Double
  /// Those that haven't been read, the last one first.
  private var conversations: [(id: String, name: String)] = []

  init(
    _ connection: DatabaseQueue, tables: Set<String>, path: String, at time: Double,
    notes: HistoryNotes
  ) throws {
    (self.connection, self.tables, self.path, self.notes) = (connection, tables, path, notes)
    self.time = time
    conversations = try connection.read { db in
      var names: [(id: String, name: String)] = []
      var seen: Set<String> = []
      let lists = [
        ("conversations", "SELECT id, name FROM conversations ORDER BY id"),
        ("threads", "SELECT id, name FROM threads ORDER BY id"),
        // Those of which nothing else is kept.
        (
          "responses",
          "SELECT DISTINCT conversation_id, NULL FROM responses WHERE conversation_id IS NOT NULL"
        ),
      ]
      for (table, sql) in lists where tables.contains(table) {
        for row in try Row.fetchAll(db, sql: sql) {
          guard let id = row[0] as String?, seen.insert(id).inserted else { continue }
          names.append((id, row[1] as String? ?? ""))
        }
      }
      // A conversation's id tells its time.
      return names.sorted { $0.id > $1.id }
    }
  }

  func next() throws -> HistorySession? {
    while let (id, name) = conversations.popLast() {
      let rows = try read { db in try self.rows(of: id, in: db) }
      if rows["turns"]?.isEmpty != false, rows["responses"]?.isEmpty != false { continue }
      do throws(ImportError) {
        let session = try LLMConversation.session(
          id: id, name: name, rows: rows, place: "\(path): conversation \(id)", at: time)
        notes.add(session.notes)
        return HistorySession(session)
      } catch {
        notes.leaveOut("\(error)")
      }
    }
    return nil
  }

  // MARK: Rows

  private func read<Value>(_ body: (Database) throws -> Value) throws(SessionError) -> Value {
    do { return try connection.read(body) } catch { throw SessionError(error, path: path) }
  }

  /// The messages that lead to a conversation's turns, theirs among them.
  private static let chain = """
    WITH RECURSIVE chain(hash) AS (
      SELECT tip_message_hash FROM turns WHERE thread_id = ?1
      UNION SELECT parent_message_hash FROM turns WHERE thread_id = ?1
      UNION SELECT parent_hash FROM messages JOIN chain USING (hash) WHERE parent_hash IS NOT NULL
    )
    """

  private static let ofResponses = "(SELECT id FROM responses WHERE conversation_id = ?1)"

  /// What is asked for each table, and which tables it needs.
  private static let queries: [(table: String, needs: Set<String>, sql: String)] = [
    (
      "responses", ["responses"],
      "SELECT * FROM responses WHERE conversation_id = ?1 ORDER BY datetime_utc, id"
    ),
    (
      "prompt_fragments", ["responses", "prompt_fragments", "fragments"],
      """
      SELECT response_id, content FROM prompt_fragments JOIN fragments ON fragment_id = fragments.id
      WHERE response_id IN \(ofResponses) ORDER BY "order"
      """
    ),
    (
      "system_fragments", ["responses", "system_fragments", "fragments"],
      """
      SELECT response_id, content FROM system_fragments JOIN fragments ON fragment_id = fragments.id
      WHERE response_id IN \(ofResponses) ORDER BY "order"
      """
    ),
    (
      "prompt_attachments", ["responses", "prompt_attachments", "attachments"],
      """
      SELECT response_id, attachments.id AS id, type, path, url
      FROM prompt_attachments JOIN attachments ON attachment_id = attachments.id
      WHERE response_id IN \(ofResponses) ORDER BY "order"
      """
    ),
    (
      "tool_calls", ["responses", "tool_calls"],
      "SELECT * FROM tool_calls WHERE response_id IN \(ofResponses) ORDER BY id"
    ),
    (
      "tool_results", ["responses", "tool_results"],
      "SELECT * FROM tool_results WHERE response_id IN \(ofResponses) ORDER BY id"
    ),
    (
      "tool_responses", ["responses", "tool_responses", "tools"],
      """
      SELECT response_id, name, description, input_schema
      FROM tool_responses JOIN tools ON tool_id = tools.id
      WHERE response_id IN \(ofResponses) ORDER BY tools.id
      """
    ),
    ("schemas", ["schemas"], "SELECT id, content FROM schemas WHERE ?1 IS NOT NULL"),
    (
      "turns", ["turns"], "SELECT * FROM turns WHERE thread_id = ?1 ORDER BY datetime_utc, id"
    ),
    (
      "messages", ["turns", "messages"],
      chain + "SELECT hash, parent_hash, role FROM messages JOIN chain USING (hash)"
    ),
    (
      "parts", ["turns", "messages", "parts"],
      chain + """
         SELECT message_hash, type, text, payload FROM parts JOIN chain ON message_hash = chain.hash
        ORDER BY message_hash, position
        """
    ),
    (
      "fragments", ["turns", "messages", "parts", "part_fragments", "fragments"],
      chain + """
         SELECT DISTINCT fragments.id AS id, content FROM parts JOIN chain ON message_hash = chain.hash
          JOIN part_fragments ON part_id = parts.id JOIN fragments ON fragment_id = fragments.id
        """
    ),
    (
      "attachments", ["turns", "messages", "parts", "part_attachments", "attachments"],
      chain + """
         SELECT DISTINCT attachments.id AS id, attachments.type AS type, path, url
          FROM parts JOIN chain ON message_hash = chain.hash
          JOIN part_attachments ON part_id = parts.id
          JOIN attachments ON attachment_id = attachments.id
        """
    ),
    (
      "turn_tools", ["turns", "turn_tools", "tools"],
      """
      SELECT turn_id, name, description, input_schema FROM turn_tools
        JOIN tools ON tool_id = tools.id JOIN turns ON turns.id = turn_id
      WHERE thread_id = ?1 ORDER BY tools.id
      """
    ),
  ]

  private func rows(of conversation: String, in db: Database) throws -> LLMConversation.Rows {
    var rows: LLMConversation.Rows = [:]
    for query in Self.queries where query.needs.isSubset(of: tables) {
      rows[query.table] = try Row.fetchAll(db, sql: query.sql, arguments: [conversation]).map(
        \.json)
    }
    return rows
  }
}
