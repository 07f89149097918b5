import Annona
import Foundation

/// `annona test` on many cases, from the start of the command to its end.
enum TestRuns {
  private static let count = 10_000

  static func measure(_ command: ShippedCommand) throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "annona-bench")
    // What a run that was stopped has left.
    try? FileManager.default.removeItem(at: place)
    // Imports are looked for below a folder of this name.
    let folder = place.appending(path: "Rules/pt")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    for rule in ["Rules/pt/abono_de_familia", "Rules/pt/ias"] {
      let copy = folder.appending(path: (rule as NSString).lastPathComponent)
      try FileManager.default.copyItem(at: URL(filePath: rule), to: copy)
    }
    let rules = folder.appending(path: "abono_de_familia")
    for file in try FileManager.default.contentsOfDirectory(atPath: rules.path)
    where file.hasSuffix(".test.yaml") {
      try FileManager.default.removeItem(at: rules.appending(path: file))
    }
    try cases.write(
      to: rules.appending(path: "many.test.yaml"), atomically: true, encoding: .utf8)
    // One that is older than the rulebooks cannot read them.
    let (status, said) = try command.run(["test", rules.path])
    guard status == 0 else {
      print(
        "| `annona test` gave \(status): \(said); is the command older than `Rules`? `make release` builds it | | | |"
      )
      return
    }
    let times = try Times(atLeast: 3, for: .seconds(3)) {
      _ = try command.run(["test", rules.path])
    }
    let rate = Int64(count) * 1_000_000_000 / max(times.median, 1)
    Bench.row("`annona test` of \(count) cases (\(rate) cases a second)", times)
  }

  /// Households of one to three children, each with a rule to compare.
  private static var cases: String {
    var lines = ["tests: pt.abono_de_familia", "today: 2025-03-01", "cases:"]
    for index in 0..<count {
      let children = (0...(index % 3)).map { child in
        "c\(child): { birth_date: 20\(10 + (index + child * 5) % 15)-0\(1 + index % 9)-10 }"
      }
      lines.append(
        """
          - name: case_\(index)
            given:
              household: { income: \(index * 7 % 60_000), income_year: 2024, lone_parent: false, assets: 0, children: { \(children.joined(separator: ", ")) } }
            source: generated
            expect: { household.entitled_children: \(children.count) }
        """)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
