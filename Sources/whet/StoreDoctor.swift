import ArgumentParser
import Core
import Foundation
import Runtime
import Sessions

// `whet doctor --store`: what is wrong with the session store, and what can be mended.

struct StoreDoctor {
  let repairs: Bool

  func run() throws {
    let path = Folders(environment: ProcessInfo.processInfo.environment).store
    var report = DoctorReport()
    var isDamaged = false
    do {
      let store = try SessionStore(path: path)
      let found = try store.check()
      for finding in found.findings { report.add(finding.kind == .fine, "store", finding.text) }
      isDamaged = found.isDamaged
      if !isDamaged, found.isMendable {
        guard repairs else {
          Console.line("`whet doctor --store --repair` mends this, after a backup.")
          throw ExitCode(1)
        }
        try mend(store)
      }
    } catch SessionError.damaged {
      report.add(false, "store", "\(path) can't be read as a whole")
      isDamaged = true
    }
    guard isDamaged else { return }
    guard repairs else {
      Console.line(
        "`whet doctor --store --repair` copies what can be read into a new store, and keeps this.")
      throw ExitCode(1)
    }
    try salvage(path)
  }

  private func mend(_ store: SessionStore) throws {
    // The copy is of what was there before any of it was touched.
    let backup = try store.repair()
    for run in try store.interruptedRuns() {
      let recorded = try store.loadRun(run.id)
      try store.markInterrupted(run.id, answer: Answer(replaying: recorded))
    }
    Console.line("Mended; as it was before, the store is in \(backup.path)")
  }

  private func salvage(_ path: String) throws {
    let account = try SessionStore.salvage(path: path)
    for table in account.tables {
      Console.line("\(table.name): \(table.rows) rows" + (table.isWhole ? "" : ", and some lost"))
    }
    Console.line("The damaged store is kept: \(account.damagedPath)")
  }
}
