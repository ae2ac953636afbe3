import ArgumentParser
import Core

// A way to cut documents, as it is named on a command line.

extension Chunking: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
