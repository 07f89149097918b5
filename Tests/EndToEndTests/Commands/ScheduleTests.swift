import Support
import Testing

/// `simulate --from --through`: decisions over time.
@Suite struct ScheduleTests {
  private let meals =
    "simulate Tests/EndToEndTests/Rulebooks/school_meals Tests/EndToEndTests/Cases/school_meals.yaml"
  private let grant = "simulate Tests/EndToEndTests/Rulebooks/birth_grant.yaml -"
  private let family = "household: { born: 2024-01-31, resident: true }\n"

  @Test func joinsPeriodsThatComeToTheSame() {
    let run = annona(meals + " --from 2024-11 --through 2025-12-15")
    #expect(run.status == 0)
    #expect(
      run.output.visible == """
        School meals (school_meals)
        Decided from 2024-11-01 to 2025-12-15, each period as of its first day

        School meals: Ana
          2024-11 to 2024-12: 62.00 EUR/month
          2025-01 to 2025-12: 65.00 EUR/month
          904.00 EUR in all

        School meals: rui
          2024-11 to 2024-12: 20.46 EUR/month
          2025-01 to 2025-12: 21.45 EUR/month
          298.32 EUR in all

        School meals: Eva
          2024-11 to 2025-12: not entitled
          0.00 EUR in all

        All of it together: 1 202.32 EUR

        """)
  }

  @Test func saysWhatIsOpenOnceAndGivesNoTotal() {
    let run = annona(
      meals + " --from 2025-12 --through 2026-02 --language pt --set household.hardship=unknown"
        + " --set household.children=unknown")
    #expect(
      run.output.visible.hasSuffix(
        """

        Refeições escolares
          2025-12 a 2026-02: ainda não se pode decidir: faltam dados; entre 0,00 EUR/mês e 65,00 EUR/mês
          Falta saber:
            - Crianças (household.children)
          Porque tem de ser decidido por um funcionário:
            - Carência especial (household.hardship): a apreciar pelo serviço `officer`
            - Limite de rendimento (income_limit): The order for 2026 was not available.

        """))
  }

  /// Nobody can say what is paid in all while one month is not law.
  @Test func periodsWithoutLawHaveNoTotal() {
    let run = annona(meals + " --from 2023-12 --through 2024-01")
    #expect(
      run.output.visible.contains(
        """
        School meals: Ana
          2023-12: no law is in force for this date
          2024-01: 62.00 EUR/month

        School meals: rui

        """))
  }

  @Test func paymentsStandOnTheirDates() {
    let run = annona(grant + " --from 2024-02-29 --through 2024-03", input: family)
    #expect(
      run.output.visible == """
        Birth grant (birth_grant)
        Decided from 2024-02-29 to 2024-03-31, each period as of its first day

        Birth grant
          2024-02-29: 500.00 EUR
          2024-02-29: 100.00 EUR
          2024-03-31: 100.00 EUR
          700.00 EUR in all

        """)
    #expect(
      annona(grant + " --from 2030-01 --through 2030-12", input: family).output.visible.hasSuffix(
        "\nBirth grant\n  no payment falls in this time\n  0.00 EUR in all\n"))
  }

  @Test func writesEveryPeriodInJSON() {
    let payments = annona(
      grant + " --from 2024-02 --through 2024-02 --format json", input: family)
    #expect(
      payments.output == """
        {
          "rulebook": "birth_grant",
          "from": "2024-02-01",
          "through": "2024-02-29",
          "benefits": [
            {
              "benefit": "birth_grant",
              "for": null,
              "periods": [
                {
                  "payment": "first",
                  "date": "2024-02-29",
                  "outcome": "entitled",
                  "amount": "500 EUR",
                  "bounds": null,
                  "needs": [],
                  "referrals": [],
                  "faults": []
                },
                {
                  "payment": "monthly",
                  "date": "2024-02-29",
                  "outcome": "entitled",
                  "amount": "100 EUR",
                  "bounds": null,
                  "needs": [],
                  "referrals": [],
                  "faults": []
                }
              ],
              "total": "600 EUR"
            }
          ],
          "total": "600 EUR"
        }

        """)
  }

  /// A year begins where the calendar says, and is named by its first day.
  @Test func yearsBeginWhereTheCalendarSays() throws {
    let folder = try TemporaryFolder([
      "rebate.yaml": """
      rulebook: rebate
      title: Rebate
      currency: NZD
      case: household
      in_force: { from: 2020-07-01 }
      calendar: { year_starts: 07-01 }
      entities: { household: { facts: { rates: { type: NZD/year, min: 0 } } } }
      rules: { household.qualifies: rates > 100 NZD/year }
      benefits: { rebate: { title: Rebate, entitled: household.qualifies, amount: household.rates } }
      """
    ])
    let run = annona(
      ["simulate", folder.path + "/rebate.yaml", "-", "--from", "2021-01", "--through", "2023-12"],
      input: "household: { rates: 240 }\n")
    #expect(
      run.output.visible.hasSuffix(
        "\nRebate\n  2021-07-01 to 2023-07-01: 240.00 NZD/year\n  720.00 NZD in all\n"))
  }

  @Test(arguments: [
    (
      "--from 2025-01",
      "a schedule needs its last month: add `--through`, such as `--through 2025-12`"
    ),
    (
      "--through 2025-01",
      "a schedule needs its first month: add `--from`, such as `--from 2025-01`"
    ),
    (
      "--from 2025-13 --through 2026-01",
      "`--from 2025-13` is no month and no date: write it as in `--from 2025-01`"
    ),
    (
      "--from 2025-02 --through 2025-01", "`--through 2025-01` comes before `--from 2025-02`"
    ),
    ("--from 1900-01 --through 2025-01", "a schedule goes over a hundred years at most"),
    (
      "--from 2025-01 --through 2025-02 --today 2025-01-01",
      "`--today` asks for one decision, `--from` for many: leave one of them out"
    ),
    (
      "--from 2025-01 --through 2025-02 --all",
      "`--all` and `--only` list the values of one decision: leave out `--from`"
    ),
  ]) func saysWhatIsWrongWithTheStretch(_ options: String, _ problem: String) {
    #expect(
      annona(meals + " " + options)
        == RecordedRun(output: "", problems: "Error: \(problem)\n", status: 64))
  }
}

/// When a decision is to be looked at again.
@Suite struct ReviewTests {
  private let meals =
    "simulate Tests/EndToEndTests/Rulebooks/school_meals Tests/EndToEndTests/Cases/school_meals.yaml"

  @Test func closesEachSettledDecision() {
    let run = annona(meals + " --today 2024-06-01 --language pt")
    let lines = run.output.split(separator: "\n")
    #expect(
      lines.filter { $0.hasPrefix("  A rever") } == [
        "  A rever até 2025-01-01", "  A rever até 2025-01-01", "  A rever até 2028-02-28",
      ])
  }

  @Test func standsInJSONAndIsNullWhileSomethingIsOpen() {
    let dated = annona(meals + " --today 2024-06-01 --format json --only person/ana.age")
    #expect(dated.output.contains("      \"next_review_on\": \"2025-01-01\"\n"))
    let open = annona(meals + " --format json --set household.children=unknown")
    #expect(open.output.contains("      \"next_review_on\": null\n"))
  }

  @Test func anEmptyListIsNotDecidedForAnybody() {
    let run = annona(
      "simulate Tests/EndToEndTests/Rulebooks/school_meals - --today 2025-09-01",
      input: #"{"household": {"income": "900", "children": []}}"#)
    #expect(run.output.hasSuffix("\n\nSchool meals\n  does not apply\n"))
  }
}
