import Support

/// Makes models at random, small enough that every household can be tried.
struct Generator {
  private(set) var random: SeededRandom
  private var model = Model()
  /// Whether the terms being made may read facts of a member, and no others.
  private var isOfMember = false
  /// Models without numbers, whose outcomes the engine must tell exactly.
  private let isPlain: Bool

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    isPlain = random.below(4) == 0
  }

  static func model(seed: UInt64) -> Model {
    var generator = Generator(seed: seed)
    generator.declare()
    for _ in 0..<(1 + generator.random.below(3)) { generator.addRule() }
    return generator.model
  }

  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }
  private mutating func one<Element>(_ elements: [Element]) -> Element {
    elements[random.below(elements.count)]
  }

  // MARK: - Facts

  private mutating func declare() {
    let hasMembers = chance(40)
    let count = hasMembers ? 1 + random.below(2) : 2 + random.below(3)
    for index in 0..<count {
      model.facts.append(fact(["a", "b", "c", "d"][index], isOptional: !isPlain && chance(15)))
    }
    guard hasMembers else { return }
    model.members = chance(80) ? ["ana", "rui"] : ["ana"]
    model.memberFacts = [FactModel(name: "m", kind: .truth, values: truths)]
    if !isPlain { model.memberFacts.append(number("k")) }
    if model.members.count == 2, model.memberFacts.count == 2 {
      // Five facts in all.
      model.facts = Array(model.facts.prefix(1))
    }
  }

  private let truths: [Item] = [.truth(false), .truth(true)]

  private mutating func fact(_ name: String, isOptional: Bool) -> FactModel {
    let kinds: [Kind] = isPlain ? [.truth, .truth, .colour] : [.truth, .colour, .number, .number]
    var fact =
      switch isOptional ? .number : one(kinds) {
      case .truth: FactModel(name: name, kind: .truth, values: truths)
      case .colour: FactModel(name: name, kind: .colour, values: (0...2).map { .colour($0) })
      case .number: number(name)
      }
    if isOptional { fact.values.append(.null) }
    return fact
  }

  private mutating func number(_ name: String) -> FactModel {
    let low = -random.below(2)
    let values = (low...(low + 1 + random.below(2))).map { Item.number(Fraction($0)) }
    return FactModel(name: name, kind: .number, values: values)
  }

  // MARK: - Rules

  private mutating func addRule() {
    let kind: Kind =
      isPlain ? one([.truth, .truth, .colour]) : one([.truth, .number, .number, .colour])
    var rule = RuleModel(kind: kind, body: body(kind))
    if chance(20), !isConditions(rule.body) { rule.when = term(.truth, 1) }
    if kind == .number, chance(20) { rule.rounds = true }
    if kind == .number, chance(15) { rule.maximum = 2 }
    if chance(45) {
      rule.exceptions = exceptions(kind, depth: 0, of: rule)
    }
    model.rules.append(rule)
  }

  private func isConditions(_ body: BodyModel) -> Bool {
    if case .conditions = body { return true }
    return false
  }

  private mutating func body(_ kind: Kind) -> BodyModel {
    switch random.below(kind == .truth ? 6 : 5) {
    case 0, 1:
      let branches = (0...random.below(2)).map { _ in
        (when: term(.truth, 2), value: term(kind, 1))
      }
      return .cases(branches, otherwise: chance(60) ? term(kind, 1) : nil)
    case 2: return table(kind).map { .table($0) } ?? .value(term(kind, 3))
    case 5:
      return .conditions(
        every: chance(50), (0...(1 + random.below(2))).map { _ in term(.truth, 1) })
    default: return .value(term(kind, 3))
    }
  }

  private mutating func exceptions(
    _ kind: Kind, depth: Int, of rule: RuleModel
  ) -> [ExceptionModel] {
    let count = depth == 0 ? 1 + random.below(3) : 1
    return (0..<count).map { index in
      var exception = ExceptionModel(
        name: "e\(index)", when: term(.truth, 1),
        value: chance(30) ? .base : term(kind, 1))
      if index > 0, chance(60) { exception.prevailsOver = "e\(index - 1)" }
      exception.refines = rule.hasCondition && depth == 0 && chance(50)
      if depth == 0, chance(25) { exception.nested = exceptions(kind, depth: 1, of: rule) }
      return exception
    }
  }

  // MARK: - Tables

  /// A unique table is made complete and without overlap: each row takes one part of the first column.
  private mutating func table(_ kind: Kind) -> TableModel? {
    let facts = model.facts.indices.filter { !model.facts[$0].isOptional }
    guard !facts.isEmpty else { return nil }
    let hit: TableModel.Hit =
      kind == .number
      ? one([.unique, .first, .first, .sum, .count, .min, .max]) : one([.unique, .first])
    let fact = one(facts)
    var columns: [Term] = [.fact(fact)]
    if hit == .unique {
      let rows = model.facts[fact].values.map {
        (cells: [CellModel.items([$0])], value: term(kind, 1))
      }
      return TableModel(hit: hit, columns: columns, rows: rows)
    }
    var kinds = [model.facts[fact].kind]
    if chance(60) {
      let second: Kind = isPlain ? .truth : one([.truth, .number])
      columns.append(term(second, 1))
      kinds.append(second)
    }
    var rows = (0...random.below(3)).map { _ in
      (cells: kinds.map { cell($0) }, value: term(kind, 1))
    }
    if hit == .min || hit == .max {
      rows.append((cells: kinds.map { _ in .any }, value: term(kind, 1)))
    }
    return TableModel(
      hit: hit, columns: columns, rows: rows, otherwise: hit == .first ? term(kind, 1) : nil)
  }

  private mutating func cell(_ kind: Kind) -> CellModel {
    if chance(25) { return .any }
    switch kind {
    case .truth: return .items([.truth(chance(50))])
    case .colour:
      return .items((0...random.below(2)).map { _ in .colour(random.below(3)) })
    case .number:
      let low = random.below(3) - 1
      return chance(40)
        ? .range(low, low + 1 + random.below(2)) : .compare(one(Relation.allCases), low)
    }
  }

  // MARK: - Terms

  private mutating func term(_ kind: Kind, _ depth: Int) -> Term {
    if depth == 0 { return leaf(kind) }
    switch kind {
    case .truth: return truth(depth - 1)
    case .number: return number(depth - 1)
    case .colour:
      return chance(40)
        ? .choose(term(.truth, depth - 1), term(.colour, depth - 1), term(.colour, depth - 1))
        : leaf(.colour)
    }
  }

  private mutating func leaf(_ kind: Kind) -> Term {
    if isOfMember {
      let fitting = model.memberFacts.indices.filter { model.memberFacts[$0].kind == kind }
      if !fitting.isEmpty, chance(80) { return .ofMember(one(fitting)) }
    } else {
      let facts = model.facts.indices
        .filter { model.facts[$0].kind == kind && !model.facts[$0].isOptional }
      let rules = model.rules.indices.filter { model.rules[$0].kind == kind }
      let all =
        facts.map { Term.fact($0) } + facts.map { Term.fact($0) }
        + rules.map { Term.rule($0) }
      if !all.isEmpty, chance(85) { return one(all) }
    }
    switch kind {
    case .truth: return .truth(chance(50))
    case .colour: return .colour(random.below(3))
    case .number: return .number(random.below(4) - 1)
    }
  }

  private mutating func truth(_ depth: Int) -> Term {
    switch random.below(isOfMember ? 7 : 10) {
    case 0: return .not(term(.truth, depth))
    case 1: return .every((0...(1 + random.below(2))).map { _ in term(.truth, depth) })
    case 2: return .some((0...(1 + random.below(2))).map { _ in term(.truth, depth) })
    case 3, 4:
      if isPlain {
        return .compare(
          chance(50) ? .equal : .unequal, term(isOfMember ? .truth : .colour, depth),
          leaf(isOfMember ? .truth : .colour))
      }
      return .compare(one(Relation.allCases), term(.number, depth), term(.number, depth))
    case 5: return .choose(term(.truth, depth), term(.truth, depth), term(.truth, depth))
    case 6:
      let kind: Kind = isPlain || chance(40) ? (isOfMember ? .truth : .colour) : .number
      if kind == .truth { return leaf(.truth) }
      return .among(term(kind, depth), (0...(1 + random.below(2))).map { _ in leaf(kind) })
    case 7:
      if let optional = model.facts.firstIndex(where: \.isOptional) { return .isNull(optional) }
      return leaf(.truth)
    default:
      guard !model.members.isEmpty else { return leaf(.truth) }
      return .quantified(every: chance(50), ofMember { $0.term(.truth, depth) })
    }
  }

  private mutating func number(_ depth: Int) -> Term {
    switch random.below(isOfMember ? 6 : 9) {
    case 0, 1, 2:
      let operation = one(Operation.allCases)
      let right = term(.number, depth)
      // A divisor that is the figure 0 does not load.
      if operation == .divide, case .number = right {
        return .calculate(.divide, term(.number, depth), .number(2))
      }
      return .calculate(operation, term(.number, depth), right)
    case 3: return .choose(term(.truth, depth), term(.number, depth), term(.number, depth))
    case 4:
      let operands = (0...1).map { _ in term(.number, depth) }
      return chance(50) ? .least(operands) : .greatest(operands)
    case 5: return .floor(term(.number, depth))
    case 6:
      if let optional = model.facts.firstIndex(where: \.isOptional) {
        return .orElse(optional, term(.number, depth))
      }
      return leaf(.number)
    default:
      guard !model.members.isEmpty else { return leaf(.number) }
      let test = chance(60) ? ofMember { $0.term(.truth, min(depth, 1)) } : nil
      guard model.memberFacts.count > 1, chance(70) else { return .count(where: test) }
      let aggregation = one([Aggregation.sum, .sum, .min, .max])
      return .aggregate(
        aggregation, of: 1, where: test,
        default: aggregation != .sum && chance(60) ? random.below(3) : nil)
    }
  }

  private mutating func ofMember(_ make: (inout Generator) -> Term) -> Term {
    isOfMember = true
    defer { isOfMember = false }
    return make(&self)
  }
}
