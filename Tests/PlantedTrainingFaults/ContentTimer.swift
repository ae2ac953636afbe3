import FineTuning
import Glibc
import TrainingFaults

// How long the checks of contents take, and how much memory.

enum ContentTimer {
  static func run(_ count: Int) {
    var examples = LongExamples(seed: 1)
    var likeness = LikenessIndex()
    var style = StyleTally()
    var (bytes, findings) = (0, 0)
    var (fingerprints, traits, privacy) = (0.0, 0.0, 0.0)
    var done = 0
    while done < count {
      let batch = (0..<min(1000, count - done)).map { _ in examples.next() }
      for example in batch {
        bytes += example.messages.reduce(0) { $0 + $1.text.utf8.count }
      }
      fingerprints += seconds {
        for (place, example) in batch.enumerated() {
          likeness.append(ExampleFingerprint(example), line: done + place + 1)
        }
      }
      traits += seconds {
        for (place, example) in batch.enumerated() {
          style.add(AnswerTraits(example), line: done + place + 1)
        }
      }
      privacy += seconds {
        for example in batch { findings += TrainingFinding.privacy(of: example, line: nil).count }
      }
      done += batch.count
    }
    print("examples", count, "of", bytes / count, "bytes; peak", peak, "kB")
    for (name, time) in [("likeness", fingerprints), ("style", traits), ("privacy", privacy)] {
      print(name, Int(time / Double(count) * 1e9), "ns an example")
    }
    var alike = 0
    let finish = seconds { likeness.finish { _ in alike += 1 } }
    print("finish", Int(finish * 1000), "ms;", alike, "alike; peak", peak, "kB", findings)
    let nearest = NearestExamples(in: likeness)
    let search = seconds { _ = nearest.nearest(to: ExampleFingerprint(examples.next())) }
    print("nearest", Int(search * 1e6), "µs a case")
    _ = style.finish { _ in }
  }

  private static func seconds(_ body: () -> Void) -> Double {
    var start = timespec()
    var end = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start)
    body()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end)
    return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
  }

  private static var peak: Int {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss
  }

}
