import Annona

/// A rulebook of many rules: of every ten, five formulas that read a parameter and a rule before them, two tables, one with
/// exceptions, one that aggregates over members, one of conditions.
enum GeneratedRulebook {
  static let file = SourceFile(path: "generated.yaml", text: text(rules: 1_300))

  /// One whose decision reaches 134 of the rules.
  static let household = SourceFile(
    path: "household.yaml",
    text: """
      today: 2025-03-01
      household:
        income: 2_500
        size: 4
        alone: false
        children:
          maria: { birth_date: 2024-09-10, income: 0 }
          rui: { birth_date: 2020-01-02, income: 10 }
      """)

  static func text(rules count: Int) -> String {
    var lines = [
      """
      rulebook: bench.generated
      title: Generated
      language: en
      currency: EUR
      case: household
      in_force: { from: 2020-01-01 }
      calendar: { month_overflow: last_day, leap_day_birthday: mar_1 }
      entities:
        household:
          facts:
            income: { type: EUR/month, min: 0 }
            size: { type: integer, min: 1, max: 12 }
            alone: boolean
          has: { children: list of person }
        person:
          facts:
            birth_date: { type: date, varies: never, max: today }
            income: { type: EUR/month, min: 0 }
      parameters:
      """
    ]
    for index in 0..<count / 10 {
      lines.append(
        "  p\(index): { type: EUR/month, until_further_notice: true, values: { 2020-01-01: \(100 + index), "
          + "2023-01-01: \(110 + index), 2025-01-01: \(120 + index) } }")
    }
    lines.append("rules:")
    for index in 0..<count { lines.append(rule(index, parameters: count / 10)) }
    lines.append(
      """
      benefits:
        grant: { title: Grant, entitled: household.r9, amount: household.r\(count - 9) }
      """)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func rule(_ index: Int, parameters: Int) -> String {
    let before = index >= 10 ? "r\((index / 10 - 1) * 10)" : "p0"
    let parameter = "p\(index / 10 % parameters)"
    switch index % 10 {
    case 0...4:
      return index % 10 == 0
        ? "  household.r\(index): max(0, min(\(before), income) - \(parameter) / 4)"
        : "  household.r\(index): { value: \(before) * \(index % 10 + 1) / 3 + \(parameter), round: 0.01 half_up }"
    case 5, 6:
      return """
          household.r\(index):
            type: EUR/month
            table: |
              size   | income             || value
              1      | up to \(1000 + index) || \(index).50
              1      | above \(1000 + index) || 0
              2 to 5 | -                  || \(index).75
              above 5 | up to 3000        || \(index)
              above 5 | above 3000        || 1
        """
    case 7:
      return """
          household.r\(index):
            value: \(parameter)
            exceptions:
              single: { when: alone and size > 1, value: base * 2 }
        """
    case 8:
      return
        "  household.r\(index): sum((children where age(birth_date) < 18 years).income) + \(parameter)"
    default:
      return """
          household.r\(index):
            all:
              poor: income <= \(parameter) * 40
              young: some c in children satisfies age(c.birth_date) < 18 years
              small: size < 13
        """
    }
  }
}
