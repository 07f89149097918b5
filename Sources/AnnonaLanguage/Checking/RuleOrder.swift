import AnnonaValues

/// An order in which each rule comes after those it may read, so that typing one seldom has to type another first.
///
/// Only names are compared, before anything is looked up: an order that is not quite right costs depth, no correctness.
extension Checker {
  func rulesInReadingOrder() -> [RuleID] {
    var byName: [String: [Int]] = [:]
    let roots = program.rules.indices.filter { program.rules[$0].parent == nil }
    for id in roots { byName[ruleWork[id].syntax.name.text, default: []].append(id) }
    return readFirst(roots, count: program.rules.count) { id in
      var names = NamesRead(byName)
      names.note(ruleWork[id].syntax)
      for exception in ruleWork[id].exceptions { names.note(exception.syntax.rule) }
      return names.inOrder
    }.map { RuleID($0) }
  }

  /// The same of functions and those they call.
  func functionsInReadingOrder() -> [FunctionID] {
    var byName: [String: [Int]] = [:]
    for (id, work) in functionWork.enumerated() {
      byName[work.syntax.name.text, default: []].append(id)
    }
    return readFirst(Array(functionWork.indices), count: functionWork.count) { id in
      var names = NamesRead(byName)
      names.note(functionWork[id].syntax.rule)
      return names.inOrder
    }.map { FunctionID($0) }
  }

  /// Each function after all that it calls.
  func functionsInCallingOrder() -> [FunctionID] {
    readFirst(Array(functionWork.indices), count: functionWork.count) { id in
      functionReads[FunctionID(id), default: []].sorted().map { Int($0.index) }
    }.map { FunctionID($0) }
  }

  private func readFirst(_ roots: [Int], count: Int, _ mayRead: (Int) -> [Int]) -> [Int] {
    var order: [Int] = []
    var isOpen = [Bool](repeating: false, count: count)
    for root in roots where !isOpen[root] {
      isOpen[root] = true
      var path: [(id: Int, rest: [Int])] = [(root, mayRead(root))]
      while let top = path.last {
        guard let next = top.rest.last else {
          order.append(top.id)
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeLast()
        if isOpen[next] { continue }
        isOpen[next] = true
        path.append((next, mayRead(next)))
      }
    }
    return order
  }
}

/// What the names that stand in the expressions of a rule may mean, by number.
private struct NamesRead {
  private let byName: [String: [Int]]
  private var found: [Int] = []

  init(_ byName: [String: [Int]]) { self.byName = byName }

  /// Ascending, each once.
  var inOrder: [Int] { found.count > 1 ? Set(found).sorted() : found }

  private mutating func note(name: String) {
    if let meant = byName[name] { found += meant }
  }

  mutating func note(_ rule: RuleSyntax) {
    note([rule.when, rule.under])
    for version in rule.versions { note(version.body) }
    for exception in rule.exceptions { note(exception.rule) }
  }

  private mutating func note(_ body: BodySyntax?) {
    switch body {
    case .value(let value)?: note(value)
    case .cases(let branches, let otherwise)?:
      for branch in branches { note([branch.when, branch.value]) }
      note([otherwise])
    case .conditions(_, let conditions, _)?:
      for condition in conditions { note(condition) }
    case .table(let table, _)?:
      for input in table.inputs { note(input.expression) }
      // Cells hold figures and parameters.
      for row in table.rows { note(row.outputs) }
    case .scale(let of, _)?: note(of)
    case nil: break
    }
  }

  private mutating func note(_ expressions: [ExpressionSyntax?]) {
    for case let expression? in expressions { note(expression) }
  }

  private mutating func note(_ expression: ExpressionSyntax) {
    switch expression.kind {
    case .name(let name): note(name: name)
    case .member(_, let name): note(name: name.text)
    case .call(let name, _):
      note(name: name.text.split(separator: ".").last.map(String.init) ?? name.text)
    default: break
    }
    expression.kind.forEachOperand { note($0) }
  }
}
