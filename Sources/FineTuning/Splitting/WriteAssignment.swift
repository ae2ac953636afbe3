// Where the examples go: what a plan came to, in the order in which it was given them.

/// The part of each example, or why it is in none.
public struct WriteAssignment: Sendable {
  public let partNames: [String]
  /// How many lines each part will have.
  public private(set) var lineCounts: [Int]
  /// How many examples are left out, by the reason.
  public private(set) var omissions: [WritePlan.Omission: Int] = [:]

  private var places: [UInt8] = []
  private var copies: [UInt8] = []
  private var fingerprints: [UInt64] = []

  private static let nowhere = UInt8.max

  init(partNames: [String]) {
    self.partNames = partNames
    lineCounts = Array(repeating: 0, count: partNames.count)
  }

  mutating func add(part: UInt8, copies: UInt8, _ fingerprint: ExampleFingerprint) {
    places.append(part)
    self.copies.append(copies)
    fingerprints.append(Self.hash(fingerprint))
    lineCounts[Int(part)] += Int(copies)
  }

  mutating func omit(_ omission: WritePlan.Omission) {
    places.append(Self.nowhere)
    copies.append(0)
    fingerprints.append(0)
    omissions[omission, default: 0] += 1
  }

  /// How many examples were taken.
  public var count: Int { places.count }

  /// The part of the example that was taken at a place, from 0, and how often it is written; nil for one
  /// that is left out.
  public subscript(place: Int) -> (part: Int, copies: Int)? {
    guard places.indices.contains(place), places[place] != Self.nowhere else { return nil }
    return (Int(places[place]), Int(copies[place]))
  }

  /// Whether it is the example that was taken there: another program may have changed the set meanwhile.
  public func isSame(_ example: TrainingExample, at place: Int) -> Bool {
    fingerprints.indices.contains(place)
      && fingerprints[place] == Self.hash(ExampleFingerprint(example))
  }

  private static func hash(_ fingerprint: ExampleFingerprint) -> UInt64 {
    FoldedText.finish(fingerprint.input &* 31 &+ fingerprint.answer)
  }
}
