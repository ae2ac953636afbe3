import Foundation

// What `whet doctor` found, a line each.

/// Prints findings, and counts those that are to be mended.
struct DoctorReport {
  private(set) var problems = 0

  /// - Parameter isGood: false for what a person is to mend.
  mutating func add(_ isGood: Bool, _ name: String, _ text: String) {
    let subject = name.padding(toLength: max(14, name.count), withPad: " ", startingAt: 0)
    Console.line("\(isGood ? "ok  " : "FIX ") \(subject) \(text)")
    if !isGood { problems += 1 }
  }
}
