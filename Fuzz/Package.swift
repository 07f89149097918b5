// swift-tools-version: 6.2
import PackageDescription

/// Feeds random bytes to everything that reads what people wrote; `Fuzz/run` builds and runs it.
let package = Package(
  name: "Fuzz",
  dependencies: [.package(name: "Annona", path: "..")],
  targets: [
    .executableTarget(name: "Fuzz", dependencies: [.product(name: "Annona", package: "Annona")])
  ],
  swiftLanguageModes: [.v6]
)
