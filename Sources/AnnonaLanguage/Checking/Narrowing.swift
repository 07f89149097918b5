import AnnonaValues

/// A path that gives the same answer wherever it stands in an expression, so that one test against `null` guards all its uses.
struct StablePath: Hashable {
  enum Root: Hashable {
    case enclosing(Int)
    case local(Int)
  }

  enum Step: Hashable {
    case fact(FactID)
    case place(PlaceID)
    case rule(RuleID)
    case holder
  }

  var root: Root
  var steps: [Step]

  /// Whether the law has a part in it, and not the facts alone.
  var readsRule: Bool {
    steps.contains { step in
      if case .rule = step { return true }
      return false
    }
  }

  init?(_ expression: Expression) {
    var steps: [Step] = []
    var current = expression
    while true {
      switch current.kind {
      case .enclosing(let level):
        root = .enclosing(level)
        self.steps = steps.reversed()
        return
      case .local(let slot):
        root = .local(slot)
        self.steps = steps.reversed()
        return
      case .fact(let id, let owner):
        steps.append(.fact(id))
        current = owner
      case .members(let id, let owner):
        steps.append(.place(id))
        current = owner
      case .rule(let id, let owner, output: nil):
        steps.append(.rule(id))
        current = owner
      case .holder(let owner):
        steps.append(.holder)
        current = owner
      default: return nil
      }
    }
  }
}

extension Checker {
  /// The type without `null` where a test has shown that there is a value.
  func narrow(_ expression: Expression, in context: Context) -> Expression {
    guard expression.type.isOptional, let path = StablePath(expression),
      context.narrowed.contains(path)
    else { return expression }
    return Expression(expression.kind, type: expression.type.present, span: expression.span)
  }

  /// The paths that cannot be `null` when a condition holds (or, with `false`, when it does not).
  func guarded(by condition: Expression, when truth: Bool = true) -> Set<StablePath> {
    switch condition.kind {
    case .compare(let comparison, let left, let right):
      guard comparison == (truth ? .unequal : .equal) else { return [] }
      if case .constant(.null) = right.kind { return StablePath(left).map { [$0] } ?? [] }
      if case .constant(.null) = left.kind { return StablePath(right).map { [$0] } ?? [] }
      return []
    case .all(let operands):
      return truth ? union(of: operands, when: true) : []
    case .any(let operands):
      return truth ? [] : union(of: operands, when: false)
    case .not(let operand):
      return guarded(by: operand, when: !truth)
    case .rule(let id, let owner, output: nil):
      return truth ? guarded(byRule: id, of: owner) : []
    default:
      return []
    }
  }

  private func union(of operands: [Expression], when truth: Bool) -> Set<StablePath> {
    operands.reduce(into: []) { $0.formUnion(guarded(by: $1, when: truth)) }
  }

  /// A rule that is nothing but such a test guards its path for whoever relies on it.
  private func guarded(byRule id: RuleID, of owner: Expression) -> Set<StablePath> {
    // A rule with a declared type may not have been looked into yet.
    checkRule(id)
    guard let ownerPath = StablePath(owner), program.rules[id].versions.count == 1,
      ruleWork[Int(id.index)].exceptions.isEmpty, program.rules[id].when == nil,
      ruleWork[Int(id.index)].syntax.inForce == nil, program.rules[id].under == nil,
      case .value(let test)? = program.rules[id].versions[0].body
    else { return [] }
    // Only what the rule says of its own entity can be said from outside.
    return Set(
      guarded(by: test).compactMap { path in
        guard path.root == .enclosing(0) else { return nil }
        var moved = path
        moved.root = ownerPath.root
        moved.steps = ownerPath.steps + path.steps
        return moved
      })
  }

  /// What the conditions of the `where`s that made a list say of each of its elements, spoken of the element in a slot.
  func guarded(elementsOf list: Expression, slot: Int) -> Set<StablePath> {
    switch list.kind {
    case .filter(let inner, let source, let condition):
      let own = guarded(by: condition).compactMap { path -> StablePath? in
        guard path.root == .local(inner) else { return nil }
        var moved = path
        moved.root = .local(slot)
        return moved
      }
      return guarded(elementsOf: source, slot: slot).union(own)
    case .sort(_, let source, _):
      return guarded(elementsOf: source, slot: slot)
    default:
      return []
    }
  }
}
