import Support
import Testing

@Suite struct CheckCommandTests {
  private let rulebook = "Tests/EndToEndTests/Rulebooks/school_meals"
  private let faulty = "Tests/EndToEndTests/Rulebooks/faulty.yaml"

  @Test func saysThatNothingIsWrong() {
    let run = annona("check \(rulebook)")
    #expect(run == RecordedRun(output: "1 rulebook: no problems\n", problems: "", status: 0))
  }

  /// As a record names them: what decides, and by which meaning of the language.
  @Test func saysItsVersions() {
    let run = annona("--version")
    #expect(run == RecordedRun(output: "annona 0.1.0, semantics 1\n", problems: "", status: 0))
  }

  @Test func listsEveryProblemOnStandardOutput() {
    let run = annona("check \(faulty)")
    #expect(
      run.output == """
        error[K001] Tests/EndToEndTests/Rulebooks/faulty.yaml:2:1: `titel` is not a key of a rulebook
          2 | titel: Faulty
            | ^^^^^
          help: write `title`

        error[N001] Tests/EndToEndTests/Rulebooks/faulty.yaml:12:24: nothing is called `incme` here
          12 |   household.qualifies: incme <= 1_200 EUR/month
             |                        ^^^^^
          help: did you mean `income`?

        1 rulebook: 2 errors

        """)
    #expect(run.problems.isEmpty)
    #expect(run.status == 3)
  }

  /// What stands beside a rulebook and is not read is mentioned; elsewhere it is nobody's concern.
  @Test func mentionsFilesThatAreNotRead() throws {
    let rules = try packageFolder.text(
      "Tests/EndToEndTests/Rulebooks/school_meals/school_meals.yaml")
    let folder = try TemporaryFolder([
      "meals/meals.yaml": rules, "meals/more/notes.yml": "some: data\n",
      "other.yml": "some: data\n",
    ])
    let run = annona(["check", folder.path])
    #expect(
      folder.relative(run.output) == """
        warning[L005] meals/more/notes.yml:1:1: `notes.yml` is not read: what belongs to a rulebook ends in `.yaml`
          1 | some: data
            | ^
          help: rename it to `notes.yaml`, or keep it elsewhere

        1 rulebook: 1 warning

        """)
    #expect(run.status == 0)
  }

  @Test func writesJSON() {
    let run = annona("check \(faulty) --format json")
    #expect(
      run.output.hasPrefix(
        """
        [
          {
            "code": "K001",
            "severity": "error",
            "file": "Tests/EndToEndTests/Rulebooks/faulty.yaml",
            "line": 2,
            "column": 1,

        """))
    #expect(run.output.hasSuffix("\n]\n"))
    #expect(run.status == 3)
    #expect(annona("check \(rulebook) --format json").output == "[]\n")
  }

  @Test func writesAnnotations() {
    #expect(
      annona("check \(faulty) --format github").output == """
        ::error file=Tests/EndToEndTests/Rulebooks/faulty.yaml,line=2,col=1,endColumn=6,title=K001::`titel` is not a key of a rulebook%0Ahelp: write `title`
        ::error file=Tests/EndToEndTests/Rulebooks/faulty.yaml,line=12,col=24,endColumn=29,title=N001::nothing is called `incme` here%0Ahelp: did you mean `income`?

        """)
  }

  @Test func coloursOnATerminalOnly() {
    let run = annona("check \(faulty)", coloured: true)
    #expect(run.output.hasPrefix("\u{1B}[1;31merror[K001]\u{1B}[0m "))
    #expect(!annona("check \(faulty)").output.contains("\u{1B}"))
  }

  @Test func readsStandardInput() throws {
    let text = try packageFolder.text("\(rulebook)/school_meals.yaml")
    #expect(annona("check -", input: text).output == "1 rulebook: no problems\n")
    #expect(annona("check -", input: "rulebook: x\n\tcase: y\n").output.hasPrefix("error[Y"))
  }

  @Test func checksEveryRulebookBelowAPathOnce() {
    let run = annona("check \(rulebook) Tests/EndToEndTests/Rulebooks")
    #expect(run.output.hasSuffix("\n4 rulebooks: 2 errors\n"))
  }

  @Test(arguments: [
    ("check nowhere", "Error: nowhere: there is no such file or folder\n"),
    (
      "check Sources",
      "Error: Sources: there is no rulebook here: no file says `rulebook:`\n"
    ),
    ("check - Rules", "Error: `-` stands alone: standard input is one rulebook\n"),
    ("check Rules --rules nowhere", "Error: nowhere: there is no such folder\n"),
  ])
  func refusesWhatItCannotRead(_ line: String, _ problem: String) {
    #expect(annona(line) == RecordedRun(output: "", problems: problem, status: 64))
  }

  @Test(arguments: ["chek Rules", "check", "check Rules --format xml", "check Rules --what", ""])
  func wrongUsageIs64(_ line: String) {
    let run = annona(line)
    // Without a command there is help.
    #expect(run.status == (line.isEmpty ? 0 : 64))
    #expect(run.output.isEmpty == !line.isEmpty)
    #expect(run.problems.isEmpty == line.isEmpty)
  }

  @Test(arguments: ["check", "simulate", "explain"])
  func helpShowsAnExample(_ command: String) {
    let run = annona("\(command) --help")
    #expect(run.status == 0)
    #expect(run.problems.isEmpty)
    #expect(run.output.contains("For example:\n  annona \(command) Rules"))
    #expect(annona("help \(command)") == run)
    for line in run.output.split(separator: "\n") where !line.hasPrefix("  annona") {
      #expect(line.count <= 80, "\(line)")
    }
  }
}
