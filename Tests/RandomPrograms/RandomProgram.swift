import AnnonaLanguage
import AnnonaTesting
import AnnonaValues

/// A small program of a household with up to two children: booleans, small integers, rules that build on one another.
package struct RandomProgram {
  package var random: Dice
  package private(set) var program = Program()
  private var offset: Int32 = 0
  private let integer = ValueType.number(NumberType(isInteger: true))
  private let number = ValueType.number(NumberType())
  private var rulesSoFar: [(RuleID, ValueType)] = []
  /// Rules of a child, which may read the household's facts too.
  private var childRules: [(RuleID, ValueType)] = []
  private var isOfChild = false

  package init(_ seed: UInt64) {
    random = Dice(seed: seed)
    program.caseEntity = EntityID(0)
    program.inForce = InForce(from: CalendarDate.earliest)
    declare()
    if random.chance(50) { addChildRule() }
    for index in 0..<random.int(1...4) { addRule(index) }
  }

  private mutating func span() -> Span {
    offset += 1
    return Span(file: 0, start: offset, end: offset)
  }

  private mutating func declare() {
    var household = Entity(name: "household", span: span())
    var child = Entity(name: "child", span: span())
    func fact(_ name: String, _ entity: Int, _ type: ValueType) -> Fact {
      var fact = Fact(
        name: name, entity: EntityID(entity), type: type, span: Span(file: 0, start: 0, end: 0))
      if case .number = type.present {
        fact.minimum = .value(.number(Number(-1)))
        fact.maximum = .value(.number(Number(2)))
        fact.step = .one
      }
      return fact
    }
    program.facts = [
      fact("p", 0, .boolean), fact("q", 0, .boolean), fact("x", 0, integer),
      fact("y", 0, integer), fact("z", 0, .optional(integer)), fact("b", 1, .boolean),
      fact("n", 1, integer),
    ]
    household.facts = (0...4).map { FactID($0) }
    household.places = [PlaceID(0)]
    child.facts = [FactID(5), FactID(6)]
    child.container = EntityID(0)
    program.entities = [household, child]
    program.places = [
      Place(
        name: "children", holder: EntityID(0), member: EntityID(1), isList: true,
        isOptional: false, minimum: 0, maximum: 2, title: LocalizedText(), ask: LocalizedText(),
        span: span())
    ]
  }

  // MARK: - Rules

  private mutating func addChildRule() {
    let type = random.chance(50) ? ValueType.boolean : number
    var rule = Rule(name: "child.own", entity: EntityID(1), type: type, span: span())
    isOfChild = true
    rule.versions = [version(.value(expression(type, 2, [])))]
    if random.chance(30) { rule.when = expression(.boolean, 1, []) }
    isOfChild = false
    program.rules.append(rule)
    childRules.append((RuleID(program.rules.count - 1), type))
  }

  private mutating func addRule(_ index: Int) {
    let type = random.chance(50) ? ValueType.boolean : number
    var rule = Rule(
      name: "household.r\(index)", entity: EntityID(0), type: type, span: span())
    if type == .boolean, random.chance(40) {
      let conditions = (0..<random.int(2...3)).map { condition in
        var part = Rule(
          name: "household.r\(index).c\(condition)", entity: EntityID(0), type: .boolean,
          span: span())
        part.versions = [version(.value(expression(.boolean, 2, [])))]
        program.rules.append(part)
        return RuleID(program.rules.count - 1)
      }
      rule.versions = [version(.conditions(every: random.chance(50), conditions))]
    } else {
      rule.versions = [version(body(type))]
    }
    if random.chance(20) { rule.when = expression(.boolean, 1, []) }
    if type != .boolean, random.chance(20) { rule.maximum = .number(Number(3)) }
    if type != .boolean, random.chance(20) {
      rule.round = Rounding(step: constant(.number(.one), number), mode: .halfUp, span: span())
    }
    if random.chance(40) { rule.exceptions = exceptions(type, depth: 0) }
    program.rules.append(rule)
    rulesSoFar.append((RuleID(program.rules.count - 1), type))
  }

  private mutating func version(_ body: Body) -> Rule.Version {
    Rule.Version(from: nil, through: nil, citations: [], body: body, round: nil, span: span())
  }

  private mutating func exceptions(_ type: ValueType, depth: Int) -> [ExceptionRule] {
    let names = Array(["a", "b", "c"].prefix(random.int(1...(depth == 0 ? 3 : 1))))
    return names.enumerated().map { index, name in
      let value =
        random.chance(30)
        ? Expression(.base, type: type, span: span()) : expression(type, 1, [])
      let nested = depth == 0 && random.chance(25) ? exceptions(type, depth: 1) : []
      return ExceptionRule(
        name: name, when: expression(.boolean, 1, []), versions: [version(.value(value))],
        inForce: InForce(), round: nil,
        prevailsOver: index > 0 && random.chance(50) ? [names[index - 1]] : [],
        refines: random.chance(30), nested: nested, citations: [], span: span())
    }
  }

  private mutating func body(_ type: ValueType) -> Body {
    switch random.int(0...5) {
    case 0, 1:
      let branches = (0..<random.int(1...2)).map { _ in
        CaseBranch(
          when: expression(.boolean, 2, []), value: expression(type, 2, []), citations: [])
      }
      return .cases(branches, otherwise: random.chance(60) ? expression(type, 1, []) : nil)
    case 2, 3: return .table(table(type))
    default: return .value(expression(type, 4, []))
    }
  }

  private mutating func table(_ type: ValueType) -> Table {
    let inputs = (0..<random.int(1...2)).map { _ in
      expression(random.chance(30) ? .boolean : integer, 1, [])
    }
    let rows = (0..<random.int(1...4)).map { row in
      let isLast = random.chance(15)
      return Table.Row(
        name: "row_\(row + 1)",
        cells: isLast ? [] : inputs.map { cell($0.type) }, outputs: [expression(type, 1, [])],
        isOtherwise: isLast, isImpossible: false, citation: nil, span: span())
    }
    let policies: [HitPolicy] =
      type == .boolean ? [.unique, .first] : [.unique, .unique, .first, .sum, .min, .max, .count]
    return Table(
      hit: random.one(policies), inputs: inputs, outputs: [("value", type)], rows: rows,
      span: span())
  }

  private mutating func cell(_ type: ValueType) -> Cell {
    let tests: [Cell.Test] = (0..<random.int(0...2)).map { _ in
      if type == .boolean {
        return .compare(.equal, constant(.boolean(random.chance(50)), .boolean))
      }
      let low = constant(.number(Number(random.int(-1...2))), integer)
      if random.chance(30) {
        let high = constant(.number(Number(random.int(0...3))), integer)
        return .range(
          low, includesLow: random.chance(50), high, includesHigh: random.chance(50))
      }
      return .compare(random.one(Comparison.allCases), low)
    }
    return Cell(tests: tests, span: span())
  }

  // MARK: - Expressions

  private mutating func constant(_ value: Value, _ type: ValueType) -> Expression {
    Expression(.constant(value), type: type, span: span())
  }

  private mutating func expression(
    _ type: ValueType, _ depth: Int, _ slots: [Int]
  ) -> Expression {
    let kind =
      type == .boolean
      ? (depth == 0 ? plainBoolean(slots) : boolean(depth - 1, slots))
      : (depth == 0 ? plainNumber(slots) : numeric(depth - 1, slots))
    return Expression(kind, type: type, span: span())
  }

  /// The household.
  private mutating func this() -> Expression {
    Expression(.enclosing(isOfChild ? 1 : 0), type: .entity(EntityID(0)), span: span())
  }

  private mutating func owner(_ slots: [Int]) -> (Expression, isChild: Bool) {
    if let slot = slots.last, random.chance(70) {
      return (Expression(.local(slot), type: .entity(EntityID(1)), span: span()), true)
    }
    if isOfChild, random.chance(60) {
      return (Expression(.enclosing(0), type: .entity(EntityID(1)), span: span()), true)
    }
    return (this(), false)
  }

  private mutating func plainBoolean(_ slots: [Int]) -> Expression.Kind {
    let (owner, isChild) = owner(slots)
    if random.chance(10) { return .constant(.boolean(random.chance(50))) }
    if isChild, !isOfChild, random.chance(40),
      let own = childRules.first(where: { $0.1 == .boolean })
    {
      return .rule(own.0, of: owner, output: nil)
    }
    return .fact(isChild ? FactID(5) : FactID(random.int(0...1)), of: owner)
  }

  private mutating func plainNumber(_ slots: [Int]) -> Expression.Kind {
    let (owner, isChild) = owner(slots)
    if random.chance(25) { return .constant(.number(Number(random.int(-1...2)))) }
    if isChild, !isOfChild, random.chance(40),
      let own = childRules.first(where: { $0.1 != .boolean })
    {
      return .rule(own.0, of: owner, output: nil)
    }
    return .fact(isChild ? FactID(6) : FactID(random.int(2...3)), of: owner)
  }

  private mutating func boolean(_ depth: Int, _ slots: [Int]) -> Expression.Kind {
    switch random.int(0...9) {
    case 0: return .not(expression(.boolean, depth, slots))
    case 1, 2: return .all((0...random.int(1...2)).map { _ in expression(.boolean, depth, slots) })
    case 3, 4: return .any((0...random.int(1...2)).map { _ in expression(.boolean, depth, slots) })
    case 5, 6:
      return .compare(
        random.one(Comparison.allCases), expression(number, depth, slots),
        expression(number, depth, slots))
    case 7:
      let slot = slots.count
      return .quantified(
        every: random.chance(50), slot: slot, children(slots),
        expression(.boolean, depth, slots + [slot]))
    case 8:
      if let rule = earlier(.boolean) { return rule }
      return plainBoolean(slots)
    default:
      return .conditional(
        expression(.boolean, depth, slots), then: expression(.boolean, depth, slots),
        else: expression(.boolean, depth, slots))
    }
  }

  private mutating func numeric(_ depth: Int, _ slots: [Int]) -> Expression.Kind {
    switch random.int(0...11) {
    case 10: return ordered(depth, slots)
    case 11:
      let slot = slots.count
      let list = Expression(
        .map(slot: slot, children(slots), expression(number, depth, slots + [slot])),
        type: .list(number), span: span())
      let distinct = Expression(
        .aggregate(.distinct, list, fallback: nil), type: .list(number), span: span())
      return .aggregate(.count, distinct, fallback: nil)
    case 0, 1, 2:
      return .arithmetic(
        random.one([.add, .subtract, .multiply, .divide]), expression(number, depth, slots),
        expression(number, depth, slots))
    case 3:
      return .conditional(
        expression(.boolean, depth, slots), then: expression(number, depth, slots),
        else: expression(number, depth, slots))
    case 4:
      let operands = (0...1).map { _ in expression(number, depth, slots) }
      return random.chance(50) ? .least(operands) : .greatest(operands)
    case 5:
      let slot = slots.count
      let list = Expression(
        .map(slot: slot, children(slots), expression(number, depth, slots + [slot])),
        type: .list(number), span: span())
      return .aggregate(
        random.one([.sum, .sum, .min, .max, .mean, .first, .last]), list,
        fallback: random.chance(50) ? expression(number, 0, slots) : nil)
    case 6: return .aggregate(.count, children(slots), fallback: nil)
    case 7:
      if let rule = earlier(number) { return rule }
      return plainNumber(slots)
    case 8:
      let optional = Expression(
        .fact(FactID(4), of: this()), type: .optional(integer), span: span())
      return .coalesce([optional, expression(number, depth, slots)])
    default:
      return .round(
        expression(number, depth, slots), step: constant(.number(Number(1)), number), .halfEven)
    }
  }

  /// Children by their number: the first one's, or somebody's place.
  private mutating func ordered(_ depth: Int, _ slots: [Int]) -> Expression.Kind {
    let slot = slots.count
    let child = ValueType.entity(EntityID(1))
    let sorted = Expression(
      .sort(slot: slot, children(slots), by: expression(number, 0, slots + [slot])),
      type: .list(child), span: span())
    if let one = slots.last, random.chance(60) {
      let local = Expression(.local(one), type: child, span: span())
      return .position(local, sorted)
    }
    let first = Expression(
      .aggregate(random.chance(50) ? .first : .last, sorted, fallback: nil), type: child,
      span: span())
    return .fact(FactID(6), of: first)
  }

  private mutating func earlier(_ type: ValueType) -> Expression.Kind? {
    let known = rulesSoFar.filter { $0.1 == type }
    guard !known.isEmpty else { return nil }
    return .rule(random.one(known).0, of: this(), output: nil)
  }

  private mutating func children(_ slots: [Int]) -> Expression {
    let all = Expression(
      .members(PlaceID(0), of: this()), type: .list(.entity(EntityID(1))), span: span())
    guard random.chance(40) else { return all }
    let slot = slots.count
    return Expression(
      .filter(slot: slot, all, expression(.boolean, 1, slots + [slot])), type: all.type,
      span: span())
  }
}
