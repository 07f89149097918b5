import Foundation
import Support
import Testing

/// `annona compare`, to the byte.
@Suite struct CompareCommandTests {
  private static let example =
    "compare Examples/18-reform/law Examples/18-reform/proposal --today 2025-07-01"
  private static let households = " --cases Examples/18-reform/households.ndjson"

  /// The chart in the example is drawn anew; `ANNONA_UPDATE=1` writes it.
  @Test func drawsTheChartOfTheExample() throws {
    let file = "Examples/18-reform/chart.svg"
    let run = annona(Self.example + Self.households + " --format svg")
    #expect(
      run.problems == """
        50 rows, 49 compared
          1 no case for either rulebook, left out of all figures
            F012: 1 (h40)

        """)
    #expect(run.status == 0)
    if isRecording {
      try run.output.write(
        to: packageFolder.url.appendingPathComponent(file), atomically: true, encoding: .utf8)
      Issue.record("recorded \(file): look at it and run again without ANNONA_UPDATE")
      return
    }
    #expect(run.output == (try packageFolder.text(file)))
  }

  @Test(arguments: ["text", "json", "csv", "svg"])
  func everyWayGivesTheSameBytes(format: String) {
    let command = Self.example + Self.households + " --format \(format)"
    let run = annona(command)
    #expect(run.status == 0 && !run.output.isEmpty)
    #expect(annona(command + " --jobs 3").output == run.output)
    #expect(annona(command + " --plain").output == run.output)
  }

  /// No value of a household is shown that was not asked for.
  @Test func showsIdsAlone() throws {
    let text = annona(Self.example + Self.households).output
    #expect(text.contains("h11/c2"))
    #expect(!text.contains("birth_date") && !text.contains("32151.29"))
    let shown = annona(Self.example + Self.households + " --show-values").output
    #expect(
      shown.contains(
        """
          h11/c2: gained, not_entitled -> 53.18 EUR/month
            {"id":"h11","income":32151.29,"lone_parent":false,"children":[{"id":"c1","birth_date":"2020-05-23"},{"id":"c2","birth_date":"2008-11-23","works":true}]}
        """))
    #expect(!annona(Self.example + Self.households + " --examples 0").output.contains("h11"))
  }

  @Test func fromStandardInputAndCSV() throws {
    let csv = """
      id,income,lone_parent,children,children.1.birth_date
      a,15000,false,,2023-03-01
      "b ""2"" c",30000.00,true,{},

      """
    let folder = try Folder(["rows.csv": csv])
    defer { folder.remove() }
    let run = annona(Self.example + " --cases \(folder.path)/rows.csv --format csv")
    #expect(run.problems == "")
    #expect(
      run.output == """
        benefit,change,rule,provision,decisions,amount,unit,examples
        allowance,before,,,1,129.23,EUR/month,
        allowance,after,,,1,135,EUR/month,
        allowance,unchanged,,,1,,EUR/month,
        allowance,up,child.amount,act s 5,1,5.77,EUR/month,a/1
        lone_parent_supplement,before,,,1,0,EUR/month,
        lone_parent_supplement,after,,,1,0,EUR/month,
        lone_parent_supplement,unchanged,,,2,,EUR/month,

        """)
  }

  // MARK: - Two small rulebooks

  private static let head = """
    rulebook: NAME
    title: NAME
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    entities:
      household:
        facts:
          income: { type: EUR/year, min: 0 }
    """

  private func compare(
    _ first: String, _ second: String, _ rows: String = "", _ options: String = "",
    names: (String, String) = ("a", "b"), entity: String = "household"
  ) throws -> RecordedRun {
    func rulebook(_ name: String, _ rest: String, _ entity: String) -> String {
      (Self.head.replacingOccurrences(of: "NAME", with: name) + "\n" + rest)
        .replacingOccurrences(of: "household", with: entity)
    }
    let folder = try Folder([
      "a/a.yaml": rulebook(names.0, first, "household"),
      "b/b.yaml": rulebook(names.1, second, entity), "rows.ndjson": rows,
    ])
    defer { folder.remove() }
    return annona(
      "compare \(folder.path)/a \(folder.path)/b --cases \(folder.path)/rows.ndjson --today 2024-07-01\(options)"
    )
  }

  private static let grant = """
    rules:
      household.amount: "if income < 100 EUR/year then 10 EUR else 5 EUR"
    benefits:
      grant: { entitled: household.income < 200 EUR/year, amount: household.amount }
    """

  private static let refusals: [(second: String, entity: String, message: String)] = [
    (
      grant, "family",
      "the first rulebook decides a `household`, the second a `family`: a row can be read by both only where both say `case: household`"
    ),
    (
      grant.replacingOccurrences(of: "grant:", with: "aid:"), "household",
      "the rulebooks have no benefit in common: the first has `grant`, the second `aid`; what one replaces the other by must have its name"
    ),
    (
      grant.replacingOccurrences(of: " EUR\"", with: " EUR/month\"")
        .replacingOccurrences(of: "10 EUR ", with: "10 EUR/month "), "household",
      "`grant` is paid in EUR by the first rulebook and in EUR/month by the second: give both amounts one unit, such as by `amount: … as EUR`"
    ),
    (
      grant.replacingOccurrences(of: "benefits:", with: "charges:")
        .replacingOccurrences(of: "entitled:", with: "due:"), "household",
      "`grant` is a benefit in the first rulebook and a charge in the second: what is owed and what is paid need two names"
    ),
    (
      """
          has: { children: list of child }
        child:
          facts: { wage: { type: EUR/year, min: 0 } }
      rules:
        child.amount: "if wage < 100 EUR/year then 10 EUR else 5 EUR"
      benefits:
        grant: { for: household.children, entitled: child.wage < household.income, amount: child.amount }
      """, "household",
      "`grant` is decided for the case in the first rulebook and for `children` in the second: `for:` must be the same in both"
    ),
  ]

  @Test(arguments: refusals)
  func saysWhyTwoCannotBeCompared(
    _ refusal: (second: String, entity: String, message: String)
  ) throws {
    let run = try compare(Self.grant, refusal.second, entity: refusal.entity)
    #expect(run.status == 64)
    #expect(run.problems == "Error: \(refusal.message)\n")
    #expect(run.output == "")
  }

  @Test func aFaultyRulebookIsReported() throws {
    let run = try compare(
      Self.grant, Self.grant.replacingOccurrences(of: "income < 100", with: "incom < 100"))
    #expect(run.status == 3)
    #expect(run.problems.hasPrefix("error[N001] "))
  }

  @Test func saysWhatIsAsked() {
    let run = annona(Self.example + Self.households + " --examples 2000")
    #expect(run.status == 64)
    #expect(run.problems == "Error: `--examples 2000`: write a number from 0 to 1000\n")
    let missing = annona(Self.example + " --cases nowhere.ndjson")
    #expect(missing.status == 64)
    #expect(missing.problems.hasPrefix("Error: nowhere.ndjson: "))
  }

  /// Benefits and facts of one of the two alone, and rows that are no case for one, for the other, for both.
  @Test func whatOnlyOneHasIsListed() throws {
    let second = """
            card: { type: boolean, default: false }
            age: { type: integer, min: 0, max: 120 }
      rules:
        household.amount: "if income < 100 EUR/year then 10 EUR else 5 EUR"
        household.bonus: "if card then 3 EUR else 1 EUR"
      benefits:
        grant: { entitled: household.income < 200 EUR/year, amount: household.amount }
        bonus: { entitled: household.age > 60, amount: household.bonus }
      """
    let rows = """
      {"id": 1, "income": 50, "age": 70, "card": true}
      {"id": 2, "income": 150, "age": 20}
      {"id": 3, "income": 150, "age": 61}
      {"id": 4, "income": 150}
      {"id": 5, "income": 150, "age": 200}
      {"id": 6, "income": "much", "age": 30}
      {"id": 7, "income": 150, "age": 30, "shoe": 43}
      {"income": 150, "age": 30}
      nothing

      """
    let first = Self.grant.replacingOccurrences(
      of: "benefits:\n", with: "benefits:\n  old: { entitled: household.income < 60 EUR/year }\n")
    let run = try compare(first, second, rows)
    #expect(run.problems == "")
    #expect(
      run.output == """
        first:  a (a)
        second: b (b)
        decided for 2024-07-01
        9 rows, 4 compared
          4 no case for either rulebook, left out of all figures
          1 no case for the second rulebook, left out of all figures
            F004: 1 (7)
            F012: 1 (6)
            F015: 1 (5)
            Y056: 1 (no id)
            the row has no `id`: 1 (no id)

        What they say otherwise
          rule `household.bonus`: only in the second rulebook
          benefit `bonus`: only in the second rulebook
          benefit `old`: only in the first rulebook
          fact `household.card`: only in the second rulebook
          fact `household.age`: only in the second rulebook

        grant
                          before      after
          entitled             4          4
          paid in all  25.00\u{A0}EUR  25.00\u{A0}EUR  0.00\u{A0}EUR

          gained     0
          lost       0
          up         0
          down       0
          unchanged  4

        bonus
                        before     after
          entitled           -         2
          undetermined       -         1
          not_entitled       -         1
          paid in all        -  4.00\u{A0}EUR  +4.00\u{A0}EUR

          gained                             2  +4.00\u{A0}EUR
            only the second rulebook has it  2  +4.00\u{A0}EUR  1, 3
          lost                               0
          up                                 0
          down                               0
          newly undetermined                 1   0.00\u{A0}EUR
            only the second rulebook has it  1   0.00\u{A0}EUR  4
          unchanged                          1

        old
                        before  after
          entitled           1      -
          not_entitled       3      -

          gained                            0
          lost                              1
            only the first rulebook has it  1    1
          up                                0
          down                              0
          unchanged                         3

        all benefits in EUR
          paid before                  25.00\u{A0}EUR
          paid after                   29.00\u{A0}EUR
          difference                   +4.00\u{A0}EUR
          households better off     2  +4.00\u{A0}EUR
          households worse off      0
          households with the same  1
          households not known      1

        """)
    #expect(try compare(first, second, rows, " --plain").output == run.output)
  }

  /// Of two rules that both come to something else, that one is why without which nothing would have changed.
  @Test func theRuleThatMattersIsNamed() throws {
    func rules(_ free: Int, _ cap: Int) -> String {
      """
      rules:
        household.free: { value: \(free) EUR/year }
        household.left: "max(0, 500 EUR/year - max(0, income - free))"
        household.amount: "min(\(cap) EUR/year, left)"
      benefits:
        grant: { entitled: household.amount > 0 EUR/year, amount: household.amount }
      """
    }
    let rows = """
      {"id":"poor","income":0}
      {"id":"middle","income":250}
      {"id":"above","income":450}
      {"id":"new","income":650}
      """
    let run = try compare(rules(100, 400), rules(200, 300), rows, " --format csv")
    #expect(
      run.output == """
        benefit,change,rule,provision,decisions,amount,unit,examples
        grant,before,,,3,900,EUR/year,
        grant,after,,,4,900,EUR/year,
        grant,down,household.amount,,2,-150,EUR/year,poor middle
        grant,gained,household.free,,1,50,EUR/year,new
        grant,up,household.free,,1,100,EUR/year,above

        """)
    #expect(
      try compare(rules(100, 400), rules(200, 300), rows, " --format csv --plain").output
        == run.output)
  }

  /// A table and a chart have no place for rows that are left out, so that it is said beside them.
  @Test(arguments: ["csv", "svg"])
  func rowsThatAreLeftOutAreCountedBesideThem(_ format: String) throws {
    let rules = """
      rules: { household.poor: income <= 100 EUR/year }
      benefits: { grant: { entitled: household.poor } }
      """
    let rows = """
      {"id":"a","income":0}
      {"id":"b","income":"little"}
      {"id":"c","incom":0}
      """
    let run = try compare(rules, rules, rows, " --format \(format)")
    #expect(run.output.hasPrefix(format == "csv" ? "benefit,change," : "<svg "))
    #expect(
      run.problems == """
        3 rows, 1 compared
          2 no case for either rulebook, left out of all figures
            F004: 1 (c)
            F012: 1 (b)

        """)
    #expect(run.status == 0)
    #expect(try compare(rules, rules, rows, "").problems == "")
    #expect(
      try compare(rules, rules, #"{"id":"a","income":0}"#, " --format \(format)").problems == "")
  }
}

/// A folder of files for one test.
private struct Folder {
  let path: String

  init(_ files: [String: String]) throws {
    path =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "annona-compare-\(UUID().uuidString)"
      ).path
    for (name, text) in files {
      let file = URL(fileURLWithPath: path).appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
