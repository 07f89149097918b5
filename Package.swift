// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors for our own targets: a warning in a benefits engine is a defect not yet met.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Annona",
  products: [
    .library(name: "Annona", targets: ["Annona"]),
    .library(name: "AnnonaRecords", targets: ["AnnonaRecords"]),
    .executable(name: "annona", targets: ["AnnonaMain"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // The way a rulebook goes, in order: text, values, language, engine, façade, commands.
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(
      name: "AnnonaValues", dependencies: [.product(name: "BigInt", package: "BigInt")],
      swiftSettings: settings),
    .target(
      name: "AnnonaLanguage", dependencies: ["AnnonaValues", "CLibYAML"], swiftSettings: settings),
    .target(name: "CKernels"),
    .target(
      name: "AnnonaEngine", dependencies: ["AnnonaValues", "AnnonaLanguage", "CKernels"],
      swiftSettings: settings),
    .target(
      name: "AnnonaTesting", dependencies: ["AnnonaValues", "AnnonaLanguage", "AnnonaEngine"],
      swiftSettings: settings),
    .target(
      name: "Annona", dependencies: ["AnnonaValues", "AnnonaLanguage", "AnnonaEngine"],
      swiftSettings: settings),
    // Records and their log: a product of its own, so that an app that only decides links no database.
    .target(
      name: "AnnonaRecords",
      dependencies: [
        "Annona", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ], swiftSettings: settings),
    .target(
      name: "AnnonaCommands",
      dependencies: [
        "Annona", "AnnonaRecords", "AnnonaTesting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "AnnonaMain",
      dependencies: [
        "AnnonaCommands", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),

    // What plans take, on the reference programme; no product.
    .executableTarget(
      name: "PlanBench",
      dependencies: ["Annona", "AnnonaEngine", "AnnonaLanguage", "AnnonaValues"],
      path: "Benchmarks/Plans", swiftSettings: settings),
    // Pieces of work whose instructions are counted; no product, and without cryptography, which valgrind cannot read.
    .executableTarget(
      name: "Gate",
      dependencies: ["Annona", "AnnonaEngine", "AnnonaLanguage", "AnnonaValues"],
      path: "Benchmarks/Gate", exclude: ["run", "counts.txt"], swiftSettings: settings),
    .target(
      name: "Support",
      dependencies: ["Annona", "AnnonaCommands", "AnnonaLanguage", "AnnonaTesting"],
      path: "Tests/Support",
      swiftSettings: settings),
    .testTarget(
      name: "AnnonaValuesTests",
      dependencies: ["AnnonaValues", "Support", .product(name: "BigInt", package: "BigInt")],
      swiftSettings: settings),
    .testTarget(
      name: "AnnonaLanguageTests", dependencies: ["AnnonaLanguage", "Support"],
      exclude: ["Reading/bad", "Rulebooks/bad"],
      swiftSettings: settings),
    // Random programs and the comparison of evaluators over them, for the suite and for long runs.
    .target(
      name: "RandomPrograms",
      dependencies: ["AnnonaEngine", "AnnonaLanguage", "AnnonaTesting", "AnnonaValues"],
      path: "Tests/RandomPrograms", swiftSettings: settings),
    .executableTarget(
      name: "Evaluators",
      dependencies: ["Annona", "AnnonaEngine", "AnnonaLanguage", "AnnonaValues", "RandomPrograms"],
      path: "Tests/Evaluators", swiftSettings: settings),
    .testTarget(
      name: "AnnonaEngineTests",
      dependencies: ["AnnonaEngine", "Annona", "AnnonaTesting", "RandomPrograms", "Support"],
      exclude: ["Checking/bad", "Checking/good"],
      swiftSettings: settings),
    .testTarget(
      name: "AnnonaTestingTests",
      dependencies: ["Annona", "AnnonaCommands", "AnnonaTesting", "Support"],
      swiftSettings: settings),
    .testTarget(
      name: "AnnonaRecordsTests",
      dependencies: [
        "Annona", "AnnonaCommands", "AnnonaRecords", "Support",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Annona", "AnnonaCommands", "AnnonaRecords", "AnnonaTesting", "AnnonaEngine",
        "AnnonaLanguage",
        "AnnonaValues", "RandomPrograms", "Support",
      ], exclude: ["Law/cases", "Rulebooks", "Cases"], swiftSettings: settings),
    .testTarget(
      name: "ConformanceTests",
      dependencies: ["Annona", "AnnonaEngine", "AnnonaLanguage", "AnnonaValues", "Support"],
      swiftSettings: settings),
    .testTarget(
      name: "DefinitionTests",
      dependencies: ["Annona", "AnnonaEngine", "AnnonaLanguage", "AnnonaValues", "Support"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
