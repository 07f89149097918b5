import Support

/// Rules over one income: lines, staircases, branches, tables, scales and exceptions, nested at random.
struct RandomFormula {
  private var dice: SeededRandom
  private var rules: [String] = []

  init(seed: UInt64) { dice = SeededRandom(seed: seed) }

  /// A rulebook whose last rule is `household.goal`.
  static func rulebook(seed: UInt64) -> String {
    var formula = RandomFormula(seed: seed)
    return formula.rulebook()
  }

  private mutating func rulebook() -> String {
    var text = """
      entities:
        household:
          facts:
            income: { type: EUR, min: 0 }
            size: { type: integer, min: 1, max: 6 }
          has:
            children: list of person
        person:
          facts:
            wage: { type: EUR, min: 0 }

      rules:
        person.share: min(wage, household.income)

      """
    for index in 0..<4 {
      let name = index == 3 ? "household.goal" : "household.r\(index)"
      text += "  \(name):\n    type: EUR\n" + body()
      rules.append(name)
    }
    return text
  }

  private mutating func body() -> String {
    var text: String
    switch dice.below(6) {
    case 0: text = cases()
    case 1: text = table()
    case 2: text = scale()
    default: text = "    value: \(amount(3))\n"
    }
    if dice.below(3) == 0 { text += "    round: \(step()) \(mode())\n" }
    if dice.below(4) == 0 {
      let refines = text.contains("otherwise") || !text.contains("cases") ? "" : "refines: false, "
      text += """
            exceptions:
              special: { \(refines)when: "\(truth(1))", value: "\(dice.below(2) == 0 ? "base * 2" : amount(1))" }

        """
    }
    return text
  }

  private mutating func cases() -> String {
    """
        cases:
          - { when: "\(truth(2))", value: "\(amount(2))" }
          - { when: "\(truth(1))", value: "\(amount(1))" }
          - { otherwise: "\(amount(1))" }

    """
  }

  private mutating func table() -> String {
    let first = dice.below(200)
    let second = first + 1 + dice.below(100)
    return """
          table: |
            \(amount(1)) in EUR | size || value
            below \(first) | - || \(amount(0))
            \(first) to \(second) | up to 3 || \(amount(1))
            \(first) to \(second) | above 3 || \(amount(0))
            above \(second) | - || \(amount(1))

      """
  }

  private mutating func scale() -> String {
    let first = dice.below(100)
    return """
          scale:
            of: \(amount(1))
            brackets: |
              above | rate
              \(first) | \(dice.below(60)) %
              \(first + 1 + dice.below(150)) | \(dice.below(90)) %

      """
  }

  private mutating func amount(_ depth: Int) -> String {
    guard depth > 0 else {
      switch dice.below(5) {
      case 0, 1: return "income"
      case 2 where !rules.isEmpty: return rules[dice.below(rules.count)]
      default: return "\(dice.below(300)).\(10 + dice.below(90)) EUR"
      }
    }
    switch dice.below(12) {
    case 0: return "(\(amount(depth - 1)) + \(amount(depth - 1)))"
    case 1: return "(\(amount(depth - 1)) - \(amount(depth - 1)))"
    case 2: return "(\(amount(depth - 1)) * \(factor()))"
    case 3: return "(\(amount(depth - 1)) / \(2 + dice.below(12)))"
    case 4: return "min(\(amount(depth - 1)), \(amount(depth - 1)))"
    case 5: return "max(\(amount(depth - 1)), \(amount(depth - 1)))"
    case 6, 7: return "round(\(amount(depth - 1)) to \(step()) EUR \(mode()))"
    case 8:
      return "(if \(truth(depth - 1)) then \(amount(depth - 1)) else \(amount(depth - 1)))"
    case 9: return "sum(children.share)"
    case 10:
      return "sum(for c in children return max(c.share, \(amount(0))))"
    default:
      return "(count(children where share < \(amount(0))) * \(amount(depth - 1)))"
    }
  }

  private mutating func truth(_ depth: Int) -> String {
    let comparison = ["<", "<=", ">", ">=", "=", "!="][dice.below(6)]
    switch depth > 0 ? dice.below(5) : 0 {
    case 1: return "(\(truth(depth - 1)) and \(truth(depth - 1)))"
    case 2: return "(\(truth(depth - 1)) or size > \(dice.below(6)))"
    case 3: return "not (\(truth(depth - 1)))"
    case 4: return "(some c in children satisfies c.share >= \(amount(0)))"
    default: return "\(amount(depth)) \(comparison) \(amount(0))"
    }
  }

  private mutating func factor() -> String {
    ["2", "12", "0.25", "1/3", "-1", "-0.9", "5 %", "size"][dice.below(8)]
  }

  private mutating func step() -> String { ["0.01", "0.1", "1", "5"][dice.below(4)] }

  private mutating func mode() -> String {
    ["half_up", "half_even", "half_down", "up", "down", "floor", "ceiling"][dice.below(7)]
  }
}
