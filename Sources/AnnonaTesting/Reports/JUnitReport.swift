import AnnonaEngine
import AnnonaLanguage

/// The results of fixtures in JUnit's XML, which build servers read; it holds no times, so that equal runs give equal bytes.
package struct JUnitReport {
  package init() {}

  package func render(_ runs: [SuiteRun], _ properties: [PropertyRun] = []) -> String {
    let faulty = runs.reduce(0) { $0 + $1.suite.faulty.count }
    let cases =
      runs.reduce(faulty) { $0 + $1.results.count } + properties.reduce(0) { $0 + $1.results.count }
    let failed =
      runs.reduce(0) { $0 + $1.failed.count } + properties.reduce(0) { $0 + $1.violated.count }
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites tests=\"\(cases)\" failures=\"\(failed)\"\(errors(faulty))>",
    ]
    for run in runs { lines += suite(run) }
    for run in properties { lines += suite(run) }
    return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
  }

  private func suite(_ run: SuiteRun) -> [String] {
    // Files without a rulebook have no id to go by.
    let id = run.suite.program.id.isEmpty ? "fixtures" : escaped(run.suite.program.id)
    let faulty = run.suite.faulty
    let head =
      "  <testsuite name=\"\(id)\" tests=\"\(run.results.count + faulty.count)\" "
      + "failures=\"\(run.failed.count)\"\(errors(faulty.count))>"
    return [head] + run.results.flatMap { lines($0, run, id) }
      + faulty.flatMap { lines($0, run, id) } + ["  </testsuite>"]
  }

  /// Nothing where there are none.
  private func errors(_ count: Int) -> String { count == 0 ? "" : " errors=\"\(count)\"" }

  /// What could not run is an error, not a failure; a whole file goes by its path.
  private func lines(_ faulty: FaultyFixture, _ run: SuiteRun, _ id: String) -> [String] {
    let place = run.place(faulty.span)
    let file = place.map { " file=\"\(escaped($0.file.path))\" line=\"\($0.line)\"" } ?? ""
    let name = escaped(faulty.name ?? place?.file.path ?? "")
    return ["    <testcase classname=\"\(id)\" name=\"\(name)\"\(file)>"]
      + faulty.problems.map { problem in
        "      <error message=\"\(escaped("\(problem.code): \(problem.message)"))\"/>"
      } + ["    </testcase>"]
  }

  private func lines(_ result: FixtureResult, _ run: SuiteRun, _ id: String) -> [String] {
    let place = run.place(result.fixture.span)
    let file = place.map { " file=\"\(escaped($0.file.path))\" line=\"\($0.line)\"" } ?? ""
    let head =
      "    <testcase classname=\"\(id)\" name=\"\(escaped(result.fixture.name))\"\(file)"
    let supposed = properties(result, run)
    guard !result.passed || !supposed.isEmpty else { return [head + "/>"] }
    return [head + ">"] + supposed + result.failures.map(failure) + ["    </testcase>"]
  }

  /// The rules whose value the case sets.
  private func properties(_ result: FixtureResult, _ run: SuiteRun) -> [String] {
    let rules = result.fixture.suppositions.map { run.suite.program.rules[$0.rule].name }
    guard !rules.isEmpty else { return [] }
    return ["      <properties>"]
      + rules.map { "        <property name=\"supposed\" value=\"\(escaped($0))\"/>" }
      + ["      </properties>"]
  }

  private func suite(_ run: PropertyRun) -> [String] {
    let id = escaped(run.program.id)
    let head =
      "  <testsuite name=\"\(id) properties\" tests=\"\(run.results.count)\" "
      + "failures=\"\(run.violated.count)\">"
    return [head] + run.results.flatMap { lines($0, run, id) } + ["  </testsuite>"]
  }

  private func lines(_ result: PropertyResult, _ run: PropertyRun, _ id: String) -> [String] {
    let place = run.place(result.property)
    let file = place.map { " file=\"\(escaped($0.path))\" line=\"\($0.line)\"" } ?? ""
    let head = "    <testcase classname=\"\(id)\" name=\"\(escaped(result.property.name))\"\(file)"
    guard case .violated(let example) = result.verdict else { return [head + "/>"] }
    return [
      head + ">",
      "      <failure message=\"\(escaped(example.words))\">\(escaped(example.fixture))</failure>",
      "    </testcase>",
    ]
  }

  private func failure(_ failure: Failure) -> String {
    let message = "\(failure.name): expected \(failure.expected), got \(failure.found)"
    let text = failure.chain.isEmpty ? "" : failure.chain.joined(separator: " <- ")
    return "      <failure message=\"\(escaped(message))\">\(escaped(text))</failure>"
  }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n": escaped += "&#10;"
      case "\t": escaped += "&#9;"
      // XML has no other control characters at all.
      case "\0"..<" ": escaped += "?"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
