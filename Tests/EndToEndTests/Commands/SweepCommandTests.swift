import Foundation
import Support
import Testing

/// `annona sweep` and `annona check --cliffs`, to the byte.
@Suite struct SweepCommandTests {
  private static let sweep =
    "sweep Rules/nz/rates_rebate Examples/10-rates-rebate/household.yaml --fact household.income"

  @Test func saysPiecesAndCliffs() {
    let run = annona(Self.sweep + " --from 42_000 --to 50_000")
    #expect(run.problems == "" && run.status == 0)
    #expect(
      run.output == """
        Rates rebate (nz.rates_rebate)
        Decided for 2024-07-01

        Rates rebate
          as Income of the preceding tax year (household.income) goes from 42\u{A0}000.00\u{A0}NZD/year to 50\u{A0}000.00\u{A0}NZD/year

               from          to   amount                      rate   formula
          42\u{A0}000.00   42\u{A0}970.00   790.00\u{A0}NZD/year
          42\u{A0}970.01   49\u{A0}289.99   790.00 → 1.00\u{A0}NZD/year   -12.5\u{A0}%   2160 - floor(0.125 * x - 4001.25 to 1)
          49\u{A0}290.00   50\u{A0}000.00   not entitled

          Cliffs, where more leaves less in all:
            - from 42\u{A0}970.01\u{A0}NZD/year to 49\u{A0}289.99\u{A0}NZD/year, 1.00\u{A0}NZD/year are lost at once every 8.00\u{A0}NZD/year (household.rebate, Rates Rebate Act 1973, s 3(1)); meant by the law: $1 at each whole $8 of income above the limit, Rates Rebate Act 1973, s 3(1)(a)(ii)

        """)
  }

  /// The chart in the example is drawn anew; `ANNONA_UPDATE=1` writes it.
  @Test func drawsTheChartOfTheExample() throws {
    let file = "Examples/16-cliffs/chart.svg"
    let run = annona(
      "sweep Rules/pt/abono_de_familia Examples/16-cliffs/household.yaml --fact household.income"
        + " --of abono_de_familia/rui --language en --format svg")
    #expect(run.problems == "" && run.status == 0)
    if isRecording {
      try run.output.write(
        to: packageFolder.url.appendingPathComponent(file), atomically: true, encoding: .utf8)
      Issue.record("drawn anew: look at it and run again without ANNONA_UPDATE")
      return
    }
    let difference = difference(found: run.output, wanted: try packageFolder.text(file))
    #expect(difference == nil)
  }

  @Test func writesTheChartToAFile() throws {
    let folder = try TemporaryFolder([:])
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    let path = folder.path + "/chart.svg"
    let run = annona(Self.sweep + " --svg " + path)
    #expect(run.status == 0)
    let chart = try String(contentsOfFile: path, encoding: .utf8)
    #expect(chart.hasPrefix("<svg ") && chart.hasSuffix("</svg>\n"))
  }

  @Test(arguments: [
    (
      "household.incme",
      "the rulebook has no fact `household.incme`, did you mean `household.income`?"
    ),
    (
      "household.rebate",
      "`household.rebate` is a rule: it is computed, so that it cannot be swept; name a fact"
    ),
    ("income", "`income` names no fact: write it as in `household.income`"),
    (
      "household.super_gold_card",
      "`household.super_gold_card` is no number: only a number can be swept"
    ),
    (
      "household.income --from 5 --to 1",
      "the sweep ends before it begins: `--to` must not be below `--from`"
    ),
    (
      "household.income --from 0.001",
      "`0.001` is no multiple of 0.01, the step of `household.income`"
    ),
    (
      "household.income --from=-1",
      "the sweep goes beyond what `household.income` can be: see its `min` and `max`"
    ),
    ("household.income --to much", "`much` is no value of `household.income`"),
    (
      "household.income --all --of household.rebate",
      "`--all` follows every benefit, `--of` one: leave one out"
    ),
  ])
  func saysWhyItCannot(_ fact: String, _ problem: String) {
    let run = annona(
      "sweep Rules/nz/rates_rebate Examples/10-rates-rebate/household.yaml --fact " + fact)
    #expect(run.problems == "Error: \(problem)\n" && run.status == 64 && run.output == "")
  }

  @Test func cliffsNeedFixtures() {
    let run = annona("check - --cliffs", input: "rulebook: x")
    #expect(
      run.problems
        == "Error: `--cliffs` needs the fixtures beside a rulebook: name its folder\n")
  }
}
