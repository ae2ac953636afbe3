import GRDBSQLite

// What a query that nobody has looked at may do: read tables, and call functions that only compute.
// SQLite asks while it compiles, of views and of what it makes of them, too
// (https://www.sqlite.org/c3ref/set_authorizer.html).

enum SQLAuthorizer {
  /// Lets a connection read, and nothing else.
  static func install(on connection: OpaquePointer) {
    sqlite3_set_authorizer(
      connection,
      { _, action, _, name, _, _ in
        switch action {
        case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: SQLITE_OK
        case SQLITE_FUNCTION:
          name.map { SQLAuthorizer.permitted.contains(String(cString: $0).lowercased()) } == true
            ? SQLITE_OK : SQLITE_DENY
        default: SQLITE_DENY
        }
      }, nil)
  }

  /// The functions of SQLite's documentation that read no file, load no code and finish in a time that
  /// grows with what they are given (`json_patch` does not).
  private static let permitted: Set<String> = Set(
    """
    abs changes char coalesce concat concat_ws format glob hex if ifnull iif instr last_insert_rowid \
    length like likelihood likely lower ltrim max min nullif octet_length printf quote random \
    randomblob replace round rtrim sign soundex sqlite_version substr substring total_changes trim \
    typeof unhex unicode unistr unistr_quote unlikely upper zeroblob subtype \
    avg count group_concat string_agg sum total median percentile percentile_cont percentile_disc \
    row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value \
    date time datetime julianday unixepoch strftime timediff \
    current_date current_time current_timestamp \
    acos acosh asin asinh atan atan2 atanh ceil ceiling cos cosh degrees exp floor ln log log10 log2 \
    mod pi pow power radians sin sinh sqrt tan tanh trunc \
    json json_array json_array_length json_error_position json_extract -> ->> json_insert \
    json_object json_pretty json_quote json_remove json_replace json_set json_type json_valid \
    json_group_array json_group_object match bm25 highlight snippet
    """.split(separator: " ").map(String.init))
}
