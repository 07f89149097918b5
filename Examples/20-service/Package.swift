// swift-tools-version: 6.2
import PackageDescription

// An app that embeds the library: a package of its own, which has nothing but `Annona`.
let package = Package(
  name: "Service",
  dependencies: [.package(name: "Annona", path: "../..")],
  targets: [
    .executableTarget(
      name: "Service", dependencies: [.product(name: "Annona", package: "Annona")],
      swiftSettings: [.treatAllWarnings(as: .error)])
  ],
  swiftLanguageModes: [.v6]
)
