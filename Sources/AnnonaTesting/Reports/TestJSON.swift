import AnnonaEngine
import AnnonaLanguage

/// The results of fixtures for programs.
package struct TestJSON {
  package init() {}

  package func value(_ runs: [SuiteRun]) -> [JSONValue.Member] {
    let cases = runs.reduce(0) { $0 + $1.spans.count }
    let failed = runs.reduce(0) { $0 + $1.failed.count }
    let sources = runs.flatMap(\.sources)
    return [
      .init("cases", .integer(cases)), .init("failed", .integer(failed)),
      .init("could_not_run", .integer(runs.reduce(0) { $0 + $1.suite.faulty.count })),
      .init("expectations", .integer(sources.reduce(0) { $0 + $1.expectations })),
      .init("unsourced", .integer(sources.reduce(0) { $0 + $1.unsourced })),
      .init("recorded", .integer(sources.reduce(0) { $0 + $1.recorded })),
      .init("derived", .integer(sources.reduce(0) { $0 + $1.derived })),
      .init("rulebooks", .array(runs.map(value))),
    ]
  }

  private func value(_ run: SuiteRun) -> JSONValue {
    .object([
      "rulebook": .string(run.suite.program.id),
      "cases": .array(run.results.map { value($0, run) }),
      "could_not_run": .array(run.suite.faulty.map { value($0, run) }),
    ])
  }

  private func value(_ faulty: FaultyFixture, _ run: SuiteRun) -> JSONValue {
    let place = run.place(faulty.span)
    return .object([
      "name": .optional(faulty.name),
      "file": .optional(place?.file.path),
      "line": place.map { .integer($0.line) } ?? .null,
      "problems": .array(faulty.problems.map { .string("\($0.code): \($0.message)") }),
    ])
  }

  private func value(_ result: FixtureResult, _ run: SuiteRun) -> JSONValue {
    let place = run.place(result.fixture.span)
    return .object([
      "name": .string(result.fixture.name),
      "file": .optional(place?.file.path),
      "line": place.map { .integer($0.line) } ?? .null,
      "passed": .bool(result.passed),
      "supposed": .array(
        result.fixture.suppositions.map { .string(run.suite.program.rules[$0.rule].name) }),
      "failures": .array(result.failures.map { value($0, run) }),
    ])
  }

  private func value(_ failure: Failure, _ run: SuiteRun) -> JSONValue {
    .object([
      "name": .string(failure.name),
      "line": run.place(failure.span).map { .integer($0.line) } ?? .null,
      "expected": .string(failure.expected),
      "got": .string(failure.found),
      "because": .array(failure.chain.map { .string($0) }),
      "source": .optional(failure.basis.source),
    ])
  }
}

extension Basis {
  /// What stands behind the value; `nil` where nothing does.
  var source: String? {
    switch self {
    case .published(let source): source
    case .derived(let because): "derived: \(because)"
    case .recorded, .unsourced: nil
    }
  }
}
