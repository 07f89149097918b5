import Support
import Testing

@Suite struct ExplainCommandTests {
  private let explain =
    "explain Tests/EndToEndTests/Rulebooks/school_meals Tests/EndToEndTests/Cases/school_meals.yaml"

  @Test func showsWhatABenefitComesFrom() {
    let run = annona(explain + " school_meals/rui")
    #expect(
      run.output.visible == """
        School meals: rui (2025-09-01)
          yes ← person.entitled
            ✓ rui is of school age. (School Meals Act, s. 1)
              13 years ← Age
                2012-01-31 ← Date of birth (given)
            yes ← person.entitled.needy
              yes ← In need
                ✗ The income is above the limit. (School Meals Act, s. 2(1))
                  1 240.00 EUR/month ← Income (given)
                  1 200.00 EUR/month ← Income limit (School Meals Act, s. 2; 2024-01-01 to 2025-12-31)
                ✓ There is special hardship. (School Meals Act, s. 2(2))
                  yes ← Special hardship (given by caseworker; observed on 2025-08-20)
          21.45 EUR/month ← Paid for meals (School Meals Act, s. 4)
            3.25 EUR ← Price of a meal (School Meals Act, s. 4; from 2025-01-01)
            33 % ← Share that is paid
              13 years ← Age (see above)
              33 % ← row 2 (School Meals Act, s. 3(2))
            21.45 EUR/month ← rounded to 0.01 EUR/month (halves away from zero)

        """)
    #expect(run.status == 0)
  }

  /// A fact that varies is told with the month, year or day that it was read for, where that is not the day decided for.
  @Test func saysAsOfWhenAFactIsRead() throws {
    let folder = try TemporaryFolder([
      "pay.yaml": """
      rulebook: pay
      language: en
      currency: EUR
      case: household
      in_force: { from: 2024-01-01 }
      entities:
        household:
          facts:
            applied: { type: date, varies: never, title: Applied }
            salary: { type: EUR/month, min: 0, varies: monthly, title: Salary }
            home: { type: boolean, varies: daily, title: At home }
      rules:
        household.mean: mean(salary over last 2 months)
        household.at_application: home at applied
        household.at_present: home
        household.poor: mean < 2_000 EUR/month
      benefits: { grant: { entitled: household.at_application or household.at_present or household.poor } }

      """,
      "case.yaml": """
      today: 2024-03-05
      household: { applied: 2024-02-10, salary: { 2024-01..2024-02: 1_600 }, home: { 2024-01-01: true } }

      """,
    ])
    let command = ["explain", folder.path + "/pay.yaml", folder.path + "/case.yaml"]
    let run = annona(command + ["household.mean"])
    #expect(
      run.output.visible == """
        1 600.00 EUR/month ← household.mean
          1 600.00 EUR/month ← Salary, 2024-01 (given)
          1 600.00 EUR/month ← Salary, 2024-02 (given)

        """)
    let then = annona(command + ["household.at_application"]).output.visible
    #expect(then.contains("yes ← At home, 2024-02-10 (given)\n"), "\(then)")
    let now = annona(command + ["household.at_present"]).output.visible
    #expect(now.contains("yes ← At home (given)\n"), "\(now)")
  }

  @Test func showsTheExceptionThatFired() {
    let run = annona(explain + " person/rui.share --set household.refugees=true --language pt")
    #expect(
      run.output.visible == """
        100 % ← Parte que é paga: rui
          100 % ← exceção refugees (Lei das Refeições Escolares, s. 3(3))
            sim ← Refugiados (declarado)
          a regra sem as suas exceções (afastado por Lei das Refeições Escolares, s. 3(3))

        """)
  }

  @Test func showsAnAuditorOperationsIdsAndPlaces() {
    let run = annona(explain + " person/rui.share --audience auditor")
    let place = "Tests/EndToEndTests/Rulebooks/school_meals/school_meals.yaml"
    #expect(
      run.output.visible.hasPrefix("33 % ← Share that is paid: rui [person/rui.share, \(place):"))
    #expect(run.output.visible.contains("\n    13 years ← age(birth_date)\n"))
    #expect(
      run.output.visible.contains(
        "\n  row 1 (does not apply; School Meals Act, s. 3(1)) [person/rui.share.row_1, \(place):86:7]\n"
      ))
  }

  @Test func explainsEveryBenefitWithoutAName() {
    let run = annona(explain)
    let headings = run.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(
      headings == [
        "School meals: Ana (2025-09-01)", "School meals: rui (2025-09-01)",
        "School meals: Eva (2025-09-01)",
      ])
  }

  @Test func explainsARuleOfEveryMember() {
    let run = annona(explain + " person.age")
    #expect(
      run.output.visible == """
        8 years ← Age: Ana
          2017-05-04 ← Date of birth (given)

        13 years ← Age: rui
          2012-01-31 ← Date of birth (given)

        3 years ← Age: Eva
          2022-02-28 ← Date of birth (given)

        """)
  }

  @Test func writesJSON() {
    let run = annona(explain + " person/ana.age --format json")
    #expect(
      run.output == """
        {
          "rulebook": "school_meals",
          "today": "2025-09-01",
          "explanations": [
            {
              "benefit": null,
              "for": null,
              "outcome": null,
              "why": [
                {
                  "id": "person/ana.age",
                  "kind": "rule",
                  "title": "Age",
                  "state": "known",
                  "value": "8 year",
                  "determining": true,
                  "place": "Tests/EndToEndTests/Rulebooks/school_meals/school_meals.yaml:56:10",
                  "because": [
                    {
                      "id": "person/ana.age#0",
                      "kind": "operation",
                      "state": "known",
                      "value": "8 year",
                      "determining": true,
                      "place": "Tests/EndToEndTests/Rulebooks/school_meals/school_meals.yaml:56:55",
                      "because": [
                        {
                          "id": "person/ana.birth_date",
                          "kind": "fact",
                          "title": "Date of birth",
                          "state": "known",
                          "value": "2017-05-04",
                          "given": "known",
                          "determining": true,
                          "place": "Tests/EndToEndTests/Rulebooks/school_meals/school_meals.yaml:56:59"
                        }
                      ]
                    }
                  ]
                }
              ],
              "counterfactuals": []
            }
          ]
        }

        """)
  }

  @Test func equalRunsGiveEqualBytes() {
    let line = explain + " --audience auditor"
    let first = annona(line)
    for _ in 0..<3 { #expect(annona(line) == first) }
  }

  @Test func namesWhatNamesNothing() {
    let run = annona(explain + " school_meal/ana")
    #expect(
      run
        == RecordedRun(
          output: "",
          problems:
            "Error: the rulebook has no rule or benefit `school_meal/ana`, did you mean `school_meals/ana`?\n",
          status: 64))
  }
}
