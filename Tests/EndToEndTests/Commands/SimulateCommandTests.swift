import Support
import Testing

@Suite struct SimulateCommandTests {
  private let simulate =
    "simulate Tests/EndToEndTests/Rulebooks/school_meals Tests/EndToEndTests/Cases/school_meals.yaml"

  @Test func saysOutcomeReasonsAndAssumptionsOfEachMember() {
    let run = annona(simulate)
    #expect(
      run.output.visible == """
        School meals (school_meals)
        Decided for 2025-09-01

        School meals: Ana
          entitled to 65.00 EUR/month
          ✓ Ana is of school age. (8 years, at least 6 years needed; over by 2 years) [School Meals Act, s. 1]
          In need: one of these is enough
            ✗ The income is above the limit. (1 240.00 EUR/month, limit 1 200.00 EUR/month; over by 40.00 EUR/month) [School Meals Act, s. 2(1)]
            ✓ There is special hardship. [School Meals Act, s. 2(2)]
          Assumed, since nobody said otherwise:
            - Refugees (household.refugees) = no
          To be reviewed by 2027-05-04

        School meals: rui
          entitled to 21.45 EUR/month
          ✓ rui is of school age. (13 years, limit 17 years; under by 4 years) [School Meals Act, s. 1]
          In need: one of these is enough
            ✗ The income is above the limit. (1 240.00 EUR/month, limit 1 200.00 EUR/month; over by 40.00 EUR/month) [School Meals Act, s. 2(1)]
            ✓ There is special hardship. [School Meals Act, s. 2(2)]
          Assumed, since nobody said otherwise:
            - Refugees (household.refugees) = no
          To be reviewed by 2030-01-31

        School meals: Eva
          not entitled
          ✗ Eva is not of school age. (3 years, at least 6 years needed; under by 3 years) [School Meals Act, s. 1]
          In need: one of these is enough
            ✗ The income is above the limit. (1 240.00 EUR/month, limit 1 200.00 EUR/month; over by 40.00 EUR/month) [School Meals Act, s. 2(1)]
            ✓ There is special hardship. [School Meals Act, s. 2(2)]
          To be reviewed by 2028-02-28

        """)
    #expect(run.problems.isEmpty)
    #expect(run.status == 0)
  }

  @Test func saysWhatIsNeededWithBoundsInTheLanguageAskedFor() {
    let run = annona(
      simulate + " --set household.income=unknown --set household.hardship=false --language pt"
        + " --set person/eva.birth_date=unknown")
    #expect(
      run.output.visible.split(separator: "\n\n").dropLast().last.map { String($0) + "\n" } == """
        Refeições escolares: Eva
          ainda não se pode decidir: faltam dados; entre 0,00 EUR/mês e 65,00 EUR/mês
          ? Eva está em idade escolar. [Lei das Refeições Escolares, s. 1]
          Em carência: basta uma destas condições
            ? O rendimento não excede o limite. [Lei das Refeições Escolares, s. 2(1)]
            ✗ Não há carência especial. [Lei das Refeições Escolares, s. 2(2)]
          Falta saber:
            - Quanto ganha o agregado por mês? (household.income)
            - Quando nasceu Eva? (person/eva.birth_date)
          Presumido, porque ninguém disse o contrário:
            - Refugiados (household.refugees) = não

        """)
  }

  @Test func saysWhyAnOfficialHasToDecide() {
    let run = annona(simulate + " --today 2026-02-01 --set household.hardship=unknown")
    #expect(
      run.output.visible.contains(
        """
        School meals: Ana
          an official has to decide; between 0.00 EUR/month and 65.00 EUR/month
          ✓ Ana is of school age. (8 years, at least 6 years needed; over by 2 years) [School Meals Act, s. 1]
          In need: one of these is enough
            ? The income is within the limit. [School Meals Act, s. 2(1)]
            ? There is special hardship. [School Meals Act, s. 2(2)]
          Why an official has to decide:
            - Special hardship (household.hardship): to be judged by the office `officer`
            - Income limit (income_limit): The order for 2026 was not available.

        """))
  }

  @Test func saysWhatMayTurnOutToBeAFault() {
    let run = annona(
      "simulate Tests/EndToEndTests/Rulebooks/shares Tests/EndToEndTests/Cases/shares.yaml")
    #expect(
      run.output.visible == """
        Shares (shares)
        Decided for 2024-02-01

        Share
          cannot be decided yet: facts are missing; between 0.00 EUR and 100.00 EUR
          ✓ `household.claims`
          Still needed:
            - Heirs (household.heirs)
          Possible faults, depending on what is missing:
            - something is divided by zero (division_by_zero): household.amount, Tests/EndToEndTests/Rulebooks/shares/shares.yaml:8:59

        """)
  }

  @Test func saysThatNoLawIsInForce() {
    let run = annona(simulate + " --today 2023-12-31")
    #expect(run.output.contains("School meals: Ana\n  no law is in force for this date\n"))
  }

  @Test func listsValuesThatAreAskedFor() {
    let run = annona(
      simulate + " --only person/rui.age --only household.needy --suppose person.age=12")
    #expect(
      run.output.visible.contains(
        "Decided for 2025-09-01\nSet for this case: person.age = 12 years\n"))
    #expect(
      run.output.visible.hasSuffix(
        """

        Values:
          household.needy = yes
          person/rui.age = 12 years (set for this case)

        """))
  }

  @Test func readsTheCaseFromStandardInput() {
    let run = annona(
      "simulate Tests/EndToEndTests/Rulebooks/school_meals - --today 2025-09-01",
      input: #"{"household": {"income": "900", "children": []}}"#)
    #expect(run.output.hasSuffix("\n\nSchool meals\n  does not apply\n"))
    #expect(run.status == 0)
  }

  @Test func writesJSON() {
    let run = annona(simulate + " --format json --only person/rui.amount")
    #expect(run.status == 0)
    #expect(
      run.output.contains(
        """
            {
              "benefit": "school_meals",
              "for": "rui",
              "outcome": "entitled",
              "amount": "21.45 EUR/month",
              "reasons": [
                {
                  "id": "person/rui.entitled.age",
                  "state": "met",
                  "text": "rui is of school age.",
                  "cites": "act s. 1",
                  "margin": {
                    "left": "13 year",
                    "right": "17 year",
                    "difference": "-4 year"
                  },
                  "exception": null,
                  "alternative_of": null
                },

        """))
    #expect(
      run.output.hasSuffix(
        """
          "values": {
            "person/rui.amount": "21.45 EUR/month"
          }
        }

        """))
  }

  @Test func givesBoundsAndNeedsInJSON() {
    let run = annona(
      simulate + " --format json --set household.income=unknown --set household.hardship=false")
    #expect(
      run.output.contains(
        """
              "needs": [
                "household.income"
              ],
              "bounds": {
                "from": "0 EUR/month",
                "to": "21.45 EUR/month"
              },

        """))
  }

  @Test func listsPaymentsByTheirDates() {
    let run = annona(
      "simulate Tests/EndToEndTests/Rulebooks/birth_grant.yaml - --today 2024-06-01",
      input: "household: { born: 2024-01-31, resident: true }\n")
    #expect(
      run.output.visible.hasSuffix(
        """

        Birth grant
          entitled
          Payments:
            - 2024-02-29: 500.00 EUR
            - 2024-02-29: 100.00 EUR
            - 2024-03-31: 100.00 EUR
            - 2024-04-30: 100.00 EUR
            - 800.00 EUR in all
          ✓ condition entitled

        """))
  }

  @Test func namesWhoDecidesAndWhoHearsAnAppeal() {
    let simulate = "simulate Tests/EndToEndTests/Rulebooks/birth_grant.yaml - --today 2024-06-01"
    let input = "household: { born: 2024-01-31, resident: false }\n"
    #expect(
      annona(simulate, input: input).output.visible.hasSuffix(
        """

        Birth grant
          not entitled
          ✗ condition entitled
          Decided by: Municipality
          Appeal to: Administrative court, within 28 days

        """))
    #expect(
      annona(simulate + " --format json", input: input).output.contains(
        """
              "authority": "Municipality",
              "appeal": {
                "to": "Administrative court",
                "within": "28 day",
                "effect": null,
                "cites": null
              },

        """))
  }

  @Test func equalRunsGiveEqualBytes() {
    for line in [simulate, simulate + " --format json --all"] {
      let first = annona(line)
      for _ in 0..<3 { #expect(annona(line) == first) }
    }
  }

  @Test func coloursOnATerminalOnly() {
    #expect(annona(simulate, coloured: true).output.contains("\u{1B}[32m✓\u{1B}[0m"))
    #expect(!annona(simulate).output.contains("\u{1B}"))
  }

  @Test func aFaultyRulebookIs3() {
    let run = annona("simulate Tests/EndToEndTests/Rulebooks/faulty.yaml -", input: "")
    #expect(run.status == 3)
    #expect(run.output.isEmpty)
    #expect(run.problems.hasPrefix("error[K001] "))
  }

  @Test func aFaultyCaseIs4AndItsValuesStayHidden() {
    let line = "simulate Tests/EndToEndTests/Rulebooks/school_meals -"
    let text = "today: 2025-09-01\nhousehold: { incme: 12_345 }\n"
    let hidden = annona(line, input: text)
    #expect(hidden.status == 4)
    #expect(hidden.output.isEmpty)
    #expect(
      hidden.problems == """
        error[F004] -:2:14: `household` has no fact `incme`
          help: write `income`

        """)
    let shown = annona(line + " --show-values", input: text)
    #expect(shown.problems.contains("  2 | household: { incme: 12_345 }\n"))
  }

  @Test func everyProblemOfTheCaseIsReported() {
    let run = annona(
      simulate + " --set household.incme=3 --set nonsense --set person/zoe.birth_date=2020-01-01")
    #expect(
      run.problems == """
        error[F004] --set:1:11: `household` has no fact `incme`
          help: write `income`

        error[A002] --set:1:1: this does not set a fact
          help: write the fact, `=` and its value, such as `household.income=12_000`

        error[A003] --set:1:1: the case has no `person/zoe`
          help: write the entity and the id that the case uses, such as `person/maria`

        """)
    #expect(run.status == 4)
  }

  @Test(arguments: [
    ("--today tomorrow", "`--today tomorrow` is no date: write it as in `--today 2025-03-01`"),
    (
      "--only person.agee",
      "the rulebook has no rule or benefit `person.agee`, did you mean `person.age`?"
    ),
    ("--only person/anna.age", "the case has no `person` called `anna`, did you mean `ana`?"),
    (
      "--suppose person.age",
      "`person.age` sets no rule: write its name, `=` and a value, such as `household.tier=3`"
    ),
    (
      "--suppose person.age=old",
      "`old` is no value of `person.age`, which is a number in `year`"
    ),
    (
      "--suppose person.entitled=yes",
      "`yes` is no value of `person.entitled`, which is `true` or `false`"
    ),
    ("--suppose school_meals=3", "`school_meals` is a benefit: set the rule that it names"),
  ])
  func namesWhatNamesNothing(_ options: String, _ problem: String) {
    #expect(
      annona(simulate + " " + options)
        == RecordedRun(output: "", problems: "Error: \(problem)\n", status: 64))
  }

  @Test func asksForADate() {
    let run = annona(
      "simulate Tests/EndToEndTests/Rulebooks/school_meals -", input: "household: {}\n")
    #expect(run.status == 64)
    #expect(
      run.problems
        == "Error: the case does not say for which date to decide: add `--today`, such as `--today 2025-03-01`\n"
    )
  }

  @Test func aRulebookWithoutACaseDecidesNothing() {
    let run = annona("simulate Rules/pt/ias -", input: "x: 1\n")
    #expect(run.status == 4)
    #expect(
      run.problems == """
        error[A001] -:1:1: the rulebook has no entity, so that it cannot decide a case
          help: name a rulebook that has `case:` in its header

        """)
  }
}

extension String {
  /// With plain spaces for those at which no line may break.
  var visible: String { replacing("\u{A0}", with: " ") }
}
