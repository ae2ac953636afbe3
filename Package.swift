// swift-tools-version: 6.1
import PackageDescription

// The rooms of the house, top to bottom; a target may only depend on targets further down.
// docs/architecture.md says what each is for.
let package = Package(
  name: "whet",
  products: [.executable(name: "whet", targets: ["whet"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
  ],
  targets: [
    .executableTarget(
      name: "whet",
      dependencies: [
        "Play", "Terminal", "Runtime", "Screen", "Playground", "Completion", "Retrieval",
        "Sessions", "Grading", "FineTuning", "Evaluation", "Core",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // How the playground meets the world: a real terminal, a script, the services.
    .target(name: "Terminal", dependencies: ["CTerminal", "Screen", "Playground", "Core"]),
    .target(name: "Play", dependencies: ["Screen", "Playground", "Core"]),
    .target(
      name: "Runtime",
      dependencies: [
        "CFile", "CProcess", "Playground", "Completion", "Retrieval", "Sessions", "Grading",
        "FineTuning", "Evaluation", "Core",
      ]),

    // The interactive program as a value, and its picture.
    .target(name: "Screen", dependencies: ["Playground", "FineTuning", "Evaluation", "Core"]),
    .target(name: "Playground", dependencies: ["FineTuning", "Evaluation", "Core"]),

    // The services: each usable, and tested, with no screen.
    .target(name: "Completion", dependencies: ["CTransfer", "Core"]),
    .target(
      name: "Retrieval",
      dependencies: [
        "CHTML", "CPostgres", "CProcess", "CVectors", "Core",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(
      name: "Sessions",
      dependencies: [
        "FineTuning", "Evaluation", "Core", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(
      name: "Grading",
      dependencies: [
        "CProcess", "Evaluation", "Core", .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),

    // Whether a change made things better: pure, as Core is.
    .target(name: "Evaluation", dependencies: ["Core"]),

    // From good answers to training data, and what came of it: pure, too.
    .target(name: "FineTuning", dependencies: ["Evaluation", "Core"]),

    // Values and pure functions.
    .target(name: "Core", dependencies: ["CHash", "SwiftCSV", "Yams"]),

    // C: only what Swift cannot import by itself.
    .target(
      name: "CTerminal",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    // libcurl is not linked: Libcurl.c loads it once it is needed.
    .target(name: "CTransfer"),
    // Nor are libxml2 and libpq, for the same reason.
    .target(name: "CHTML", cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])]),
    .target(name: "CPostgres"),
    .target(name: "CProcess"),
    .target(name: "CFile"),
    // The inner loops of vector search, with the instructions that the machine has.
    .target(name: "CVectors"),
    .target(name: "CHash", linkerSettings: [.linkedLibrary("md")]),

    // Random numbers for tests, the same on each run.
    .target(name: "RandomSource", path: "Tests/RandomSource"),
    // What prompts must come to: files that the library and the program are held to.
    .target(
      name: "PromptConformance", dependencies: ["Core"], path: "Tests/PromptConformance"),
    .testTarget(
      name: "CoreTests", dependencies: ["RandomSource", "PromptConformance", "Core"],
      exclude: ["Prompts/Conformance"]),
    // Failures whose causes are known.
    .target(
      name: "PlantedCauses", dependencies: ["RandomSource", "Evaluation", "Core"],
      path: "Tests/PlantedCauses"),
    .testTarget(
      name: "EvaluationTests",
      dependencies: ["RandomSource", "PlantedCauses", "Evaluation", "Core"]),
    // Training sets with faults whose lines are known.
    .target(
      name: "TrainingFaults", dependencies: ["RandomSource", "FineTuning", "Core"],
      path: "Tests/TrainingFaults"),
    .testTarget(
      name: "FineTuningTests",
      dependencies: ["RandomSource", "TrainingFaults", "FineTuning", "Evaluation", "Core"]),
    // Prints how well those faults are found.
    .executableTarget(
      name: "planted-training-faults", dependencies: ["TrainingFaults"],
      path: "Tests/PlantedTrainingFaults"),
    .testTarget(
      name: "GradingTests",
      dependencies: [
        "RandomSource", "Grading", "Evaluation", "Core",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "PlaygroundTests",
      dependencies: ["RandomSource", "Playground", "FineTuning", "Core"]),
    .testTarget(
      name: "ScreenTests",
      dependencies: [
        "RandomSource", "Play", "Runtime", "Retrieval", "Screen", "Playground", "FineTuning",
        "Core",
      ],
      exclude: ["Scripts"]),
    // A server for tests that sends what a script says.
    .target(name: "LoopbackServer", path: "Tests/LoopbackServer"),
    // Streams as servers really send them, and ways to spoil them.
    .target(
      name: "StreamFixtures", dependencies: ["RandomSource", "Completion", "Core"],
      path: "Tests/StreamFixtures"),
    .testTarget(
      name: "CompletionTests",
      dependencies: ["RandomSource", "LoopbackServer", "StreamFixtures", "Completion", "Core"]),
    // What `make fuzz` runs.
    .executableTarget(
      name: "stream-fuzzer",
      dependencies: ["RandomSource", "StreamFixtures", "Completion", "Core"],
      path: "Tests/StreamFuzzer"),
    .testTarget(
      name: "RetrievalTests",
      dependencies: [
        "RandomSource", "LoopbackServer", "lexical-timer", "Runtime", "Retrieval", "Core",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // Searches given vectors, for `make bench`.
    .executableTarget(
      name: "vector-timer", dependencies: ["Retrieval"], path: "Tests/VectorTimer"),
    // What `tools/bench/words.py` measures, and what the index's tests kill while it writes.
    .executableTarget(
      name: "lexical-timer", dependencies: ["Retrieval", "Core"], path: "Tests/LexicalTimer"),
    .testTarget(
      name: "SessionsTests",
      dependencies: [
        "RandomSource", "SessionWriter", "Sessions", "FineTuning", "Core",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // The program that the session store's tests kill while it writes.
    .executableTarget(
      name: "SessionWriter", dependencies: ["Sessions", "FineTuning", "Core"],
      path: "Tests/SessionWriter"),
    .testTarget(
      name: "RuntimeTests",
      dependencies: [
        "RandomSource", "PlantedCauses", "LoopbackServer", "StreamFixtures", "Runtime",
        "Playground",
        "Completion", "Sessions", "FineTuning", "Evaluation", "Core",
      ]),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "whet", "terminal-echo", "RandomSource", "LoopbackServer", "PromptConformance", "Terminal",
        "CTerminal", "Playground", "Runtime", "Retrieval", "Sessions", "Core",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // Shows what the terminal room makes of each key; a program for its tests.
    .executableTarget(
      name: "terminal-echo", dependencies: ["Terminal", "Screen", "Playground", "Core"],
      path: "Tests/TerminalEcho"),
    .testTarget(name: "ServerTests", dependencies: ["LoopbackServer", "Completion", "Core"]),
  ],
  swiftLanguageModes: [.v6]
)
