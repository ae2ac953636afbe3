import ArgumentParser

@main
struct Whet: ParsableCommand {
  func run() {}
}
