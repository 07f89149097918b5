// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Annona", path: "..")],
  targets: [
    .executableTarget(
      name: "Bench", dependencies: [.product(name: "Annona", package: "Annona")]),
    .executableTarget(
      name: "RecordsBench",
      dependencies: [
        .product(name: "Annona", package: "Annona"),
        .product(name: "AnnonaRecords", package: "Annona"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
