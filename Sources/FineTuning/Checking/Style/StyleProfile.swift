// What answers are usually like: learned from a sample that a person calls right, or from the majority
// of a set. Tasks are told apart by their system prompts, since each has a style of its own.

/// How usual each trait is.
public struct StyleProfile: Sendable {
  /// The traits of one task's answers, counted.
  struct Counts: Sendable {
    var total = 0
    var formats = [Int](repeating: 0, count: AnswerFormat.allCases.count)
    var languages = [Int](repeating: 0, count: AnswerLanguage.allCases.count)
    var habits = [Int](repeating: 0, count: AnswerHabits.each.count)
    /// By length: four steps to a doubling.
    var lengths = [Int](repeating: 0, count: 96)

    mutating func add(_ traits: AnswerTraits) {
      total += 1
      formats[Int(traits.format.rawValue)] += 1
      languages[Int(traits.language.rawValue)] += 1
      for (place, habit) in AnswerHabits.each.enumerated() where traits.habits.contains(habit) {
        habits[place] += 1
      }
      lengths[Self.step(of: traits.words)] += 1
    }

    mutating func add(_ other: Counts) {
      total += other.total
      for place in formats.indices { formats[place] += other.formats[place] }
      for place in languages.indices { languages[place] += other.languages[place] }
      for place in habits.indices { habits[place] += other.habits[place] }
      for place in lengths.indices { lengths[place] += other.lengths[place] }
    }

    static func step(of words: UInt32) -> Int {
      guard words >= 4 else { return Int(words) }
      let power = 31 - words.leadingZeroBitCount
      return min(95, (power - 1) * 4 + Int(words >> UInt32(power - 2) & 3))
    }

    func share(_ count: Int) -> Double { total == 0 ? 0 : Double(count) / Double(total) }

    func share(of habit: AnswerHabits) -> Double {
      AnswerHabits.each.firstIndex(of: habit).map { share(habits[$0]) } ?? 0
    }

    /// The step below which a share of the answers is.
    func length(at share: Double) -> Int {
      var sum = 0
      for (step, count) in lengths.enumerated() {
        sum += count
        if Double(sum) >= share * Double(total), count > 0 { return step }
      }
      return lengths.count - 1
    }
  }

  private(set) var byTask: [UInt32: Counts] = [:]
  private(set) var all = Counts()
  /// More tasks than these are judged by all answers together.
  static let mostTasks = 256
  /// A task with fewer answers is judged by all of them together.
  static let leastOfTask = 20

  public init() {}

  public init(_ answers: some Sequence<AnswerTraits>) {
    for traits in answers { add(traits) }
  }

  public mutating func add(_ traits: AnswerTraits) {
    all.add(traits)
    guard byTask[traits.task] != nil || byTask.count < Self.mostTasks else { return }
    byTask[traits.task, default: Counts()].add(traits)
  }

  public mutating func merge(_ other: StyleProfile) {
    all.add(other.all)
    for (task, counts) in other.byTask
    where byTask[task] != nil || byTask.count < Self.mostTasks {
      byTask[task, default: Counts()].add(counts)
    }
  }

  /// How many answers it was learned from.
  public var count: Int { all.total }

  func counts(for task: UInt32) -> Counts {
    byTask[task].flatMap { $0.total >= Self.leastOfTask ? $0 : nil } ?? all
  }
}
