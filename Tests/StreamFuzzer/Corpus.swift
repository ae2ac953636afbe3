#if LIBFUZZER
  // What libFuzzer begins with: every fixture, and the words that streams are made of.

  import Foundation
  import StreamFixtures

  enum Corpus {
    /// Writes it: `streams` in the folder is one of a file a fixture, to which libFuzzer adds what it
    /// finds, so that the next run goes on from there; `words` is a dictionary.
    static func write(to folder: String) throws {
      let folder = URL(filePath: folder)
      let streams = folder.appending(path: "streams")
      try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
      for (number, fixture) in fixtures.enumerated() {
        try Data(SpoiledStream.bytes(of: fixture)).write(to: streams.appending(path: "\(number)"))
      }
      let words = StreamSpoiler.words.map { word in
        "\"" + word.utf8.map { "\\x" + String(format: "%02x", $0) }.joined() + "\"\n"
      }
      try Data(words.joined().utf8).write(to: folder.appending(path: "words"))
    }
  }

  typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

  /// `LLVMFuzzerRunDriver` of FuzzerInterface.h, which no header of the toolchain declares.
  @_silgen_name("LLVMFuzzerRunDriver")
  func runLibFuzzer(
    _ argumentCount: inout CInt, _ arguments: inout Arguments,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
  ) -> CInt
#endif
