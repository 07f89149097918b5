import AnnonaLanguage

// Rulebooks that can be read and mean nothing, or ask for more than can be done.
extension BadInput {
  private static let house = """
    entities:
      household:
        facts: { n: integer, income: { type: EUR/month, min: 0 }, age: { type: years, min: 0 }, since: date }
        has: { people: list of person }
      person: { facts: { amount: EUR } }

    """

  private static func rule(_ text: String) -> String { house + "rules:\n  household.a: \(text)\n" }

  static let rulebooks: [BadInput] = [
    BadInput("euros and dollars", ["U002"], rules: rule("1 EUR + 1 USD")),
    BadInput("per month and per year", ["U002"], rules: rule("1 EUR/month + 1 EUR/year")),
    BadInput("a number without its unit", ["U002"], rules: rule("income > 160")),
    BadInput("a name one letter off", ["N001"], rules: rule("incme > 160 EUR/month")),
    BadInput("a key one letter off", ["K001"], rules: rule("{ vlaue: 1 }")),
    BadInput("a day that does not exist", ["X010"], rules: rule("2023-02-30")),
    BadInput(
      "a circle of three rules", ["R002"],
      rules: house
        + """
        rules:
          household.a: { type: number, value: b + 1 }
          household.b: { type: number, value: c + 1 }
          household.c: { type: number, value: a + 1 }

        """),
    BadInput(
      "a circle through a date", ["R002"],
      rules: rule("{ type: number, value: 1 + (a at since) }")),
    BadInput("a table with a gap", ["T002"], rules: table("below 3 || 1", "above 3 || 2")),
    BadInput("a table with an overlap", ["T001"], rules: table("up to 3 || 1", "from 3 || 2")),
    BadInput(
      "a table with a dead row", ["T003"],
      rules: table("- || 1", "up to 3 || 2", hit: "first")),
    BadInput(
      "exceptions with one condition", ["R021"],
      rules: exceptions("age < 3 years", "age < 3 years")),
    BadInput(
      "exceptions of which one implies the other", ["R021"],
      rules: exceptions("age < 3 years", "age < 18 years")),
    BadInput(
      "a parameter's dates with a hole", ["P010"],
      rules: house
        + """
        parameters:
          p:
            type: EUR
            until_further_notice: true
            values:
              2020-01-01: { value: 1, through: 2020-12-31 }
              2022-01-01: 2
        rules: { household.a: 2 * p }

        """),
    BadInput(
      "parentheses 10 000 deep", ["X070"],
      rules: rule(
        String(repeating: "(", count: 9_000) + "1" + String(repeating: ")", count: 9_000))),
    BadInput(
      "a number of 100 000 digits", ["X071"], rules: rule(String(repeating: "9", count: 100_000))),
    BadInput(
      "a number of 2 000 digits", ["X007"], rules: rule(String(repeating: "9", count: 2_000))),
    BadInput("a function that expands 2^30 times", ["R014"]) {
      Array(
        (header + house + "functions:\n  f0: { takes: { n: integer }, value: n }\n"
          + (1...30).map {
            "  f\($0): { takes: { n: integer }, value: f\($0 - 1)(n) + f\($0 - 1)(n) }\n"
          }
          .joined() + "rules: { household.a: f30(n) }\n").utf8)
    },
    BadInput("a name with 100 000 letters", ["Y017"]) {
      Array(
        (header + house + "rules:\n  household.\(String(repeating: "a", count: 100_000)): 1\n").utf8
      )
    },
    BadInput("a table of 10 000 rows that overlap", ["T004"]) {
      let rows = (0..<5_000).map { "        \($0) || 1\n        \($0) || 2\n" }
      return Array(
        (header + house + "rules:\n  household.a:\n    table: |\n        n || value\n"
          + rows.joined()).utf8)
    },
    BadInput("1 000 exceptions that all clash", ["R021", "R023"]) {
      let all = (0..<1_000).map { "      e\($0): { when: n > 0, value: \($0) }\n" }
      return Array(
        (header + house + "rules:\n  household.a:\n    value: 1\n    exceptions:\n" + all.joined())
          .utf8)
    },
  ]

  private static func table(_ rows: String..., hit: String = "unique") -> String {
    house + "rules:\n  household.a:\n    hit: \(hit)\n    table: |\n      age || value\n"
      + rows.map { "      \($0)\n" }.joined()
  }

  private static func exceptions(_ one: String, _ other: String) -> String {
    house
      + """
      rules:
        household.a:
          value: 1
          exceptions:
            one: { when: \(one), value: 2 }
            two: { when: \(other), value: 3 }

      """
  }
}
