import Annona
import AnnonaTesting
import ArgumentParser

/// What a run of fixtures comes to.
struct TestReports {
  var runs: [SuiteRun] = []
  var coverage: [CoverageReport] = []
  var mutations: [(suite: FixtureSuite, result: Mutation.Result)] = []
  var properties: [PropertyRun] = []

  var hasFailed: Bool {
    runs.contains { !$0.failed.isEmpty } || properties.contains { !$0.violated.isEmpty }
  }
}

/// `--require boundaries=100`, `--require mutation=90`: what must be reached, in percent.
struct TestRequirement {
  private(set) var coverage: [CoverageKind: Int] = [:]
  private(set) var mutation: Int?

  static func read(_ texts: [String]) throws -> TestRequirement {
    var required = TestRequirement()
    for text in texts {
      let parts = text.split(separator: "=", omittingEmptySubsequences: false)
      let kind = parts.first.flatMap { CoverageKind(rawValue: String($0)) }
      let percent = parts.count == 2 ? Int(parts[1]) : nil
      let isOther = ["all", "mutation"].contains(parts[0])
      guard let percent, (0...100).contains(percent), kind != nil || isOther else {
        let kinds = CoverageKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
          "`--require \(text)` is not understood: write a kind (\(kinds), all or mutation), `=` and a percentage."
        )
      }
      if parts[0] == "mutation" {
        required.mutation = percent
      } else {
        for kind in kind.map({ [$0] }) ?? CoverageKind.allCases {
          required.coverage[kind] = percent
        }
      }
    }
    return required
  }

  /// A sentence for each that is not reached.
  func shortfalls(_ reports: TestReports) -> [String] {
    let uncovered = reports.coverage.flatMap { report in
      report.shortfalls(coverage).map { count in
        "\(report.rulebook): \(count.kind.rawValue) \(count.covered) of \(count.total) "
          + "(\(count.percent) %), \(coverage[count.kind] ?? 0) % are required"
      }
    }
    let unnoticed = reports.mutations.compactMap { suite, result -> String? in
      guard let mutation, result.percent < mutation else { return nil }
      return "\(suite.program.id): mutation \(result.killed) of \(result.total) "
        + "(\(result.percent) %), \(mutation) % are required"
    }
    return uncovered + unnoticed
  }
}
