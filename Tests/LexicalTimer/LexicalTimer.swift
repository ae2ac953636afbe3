// Indexes files and times searches, for `tools/bench/words.py`, and for the tests that kill it while it
// works.
//
//   lexical-timer INDEX add PATH…    prints passages, CPU seconds, CPU seconds to check them again, and
//                                    the most memory in MB
//   lexical-timer INDEX search K     reads queries, a line each; prints milliseconds for each
//
// INDEX is a file, or the address of a PostgreSQL database.

import Core
import Foundation
import Retrieval

@main
struct LexicalTimer {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let path = arguments.first, let command = arguments.dropFirst().first else {
      return FileHandle.standardError.write(Data("usage: lexical-timer INDEX add|search …\n".utf8))
    }
    let index: any PassageStore =
      PostgresAddress.isOne(path)
      ? try PostgresIndex.make(PostgresAddress(path)) : try PassageIndex(path: path)
    let rest = Array(arguments.dropFirst(2))
    if command == "add" {
      try add(rest, to: index)
    } else {
      try search(index, limit: rest.first.flatMap { Int($0) } ?? 10)
    }
  }

  private static func add(_ paths: [String], to index: any PassageStore) throws {
    let start = seconds(CLOCK_PROCESS_CPUTIME_ID)
    let report = try index.add(paths)
    let indexed = seconds(CLOCK_PROCESS_CPUTIME_ID)
    try index.add(paths)
    let checked = seconds(CLOCK_PROCESS_CPUTIME_ID)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print(report.passages, indexed - start, checked - indexed, usage.ru_maxrss / 1024)
  }

  private static func search(_ index: any PassageStore, limit: Int) throws {
    while let query = readLine() {
      let start = seconds(CLOCK_MONOTONIC)
      let found = try best(limit, for: query, in: index)
      print((seconds(CLOCK_MONOTONIC) - start) * 1000, found.count)
      fflush(nil)
    }
  }

  private static func best(
    _ limit: Int, for query: String, in index: any PassageStore
  ) throws -> [Passage] {
    let rankings = try index.rankings(
      for: [query], vectors: [], of: nil, limit: limit, RetrievalSettings(),
      isCancelled: { false })
    return try index.passages(
      rankings.flatMap(\.passages).map(\.id), matching: [query], isCancelled: { false })
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
