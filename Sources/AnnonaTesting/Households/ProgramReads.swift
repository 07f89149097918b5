import AnnonaLanguage

/// What the rules of a program read, directly and by way of one another.
struct ProgramReads {
  private struct Reads {
    var rules: Set<RuleID> = []
    var parameters: Set<ParameterID> = []
    var functions: Set<FunctionID> = []
    var facts: Set<FactID> = []

    mutating func add(_ expression: Expression) {
      expression.forEachNode { node in
        switch node.kind {
        case .rule(let id, _, _): rules.insert(id)
        case .parameter(let id): parameters.insert(id)
        case .column(_, let columns): parameters.formUnion(columns.map(\.parameter))
        case .apply(let id, _): functions.insert(id)
        case .fact(let id, _): facts.insert(id)
        default: break
        }
      }
    }

    mutating func formUnion(_ other: Reads) {
      rules.formUnion(other.rules)
      parameters.formUnion(other.parameters)
      functions.formUnion(other.functions)
      facts.formUnion(other.facts)
    }
  }

  private let rules: [Reads]
  private let functions: [Reads]
  private let benefits: [Reads]
  /// Read on another day than the one decided for: by `at`, by `under`, over a stretch of time.
  private var elsewhere = Reads()

  init(_ program: Program) {
    functions = program.functions.map { function in
      var reads = Reads()
      for body in function.versions.compactMap(\.body) { body.forEachExpression { reads.add($0) } }
      return reads
    }
    rules = program.rules.map { rule in
      var reads = Reads()
      rule.forEachExpression { reads.add($0) }
      for case .conditions(_, let conditions)? in rule.versions.map(\.body) {
        reads.rules.formUnion(conditions)
      }
      return reads
    }
    benefits = program.benefits.map { benefit in
      var reads = Reads()
      for expression in benefit.expressions { reads.add(expression) }
      return reads
    }
    var moved = Reads()
    func look(_ root: Expression) {
      root.forEachNode { node in
        switch node.kind {
        case .at(let value, _), .under(let value, _), .series(let value, _, _): moved.add(value)
        default: break
        }
      }
    }
    for (index, rule) in program.rules.enumerated() {
      rule.forEachExpression(look)
      if rule.under != nil { moved.formUnion(rules[index]) }
    }
    for function in program.functions {
      for body in function.versions.compactMap(\.body) { body.forEachExpression(look) }
    }
    for (index, benefit) in program.benefits.enumerated() {
      benefit.expressions.forEach(look)
      if benefit.under != nil { moved.formUnion(benefits[index]) }
    }
    elsewhere = closure(of: moved)
  }

  private func closure(of reads: Reads) -> Reads {
    var all = reads
    var rulesToDo = Array(reads.rules)
    var functionsToDo = Array(reads.functions)
    while true {
      let found: Reads
      if let rule = rulesToDo.popLast() {
        found = rules[Int(rule.index)]
      } else if let function = functionsToDo.popLast() {
        found = functions[Int(function.index)]
      } else {
        return all
      }
      rulesToDo += found.rules.subtracting(all.rules)
      functionsToDo += found.functions.subtracting(all.functions)
      all.formUnion(found)
    }
  }

  func isReadElsewhere(_ parameter: ParameterID) -> Bool {
    elsewhere.parameters.contains(parameter)
  }
  func isReadElsewhere(_ rule: RuleID) -> Bool { elsewhere.rules.contains(rule) }
  func isReadElsewhere(_ function: FunctionID) -> Bool { elsewhere.functions.contains(function) }

  /// Every fact that a rule can rest on.
  func facts(of rule: RuleID) -> Set<FactID> { closure(of: rules[Int(rule.index)]).facts }

  /// The rules that read it themselves or by functions, in declaration order.
  func readers(of parameter: ParameterID) -> [RuleID] {
    readers { $0.parameters.contains(parameter) }
  }

  /// The stretches of days on which a rule can read it: those of its versions that do.
  func days(on parameter: ParameterID, by rule: Rule) -> [InForce] {
    func reads(_ visit: (_ add: (Expression) -> Void) -> Void) -> Bool {
      var direct = Reads()
      visit { direct.add($0) }
      direct.rules = []
      return closure(of: direct).parameters.contains(parameter)
    }
    var rest = rule
    rest.versions = []
    if reads({ rest.forEachExpression($0) }) { return [InForce()] }
    return rule.versions.filter { version in
      reads { add in
        version.body?.forEachExpression(add)
        if let round = version.round { add(round.step) }
      }
    }.map { InForce(from: $0.from, through: $0.through) }
  }

  func readers(of function: FunctionID) -> [RuleID] { readers { $0.functions.contains(function) } }

  private func readers(_ reads: (Reads) -> Bool) -> [RuleID] {
    rules.indices.filter { index in
      var direct = rules[index]
      direct.rules = []
      return reads(closure(of: direct))
    }.map { RuleID($0) }
  }

  /// Whether a benefit reads it in its own expressions.
  func isReadByBenefit(_ parameter: ParameterID) -> Bool {
    benefits.contains { reads in
      var direct = reads
      direct.rules = []
      return closure(of: direct).parameters.contains(parameter)
    }
  }
}
