/// Writes a model down as the rulebook that the engine reads; parentheses everywhere, so that no precedence is relied on.
struct Printer {
  let model: Model
  /// How the facts of a member are written: `p.` inside `satisfies`, bare inside `where`.
  var memberPrefix = ""

  static let colours = ["red", "green", "blue"]

  /// Two files, with declarations in the order of the permutation.
  static func files(_ model: Model, order: Order = .asDeclared) -> [(name: String, text: String)] {
    let printer = Printer(model: model)
    let rules = order.arranged(model.rules.indices.map { printer.rule($0) })
    let half = order == .asDeclared ? rules.count : rules.count / 2
    let benefits = "benefits: { aid: { entitled: true } }\n"
    let first = printer.header(order) + benefits + "rules:\n" + rules[..<half].joined()
    guard half < rules.count else { return [("a.yaml", first)] }
    let second = "rules:\n" + rules[half...].joined()
    let start = half == 0 ? printer.header(order) + benefits : first
    return order == .reversed
      ? [("a.yaml", second), ("b.yaml", start)] : [("a.yaml", start), ("b.yaml", second)]
  }

  enum Order {
    case asDeclared, reversed

    func arranged(_ texts: [String]) -> [String] {
      self == .reversed ? texts.reversed() : texts
    }
  }

  private func header(_ order: Order) -> String {
    var text = """
      rulebook: test.random
      title: Random
      language: en
      currency: EUR
      case: household
      in_force: { from: 2000-01-01 }
      choices: { colour: [red, green, blue] }
      entities:
        household:
          facts:

      """
    text += order.arranged(model.facts.map { "      \(fact($0))\n" }).joined()
    text += "    has: { people: list of person }\n  person:\n    facts:\n"
    text += order.arranged(model.memberFacts.map { "      \(fact($0))\n" }).joined()
    if model.memberFacts.isEmpty { text += "      unused: boolean\n" }
    return text
  }

  private func fact(_ fact: FactModel) -> String {
    let optional = fact.isOptional ? ", optional: true" : ""
    switch fact.kind {
    case .truth: return "\(fact.name): { type: boolean\(optional) }"
    case .colour: return "\(fact.name): { type: colour\(optional) }"
    case .number:
      let numbers = fact.values.filter { $0 != .null }.map(\.fraction.top)
      let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
      return "\(fact.name): { type: integer, min: \(low), max: \(high)\(optional) }"
    }
  }

  // MARK: - Rules

  private func rule(_ index: Int) -> String {
    let rule = model.rules[index]
    var text = "  household.r\(index):\n    type: \(type(rule.kind))\n"
    if let when = rule.when { text += "    when: \(term(when))\n" }
    text += body(rule.body)
    if rule.rounds { text += "    round: 1 half_up\n" }
    if let maximum = rule.maximum { text += "    max: \(maximum)\n" }
    text += exceptions(rule.exceptions, "    ", asks: rule.hasCondition)
    return text
  }

  private func type(_ kind: Kind) -> String {
    switch kind {
    case .truth: "boolean"
    case .colour: "colour"
    case .number: "number"
    }
  }

  private func body(_ body: BodyModel) -> String {
    switch body {
    case .value(let value): return "    value: \(term(value))\n"
    case .conditions(let every, let conditions):
      return "    \(every ? "all" : "any"):\n"
        + conditions.enumerated().map { "      c\($0): \(term($1))\n" }.joined()
    case .cases(let branches, let otherwise):
      return "    cases:\n"
        + branches.map { "      - when: \(term($0.when))\n        value: \(term($0.value))\n" }
        .joined() + (otherwise.map { "      - otherwise: \(term($0))\n" } ?? "")
    case .table(let table): return self.table(table)
    }
  }

  private func exceptions(_ all: [ExceptionModel], _ margin: String, asks: Bool) -> String {
    guard !all.isEmpty else { return "" }
    var text = "\(margin)exceptions:\n"
    for exception in all {
      text += "\(margin)  \(exception.name):\n"
      text += "\(margin)    when: \(term(exception.when))\n"
      text += "\(margin)    value: \(term(exception.value))\n"
      if let other = exception.prevailsOver { text += "\(margin)    prevails_over: \(other)\n" }
      if asks { text += "\(margin)    refines: \(exception.refines)\n" }
      text += exceptions(exception.nested, margin + "    ", asks: false)
    }
    return text
  }

  private func table(_ table: TableModel) -> String {
    var text = "    hit: \(table.hit.rawValue)\n    table: |\n"
    text += "      \(table.columns.map { term($0) }.joined(separator: " | ")) || value\n"
    for row in table.rows {
      let cells = row.cells.map(cell).joined(separator: " | ")
      text += "      \(cells) || \(term(row.value))\n"
    }
    if let otherwise = table.otherwise {
      let empty = String(repeating: "| ", count: table.columns.count - 1)
      text += "      otherwise \(empty)|| \(term(otherwise))\n"
    }
    return text
  }

  private func cell(_ cell: CellModel) -> String {
    switch cell {
    case .any: "-"
    case .items(let items): items.map(item).joined(separator: ", ")
    case .compare(let relation, let number):
      "\(relation == .equal ? "" : relation.rawValue) \(number)"
    case .range(let low, let high): "\(low) to \(high)"
    }
  }

  private func item(_ item: Item) -> String {
    switch item {
    case .truth(let value): "\(value)"
    case .colour(let value): Self.colours[value]
    case .number(let value): "\(value.top)"
    case .null: "null"
    }
  }

  // MARK: - Terms

  func term(_ term: Term) -> String {
    switch term {
    case .truth(let value): return "\(value)"
    case .colour(let value): return "colour.\(Self.colours[value])"
    case .number(let value): return value < 0 ? "(\(value))" : "\(value)"
    case .fact(let index): return model.facts[index].name
    case .ofMember(let index): return memberPrefix + model.memberFacts[index].name
    case .rule(let index): return "r\(index)"
    case .base: return "base"
    case .not(let inner): return "(not \(self.term(inner)))"
    case .every(let terms): return joined(terms, " and ")
    case .some(let terms): return joined(terms, " or ")
    case .compare(let relation, let left, let right):
      return "(\(self.term(left)) \(relation.rawValue) \(self.term(right)))"
    case .calculate(let operation, let left, let right):
      return "(\(self.term(left)) \(operation.rawValue) \(self.term(right)))"
    case .choose(let condition, let then, let otherwise):
      return
        "(if \(self.term(condition)) then \(self.term(then)) else \(self.term(otherwise)))"
    case .least(let terms): return "min\(joined(terms, ", "))"
    case .greatest(let terms): return "max\(joined(terms, ", "))"
    case .among(let value, let others):
      return "(\(self.term(value)) in \(joined(others, ", ")))"
    case .floor(let inner): return "floor(\(self.term(inner)) to 1)"
    case .orElse(let fact, let other):
      return "coalesce(\(model.facts[fact].name), \(self.term(other)))"
    case .isNull(let fact): return "(\(model.facts[fact].name) = null)"
    case .count(let test): return "count(\(people(test)))"
    case .aggregate(let aggregation, let fact, let test, let fallback):
      let path = "\(people(test)).\(model.memberFacts[fact].name)"
      return "\(aggregation.rawValue)(\(path)\(fallback.map { " default \($0)" } ?? ""))"
    case .quantified(let every, let test):
      var inner = self
      inner.memberPrefix = "p."
      return "(\(every ? "every" : "some") p in people satisfies \(inner.term(test)))"
    }
  }

  private func people(_ test: Term?) -> String {
    guard let test else { return "people" }
    var inner = self
    inner.memberPrefix = ""
    return "(people where \(inner.term(test)))"
  }

  private func joined(_ terms: [Term], _ separator: String) -> String {
    "(" + terms.map { term($0) }.joined(separator: separator) + ")"
  }
}
