// A power cut: what was written but not waited for may be on the disk or not, in any order. The
// writes of a real child process are traced (strace(1)), and stores are made of what a disk could
// hold after each: all that was synchronized, and any part of what wasn't.

import Core
import Foundation
import GRDB
import RandomSource
import Testing

@testable import Sessions

@Suite(.enabled(if: Trace.isPossible, "strace is not there, or may not trace"))
struct PowerCutTests {
  @Test func whatADiskMayHoldAfterAPowerCutOpensWholeWithEveryRunThatEnded() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sessions.sqlite")
    let trace = try Trace(of: path, runs: 12)
    #expect(trace.steps.count > 200)
    #expect(trace.ended.count == 12)
    var random = SeededRandom(seed: 9)
    for round in 0..<60 {
      let cut = Int.random(in: 0...trace.steps.count, using: &random)
      let place = folder.file("cut-\(round).sqlite")
      try trace.disk(after: cut, random: &random).write(to: place)
      let store = try SessionStore(path: place)
      #expect(try store.check().isDamaged == false)
      for (run, step) in trace.ended where step < cut {
        let recorded = try store.loadRun(run)
        #expect(recorded.answer.text == "all of \(run)")
        #expect(recorded.events.count == 40)
      }
    }
  }

  @Test func anExportIsOnTheDiskBeforeItHasItsName() throws {
    let folder = try TemporaryFolder()
    let trace = try Trace(of: folder.file("sessions.sqlite"), runs: 1, export: folder.file("out"))
    let calls = trace.calls.filter { $0.contains("out.") && $0.contains(".part") }
    let name = try #require(calls.firstIndex { $0.contains("rename(") })
    let synchronization = try #require(calls.lastIndex { $0.contains("fsync(") })
    let write = try #require(calls.lastIndex { $0.contains("write(") })
    #expect(write < synchronization && synchronization < name)
  }

  @Test func aBackupIsOnTheDiskBeforeTheFirstChangeOfTheStore() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sessions.sqlite")
    do {
      let queue = try DatabaseQueue(path: path)
      try StoreSchema.migrator.migrate(queue, upTo: "corrections")
      try queue.write { try $0.execute(sql: "PRAGMA application_id = 0x77686574") }
      try queue.close()
    }
    let trace = try Trace(of: path, runs: 1)
    let calls = trace.calls
    let synchronization = try #require(
      calls.lastIndex { $0.contains("fsync(") && $0.contains(".backup.part") })
    let name = try #require(calls.firstIndex { $0.contains("rename(") && $0.contains(".backup") })
    let folderSynchronization = try #require(
      calls.firstIndex { $0.contains("fsync(") && $0.contains("<\(folder.path)>") })
    // The first frame of a log that holds pages of the changed tables.
    let change = try #require(
      calls.firstIndex { $0.contains("pwrite64(") && $0.contains("sqlite-wal>") })
    #expect(synchronization < name && name < folderSynchronization)
    #expect(folderSynchronization < change)
  }
}

/// What a program that records runs did to its files.
private struct Trace {
  enum Step {
    case write(file: String, offset: Int, bytes: [UInt8])
    case truncate(file: String, size: Int)
    case synchronize(file: String)
    case remove(file: String)
  }

  /// The lines of strace, in order.
  let calls: [String]
  private(set) var steps: [Step] = []
  /// After how many steps each run was said to have ended.
  private(set) var ended: [Identifier: Int] = [:]
  private let path: String

  static let isPossible: Bool = {
    let strace = Process()
    strace.executableURL = URL(filePath: "/usr/bin/strace")
    strace.arguments = ["-o", "/dev/null", "/bin/true"]
    strace.standardError = FileHandle.nullDevice
    guard (try? strace.run()) != nil else { return false }
    strace.waitUntilExit()
    return strace.terminationStatus == 0
  }()

  init(of path: String, runs: Int, export: String = "") throws {
    self.path = path
    let log = path + ".strace"
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "SessionWriter").path
    let strace = Process()
    strace.executableURL = URL(filePath: "/usr/bin/strace")
    strace.arguments = [
      "-f", "-y", "-xx", "-s", "200000", "-o", log, "-e",
      "trace=pwrite64,write,ftruncate,fsync,fdatasync,rename,unlink", program, path, "\(runs)",
      export,
    ]
    strace.standardOutput = FileHandle.nullDevice
    try strace.run()
    strace.waitUntilExit()
    try #require(strace.terminationStatus == 0)
    // With -xx all texts are in hexadecimal, names of files among them.
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    var calls: [String] = []
    for line in lines {
      let call = Call(line)
      calls.append(call.summary)
      if let step = call.step(in: path) {
        steps.append(step)
      } else if let run = call.ended {
        ended[run] = steps.count
      }
    }
    self.calls = calls
  }

  /// What the files may hold after a power cut behind so many steps.
  func disk(after count: Int, random: inout SeededRandom) -> Disk {
    var disk = Disk()
    // Steps of each file that no synchronization has followed yet.
    var loose: [String: [Step]] = [:]
    for step in steps.prefix(count) {
      switch step {
      case .synchronize(let file):
        for step in loose.removeValue(forKey: file) ?? [] { disk.take(step) }
      case .remove(let file):
        loose[file] = nil
        disk.take(step)
      default: loose[step.file, default: []].append(step)
      }
    }
    for (_, steps) in loose.sorted(by: { $0.key < $1.key }) {
      for step in steps where Bool.random(using: &random) { disk.take(step) }
    }
    return disk
  }

  /// A line such as `12 pwrite64(3</a/b>, "\x01…", 4096, 0) = 4096`.
  private struct Call {
    let name: Substring
    let arguments: Substring

    init(_ line: Substring) {
      let call = line.drop { $0 != " " }.drop { $0 == " " }
      name = call.prefix { $0 != "(" }
      arguments = call.dropFirst(name.count + 1)
    }

    private var file: String {
      guard let start = arguments.firstIndex(of: "<") else { return "" }
      let name = arguments[arguments.index(after: start)...].prefix { $0 != ">" }
      return name.contains("\\x")
        ? String(decoding: Self.bytes(name), as: UTF8.self) : String(name)
    }

    private var texts: [[UInt8]] {
      arguments.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .compactMap { $0.offset % 2 == 1 ? Self.bytes($0.element) : nil }
    }

    private var numbers: [Int] {
      let end = arguments.lastIndex(of: ")") ?? arguments.endIndex
      return arguments[..<end].split(separator: ",").dropFirst().compactMap {
        Int($0.drop { $0 == " " })
      }
    }

    /// The call and its files, without what was written.
    var summary: String {
      let names =
        name == "rename"
        ? texts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: ", ") : "<\(file)>"
      return "\(name)(\(names)"
    }

    func step(in path: String) -> Step? {
      if name == "unlink", let removed = texts.first.map({ String(decoding: $0, as: UTF8.self) }) {
        return removed.hasPrefix(path) ? .remove(file: String(removed.dropFirst(path.count))) : nil
      }
      guard file.hasPrefix(path), !file.hasSuffix("-shm") else { return nil }
      let file = String(file.dropFirst(path.count))
      switch name {
      case "pwrite64":
        guard let offset = numbers.last, let bytes = texts.first else { return nil }
        return .write(file: file, offset: offset, bytes: bytes)
      case "ftruncate": return numbers.last.map { .truncate(file: file, size: $0) }
      case "fsync", "fdatasync": return .synchronize(file: file)
      default: return nil
      }
    }

    /// The run that the program said had ended.
    var ended: Identifier? {
      guard name == "write", let text = texts.first.map({ String(decoding: $0, as: UTF8.self) }),
        text.hasPrefix("ended ")
      else { return nil }
      return text.split(whereSeparator: \.isWhitespace).last.map(String.init)
    }

    private static func bytes(_ text: Substring) -> [UInt8] {
      text.split(separator: "\\x").compactMap { UInt8($0.prefix(2), radix: 16) }
    }
  }
}

extension Trace.Step {
  var file: String {
    switch self {
    case .write(let file, _, _), .truncate(let file, _), .synchronize(let file),
      .remove(let file):
      file
    }
  }
}

/// Files by the endings of their names.
private struct Disk {
  private var files: [String: [UInt8]] = [:]

  mutating func take(_ step: Trace.Step) {
    switch step {
    case .write(let file, let offset, let bytes):
      var content = files[file] ?? []
      let missing = offset + bytes.count - content.count
      if missing > 0 { content += Array(repeating: 0, count: missing) }
      content.replaceSubrange(offset..<offset + bytes.count, with: bytes)
      files[file] = content
    case .truncate(let file, let size):
      let content = files[file] ?? []
      files[file] =
        content.prefix(size) + Array(repeating: 0, count: max(0, size - content.count))
    case .synchronize: break
    case .remove(let file): files[file] = nil
    }
  }

  func write(to path: String) throws {
    for (ending, bytes) in files where ["", "-wal", "-journal"].contains(ending) {
      try Data(bytes).write(to: URL(filePath: path + ending))
    }
  }
}
