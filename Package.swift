// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let derivation = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")

// C is compiled with checks of the stack and of the buffers of the C library.
let hardened: [CSetting] = [
  .unsafeFlags(["-fstack-protector-strong"]),
  .define("_FORTIFY_SOURCE", to: "3", .when(configuration: .release)),
]
// What the loader relocates is read-only afterwards, and nothing is left to be bound later.
let sealed: [LinkerSetting] = [
  .unsafeFlags(["-Xlinker", "-z", "-Xlinker", "relro", "-Xlinker", "-z", "-Xlinker", "now"])
]

let package = Package(
  name: "chairtime",
  products: [.executable(name: "chairtime", targets: ["chairtime"])],
  // Exact versions, because `Package.resolved` is not kept. swift-asn1 is a dependency of swift-crypto.
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-asn1.git", exact: "1.7.4"),
  ],
  targets: [
    // Text that may be shown: made harmless, measured, laid out.
    .target(name: "PlainText", swiftSettings: strict),

    // What happened, and what it comes to.
    .target(name: "InfusionRecord", swiftSettings: strict),
    .target(name: "TimelineEngine", dependencies: ["InfusionRecord"], swiftSettings: strict),

    // What a reviewer sees of a session, and what a signature stands for.
    .target(
      name: "SessionReview",
      dependencies: ["InfusionRecord", "TimelineEngine", "PlainText", crypto],
      swiftSettings: strict),

    // Facts on disk; documents in and out.
    .target(
      name: "SessionStore", dependencies: ["InfusionRecord", crypto, derivation, asn1],
      swiftSettings: strict),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "SQLiteStore", dependencies: ["SessionStore", "InfusionRecord", "CSQLite", crypto],
      swiftSettings: strict),
    // libpq is loaded when a server is named, so nothing is linked.
    .target(
      name: "PostgresStore", dependencies: ["SessionStore", "InfusionRecord", crypto],
      swiftSettings: strict),
    .target(
      name: "Interchange",
      dependencies: ["InfusionRecord", "TimelineEngine", "SessionReview", "PlainText", crypto],
      resources: [
        .embedInCode("Resources/formulary.csv"),
        .embedInCode("Resources/formulary-sources.csv"),
        .embedInCode("Resources/drug-synonyms.csv"),
        .embedInCode("Resources/drug-codes.csv"),
        .embedInCode("Resources/drug-packages.csv"),
      ],
      swiftSettings: strict),

    // The screen.
    .target(
      name: "CNcurses", cSettings: hardened,
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "TerminalCore", dependencies: ["PlainText"], swiftSettings: strict),
    .target(
      name: "NcursesTerminal", dependencies: ["CNcurses", "TerminalCore", "PlainText"],
      swiftSettings: strict),
    .target(
      name: "RecorderUI",
      dependencies: [
        "TerminalCore", "SessionReview", "PlainText", "TimelineEngine", "InfusionRecord",
      ],
      swiftSettings: strict),

    // The event loop over any store and screen, and what it needs.
    .target(
      name: "SuiteProgram",
      dependencies: [
        "RecorderUI", "TerminalCore", "Interchange", "SessionReview", "SessionStore",
        "TimelineEngine", "InfusionRecord", "PlainText",
      ],
      swiftSettings: strict),

    // Commands, site files, process set-up.
    .executableTarget(
      name: "chairtime",
      dependencies: [
        "SuiteProgram", "NcursesTerminal", "TerminalCore", "RecorderUI", "Interchange",
        "SessionStore", "SQLiteStore", "PostgresStore", "SessionReview", "TimelineEngine",
        "InfusionRecord", "PlainText", arguments,
      ],
      swiftSettings: strict, linkerSettings: sealed),

    // Tests.
    .target(
      name: "TestSupport", dependencies: ["InfusionRecord", "TimelineEngine", "SessionStore"],
      path: "Tests/Support", swiftSettings: strict),
    .testTarget(name: "PlainTextTests", dependencies: ["PlainText"], swiftSettings: strict),
    .testTarget(
      name: "InfusionRecordTests", dependencies: ["InfusionRecord", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "TimelineEngineTests",
      dependencies: [
        "TimelineEngine", "InfusionRecord", "SessionReview", "Interchange", "TestSupport",
      ],
      exclude: ["RuleBook/Sentences.txt"], swiftSettings: strict),
    .testTarget(
      name: "SessionReviewTests",
      dependencies: [
        "SessionReview", "PlainText", "TimelineEngine", "InfusionRecord", "TestSupport",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "store-writer",
      dependencies: ["SQLiteStore", "SessionStore", "InfusionRecord", "TestSupport"],
      path: "Tests/StoreWriter", swiftSettings: strict),
    .executableTarget(
      name: "shift-terminal",
      dependencies: [
        "ScriptedProgram", "SuiteProgram", "RecorderUI", "TerminalCore", "Interchange",
        "SessionStore", "SQLiteStore", "PostgresStore", "InfusionRecord",
      ],
      path: "Tests/ShiftTerminal", swiftSettings: strict),
    .target(
      name: "TestServer", dependencies: ["PostgresStore", "SessionStore", "TestSupport"],
      path: "Tests/Server", swiftSettings: strict),
    .testTarget(
      name: "SessionStoreTests",
      dependencies: [
        "SessionStore", "SQLiteStore", "PostgresStore", "InfusionRecord", "TestSupport",
        "TestServer",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PostgresStoreTests",
      dependencies: [
        "PostgresStore", "SQLiteStore", "SessionStore", "InfusionRecord", "TestSupport",
        "TestServer",
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "SQLiteStoreTests",
      dependencies: [
        "SQLiteStore", "SessionStore", "InfusionRecord", "TestSupport", "CSQLite",
        "store-writer", crypto,
      ],
      exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "Interchange", "SessionReview", "PlainText", "TimelineEngine", "InfusionRecord",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalCoreTests", dependencies: ["TerminalCore", "PlainText", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "NcursesTerminalTests",
      dependencies: ["NcursesTerminal", "CNcurses", "TerminalCore", "PlainText"],
      swiftSettings: strict),
    .testTarget(
      name: "RecorderUITests",
      dependencies: [
        "RecorderUI", "ScriptedProgram", "SuiteProgram", "Interchange", "SessionStore",
        "TerminalCore", "SessionReview", "PlainText", "TimelineEngine",
        "InfusionRecord", "TestSupport",
      ],
      exclude: ["Snapshots"],
      swiftSettings: strict),
    .target(
      name: "ScriptedProgram",
      dependencies: [
        "SuiteProgram", "RecorderUI", "Interchange", "TerminalCore", "SessionStore",
        "InfusionRecord",
      ],
      path: "Tests/ScriptedProgram", swiftSettings: strict),
    .testTarget(
      name: "SuiteProgramTests",
      dependencies: [
        "SuiteProgram", "ScriptedProgram", "RecorderUI", "Interchange", "TerminalCore",
        "SessionReview", "TimelineEngine", "SessionStore", "SQLiteStore", "InfusionRecord",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ChairtimeTests",
      dependencies: [
        "chairtime", "SuiteProgram", "ScriptedProgram", "SessionReview", "SessionStore",
        "SQLiteStore", "Interchange", "InfusionRecord", "TestSupport", "TestServer",
        "shift-terminal",
        arguments,
      ],
      swiftSettings: strict),

    // Benchmarks, built for release and run by Tests/Benchmarks/run.
    .executableTarget(
      name: "screens-benchmark", dependencies: ["InfusionRecord", "SessionStore", "SQLiteStore"],
      path: "Tests/Benchmarks/Screens", exclude: ["floor.c"], swiftSettings: strict),
    .executableTarget(
      name: "engine-benchmark",
      dependencies: ["InfusionRecord", "TimelineEngine", "SessionReview", "Interchange"],
      path: "Tests/Benchmarks/Engine", swiftSettings: strict),
    .executableTarget(
      name: "store-benchmark",
      dependencies: ["SQLiteStore", "SessionStore", "InfusionRecord", "TestSupport"],
      path: "Tests/Benchmarks/Store", swiftSettings: strict),
    .executableTarget(
      name: "server-benchmark",
      dependencies: ["PostgresStore", "SessionStore", "InfusionRecord", "TestSupport"],
      path: "Tests/Benchmarks/Server", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
