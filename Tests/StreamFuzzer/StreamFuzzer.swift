// Reads spoiled streams, and stops at the first that is read wrong: `make fuzz`.
//
// Built with -sanitize=fuzzer and -DLIBFUZZER it is driven by libFuzzer, which looks for bytes that
// take the code where no others did (llvm.org/docs/LibFuzzer.html), for 100 seconds. Built without,
// a generator makes a million streams, the same on each run.

import Dispatch
import Glibc
import StreamFixtures

@main
struct StreamFuzzer {
  private static let seed = 20_260_101

  #if LIBFUZZER
    static func main() throws {
      let folder = ".build/fuzz/corpus"
      try Corpus.write(to: folder)
      let options = [
        "-max_total_time=100", "-seed=\(seed)", "-max_len=4096", "-timeout=5", "-rss_limit_mb=512",
        "-malloc_limit_mb=64", "-dict=\(folder)/words", "-verbosity=0", "-print_final_stats=1",
        "-artifact_prefix=\(folder)/",
      ]
      // What is asked for on the command line comes last, and wins.
      let words =
        [CommandLine.arguments[0]] + options + CommandLine.arguments.dropFirst()
        + ["\(folder)/streams"]
      var arguments = Arguments.allocate(capacity: words.count + 1)
      for (index, word) in words.enumerated() { arguments[index] = strdup(word) }
      arguments[words.count] = nil
      var argumentCount = CInt(words.count)
      exit(
        runLibFuzzer(&argumentCount, &arguments) { bytes, count in
          StreamFuzzer.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
          return 0
        })
    }
  #else
    private static let workers = 10
    private static let streamsPerWorker = 100_000

    static func main() {
      let start = seconds
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        var spoiler = StreamSpoiler(seed: UInt64(seed + worker))
        for _ in 0..<streamsPerWorker { check(spoiler.next()) }
      }
      let count = workers * streamsPerWorker
      let rate = Int(Double(count) / (seconds - start))
      print("\(count) streams, \(rate) a second, \(peakMegabytes) MB at most.")
    }

    private static var seconds: Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static var peakMegabytes: Int {
      var usage = rusage()
      getrusage(CInt(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss / 1024
    }
  #endif

  /// Stops the program at a stream that is read wrong.
  private static func check(_ bytes: [UInt8]) {
    if let problem = SpoiledStream(bytes).problem() {
      fatalError("\(problem)\n\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
