import Foundation
import Support
import Testing

/// `annona test` as it is called.
@Suite struct TestCommandTests {
  static let rules = """
    rulebook: support
    title: Support
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities: { household: { facts: { income: { type: EUR/year, min: 0 } } } }
    rules:
      household.low: income <= 100 EUR/year
    benefits: { support: { entitled: household.low } }

    """

  static func cases(_ expectation: String) -> String {
    """
    tests: support
    today: 2024-06-01
    cases:
      - name: low
        source: s
        given: { income: 50 }
        expect: { household.low: true }
      - name: high
        given: { income: 101 }
        expect: { household.low: \(expectation) }

    """
  }

  private func folder(_ expectation: String = "false") throws -> TemporaryFolder {
    try TemporaryFolder([
      "support/support.yaml": Self.rules, "support/support.test.yaml": Self.cases(expectation),
    ])
  }

  @Test func failuresAreStatus1() throws {
    let folder = try folder("true")
    let run = annona(["test", folder.path])
    #expect(run.status == 1)
    #expect(run.problems == "")
    #expect(run.output.contains("2 cases in 1 file: 1 failed, 1 passed\n"))
    #expect(annona(["test", folder.path, "--filter", "low"]).status == 0)
  }

  @Test func writesJUnitToAFile() throws {
    let folder = try folder("true")
    let place = folder.path + "/results.xml"
    let run = annona(["test", folder.path, "--junit", place])
    #expect(run.status == 1)
    let text = try String(contentsOfFile: place, encoding: .utf8)
    #expect(text.contains("<testsuites tests=\"2\" failures=\"1\">"))
    let again = annona(["test", folder.path, "--filter", "low", "--junit", "-"])
    #expect(again.output.contains("<testsuites tests=\"1\" failures=\"0\">"))
  }

  @Test func writesJSON() throws {
    let folder = try folder()
    let run = annona(["test", folder.path, "--format", "json", "--coverage", "--mutate"])
    #expect(run.status == 0)
    let whole = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(
      Set(whole.keys) == [
        "cases", "failed", "could_not_run", "expectations", "unsourced", "recorded", "derived",
        "rulebooks",
        "coverage", "mutation",
      ])
    let mutation = try #require((whole["mutation"] as? [[String: Any]])?.first)
    #expect((mutation["survivors"] as? [Any])?.isEmpty == false)
  }

  @Test func writesAnnotations() throws {
    let folder = try folder("true")
    let run = annona(["test", folder.path, "--format", "github", "--mutate"])
    let lines = folder.relative(run.output).split(separator: "\n")
    #expect(
      lines.contains(
        "::error file=support/support.test.yaml,line=10,col=15,endColumn=28,title=FAILED::high: "
          + "household.low: expected true, got false%0Ahelp: household.low = false <- "
          + "household.income = 101 EUR/year"), "\(lines)")
    #expect(lines.contains { $0.hasPrefix("::warning file=support/support.yaml,line=8,") })
  }

  @Test(arguments: [
    ("rules=100", 0), ("boundaries=50", 2), ("all=100", 2), ("mutation=0", 0), ("mutation=100", 2),
  ])
  func requires(_ requirement: String, _ status: Int32) throws {
    let folder = try folder()
    let run = annona(["test", folder.path, "--require", requirement])
    #expect(run.status == status, "\(run)")
    #expect(run.problems.isEmpty == (run.status == 0))
  }

  @Test(arguments: ["bounds=3", "boundaries", "boundaries=101", "mutation=x"])
  func refusesRequirements(_ text: String) throws {
    let folder = try folder()
    let run = annona(["test", folder.path, "--require", text])
    #expect(run.status == 64)
    #expect(run.problems.contains("`--require \(text)` is not understood"))
  }

  static let noFixtures = """
    warning[Z023] support/support.yaml:1:11: no fixture tests the rulebook `support`
      1 | rulebook: support
        |           ^^^^^^^
      help: write some in a file whose name ends in `.test.yaml`, such as `support/support.test.yaml`

    """

  /// Where no case ran nothing is covered, and it is said why.
  @Test(
    arguments: [
      ([], 0), (["--require", "rules=100"], 2), (["--require", "all=100"], 2),
      (["--mutate", "--require", "mutation=100"], 2),
    ] as [([String], Int32)])
  func nothingRan(_ options: [String], _ status: Int32) throws {
    let folder = try TemporaryFolder(["support/support.yaml": Self.rules])
    let run = annona(["test", folder.path] + options)
    #expect(run.status == status, "\(run)")
    let problems = folder.relative(run.problems)
      .replacingOccurrences(of: "such as `\(folder.path)/", with: "such as `")
    #expect(problems.hasPrefix(Self.noFixtures), "\(problems)")
    #expect(run.output.hasSuffix("no case ran\n"))
  }

  /// Figures alone are tested by the rulebooks that import them.
  @Test func figuresNeedNoFixtures() throws {
    let folder = try TemporaryFolder([
      "Rules/ias/ias.yaml": """
      rulebook: ias
      currency: EUR
      in_force: { from: 2024-01-01 }
      parameters: { ias: { type: EUR/month, until_further_notice: true, values: { 2024-01-01: 5 } } }

      """
    ])
    let run = annona(["test", folder.path, "--require", "all=100"])
    #expect(run.problems == "")
    #expect(run.status == 0)
  }

  /// Properties need no fixtures, and neither an empty list of cases nor a filter keeps them from running.
  @Test(
    arguments: [[:], ["support/support.test.yaml": "tests: support\ncases: []\n"]]
      as [[String: String]])
  func propertiesRunWithoutFixtures(_ fixtures: [String: String]) throws {
    let rules =
      Self.rules
      + "  other: { entitled: household.low, amount: household.paid }\n"
      + "properties: { cap: { of: household.paid, at_most: 5 } }\n"
    let files = [
      "support/support.yaml": rules.replacingOccurrences(
        of: "benefits: { support: { entitled: household.low } }",
        with: "  household.paid: 10 EUR\nbenefits:\n  support: { entitled: household.low }")
    ]
    let folder = try TemporaryFolder(files.merging(fixtures) { $1 })
    let run = annona(["test", folder.path])
    #expect(run.output.hasPrefix("Properties of support\n  cap  broken, seed 1\n"), "\(run)")
    #expect(run.status == 1)
  }

  @Test(arguments: ["a.tests.yaml", "a.test.yml", "a.tests.yml", "a.yml"])
  func misnamedFixturesAreMentioned(_ name: String) throws {
    let folder = try TemporaryFolder(["fixtures/\(name)": Self.cases("false")])
    let run = annona(["test", folder.path])
    #expect(
      folder.relative(run.problems) == """
        warning[Z024] fixtures/\(name):1:1: `\(name)` looks like a file of fixtures, but is not run, since its name does not end in `.test.yaml`
          1 | tests: support
            | ^
          help: rename it to `a.test.yaml`


        """)
    #expect(run.output == "no case ran\n")
  }

  @Test func whereThereIsNothingToTest() throws {
    let folder = try TemporaryFolder(["notes/a.txt": "", "support/support.yaml": Self.rules])
    let run = annona(["test", folder.path + "/notes"])
    #expect(run.status == 64)
    #expect(
      folder.relative(run.problems)
        == "Error: notes: there is neither a rulebook nor a file of fixtures, `*.test.yaml`, here\n"
    )
    let file = annona(["test", folder.path + "/support/support.yaml"])
    #expect(file.status == 64)
    #expect(
      folder.relative(file.problems)
        == "Error: support/support.yaml: this is a rulebook, not a file of fixtures: name its folder\n"
    )
  }

  /// A rulebook that cannot be run, and one that does not exist, leave out whole files.
  @Test func filesWithoutARulebookAreTold() throws {
    let folder = try TemporaryFolder([
      "a/a.test.yaml": "tests: nowhere\ncases: [ { name: it, expect: { x: 1 } } ]\n",
      "b/b.yaml": Self.rules + "wrong: 5\n", "b/b.test.yaml": Self.cases("false"),
    ])
    let run = annona(["test", folder.path, "--junit", "-"])
    #expect(run.status == 3)
    #expect(
      folder.relative(run.output) == """
        no case ran, 2 files could not run
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites tests="2" failures="0" errors="2">
          <testsuite name="fixtures" tests="1" failures="0" errors="1">
            <testcase classname="fixtures" name="a/a.test.yaml" file="a/a.test.yaml" line="1">
              <error message="Z014: no rulebook called `nowhere` stands beside the fixtures or below `Rules`"/>
            </testcase>
          </testsuite>
          <testsuite name="fixtures" tests="1" failures="0" errors="1">
            <testcase classname="fixtures" name="b/b.test.yaml" file="b/b.test.yaml" line="1">
              <error message="Z025: the rulebook `support` has errors"/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  /// A case that could not run is marked beside those that failed.
  @Test func annotatesWhatCouldNotRun() throws {
    let folder = try folder("{ fired: [ household.low.row_1 ] }")
    let run = annona(["test", folder.path, "--format", "github"])
    #expect(run.status == 4)
    #expect(
      folder.relative(run.output)
        == "::error file=support/support.test.yaml,line=10,col=41,endColumn=60,title=Z027::"
        + "the rulebook has no row, branch or exception `household.low.row_1`\n")
  }

  /// A line on a terminal that is drawn over and wiped out; elsewhere nothing at all.
  @Test func drawsProgressOnATerminalOnly() throws {
    let folder = try folder()
    #expect(annona(["test", folder.path, "--mutate"]).problems == "")
    let watched = annona(["test", folder.path, "--mutate"], watched: true).problems
    #expect(watched.hasPrefix("\r["))
    #expect(watched.contains("########################] 100 % support: changes tried\u{1B}[K"))
    #expect(watched.hasSuffix("\r\u{1B}[K"))
  }

  /// What came out is written in, shown, marked, and counted ever after.
  @Test func updates() throws {
    let folder = try folder("true")
    let run = annona(["test", folder.path, "--update"])
    #expect(
      folder.relative(run.output).hasSuffix(
        """
        --- support/support.test.yaml
        10 -     expect: { household.low: true }
        10 +     expect: { household.low: { value: false, basis: recorded } }

        """), "\(run.output)")
    let again = annona(["test", folder.path])
    #expect(again.status == 0)
    #expect(
      again.output.contains("1 of 2 expectations has no source, 1 of them only recorded\n"))
  }

  /// Each time that a file is written the cases run again; a file that is gone is no end.
  @Test func watches() throws {
    let folder = try folder("true")
    let place = folder.path + "/support/support.test.yaml"
    func write(_ text: String) throws {
      try text.write(toFile: place, atomically: true, encoding: .utf8)
    }
    let run = annona(
      ["test", folder.path, "--watch"],
      changes: [
        { try FileManager.default.removeItem(atPath: place) },
        { try write(Self.cases("false")) },
      ])
    #expect(
      folder.relative(run.problems) == """
        Waiting for changes.
        \(Self.noFixtures)
        Waiting for changes.

        """)
    #expect(run.status == 0)
    let summaries = run.output.split(separator: "\n").filter {
      $0.hasPrefix("2 cases") || $0.hasPrefix("no case")
    }
    #expect(
      summaries == [
        "2 cases in 1 file: 1 failed, 1 passed", "no case ran", "2 cases in 1 file: all passed",
      ])
  }
}

/// `annona test --mutate --since`
@Suite struct SinceTests {
  private func git(_ arguments: [String], in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["git", "-C", folder, "-c", "user.name=n", "-c", "user.email=e@example.org"] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  /// Only what stands on a line that has changed is tried.
  @Test func triesWhatChanged() throws {
    let folder = try TemporaryFolder([
      "support/support.yaml": TestCommandTests.rules,
      "support/support.test.yaml": TestCommandTests.cases("false"),
    ])
    try git(["init", "--quiet"], in: folder.path)
    try git(["add", "."], in: folder.path)
    try git(["commit", "--quiet", "-m", "first"], in: folder.path)
    func total() -> String {
      let run = annona(["test", folder.path, "--mutate", "--since", "HEAD"])
      return run.output.split(separator: "\n").first { $0.hasPrefix("  noticed") }
        .map(String.init) ?? run.problems
    }
    #expect(total() == "  noticed                       0 of 0 (100 %)")
    try
      (TestCommandTests.rules
      + "parameters: { limit: { type: EUR/year, values: { 2024-01-01: 1 }, until_further_notice: true } }\n")
      .replacingOccurrences(of: "<= 100", with: "<= 90")
      .write(toFile: folder.path + "/support/support.yaml", atomically: true, encoding: .utf8)
    // A comparison, its figure twice; the benefit below it has not changed, and nothing reads the new figure.
    #expect(total().hasPrefix("  noticed                       0 of 3 "))
    let unknown = annona(["test", folder.path, "--mutate", "--since", "nowhere"])
    #expect(unknown.status == 64)
    #expect(unknown.problems.hasPrefix("Error: git knows no revision `nowhere` of `"))
    #expect(annona(["test", folder.path, "--mutate", "--since=-x"]).status == 64)
  }
}
