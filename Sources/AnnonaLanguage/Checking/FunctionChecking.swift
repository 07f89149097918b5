import AnnonaValues

/// What the checker knows of a function while it works on it.
struct FunctionWork {
  let syntax: FunctionSyntax
  let book: Int
  let parameters: [(name: String, type: ValueType)]
  var declared: ValueType?
  var progress = RuleWork.Progress.waiting
}

/// Functions: typed arguments, any rule body, no facts and no recursion.
extension Checker {
  /// The greatest number of nodes that a function may stand for once all it calls is put in place.
  static let functionSizeLimit = 1_000_000

  func declare(_ syntax: FunctionSyntax, in book: Int) {
    if let first = books[book].functions[syntax.name.text] {
      report(.declaredTwice("function", syntax.name, first: program.functions[first].span))
      return
    }
    if Self.builtIns.contains(syntax.name.text) {
      report(.builtInName(syntax.name))
      return
    }
    books[book].functions[syntax.name.text] = FunctionID(program.functions.count)
    let parameters = syntax.takes.compactMap { parameter in
      resolve(parameter.type, anonymous: parameter.name.text, in: book)
        .map { (parameter.name.text, $0) }
    }
    var work = FunctionWork(syntax: syntax, book: book, parameters: parameters)
    if parameters.count != syntax.takes.count { work.progress = .failed }
    work.declared = syntax.rule.type.flatMap {
      resolve($0, anonymous: syntax.name.text, in: book)
    }
    functionWork.append(work)
    program.functions.append(
      Function(
        name: syntax.name.text, parameters: parameters, type: work.declared ?? .number,
        versions: [], round: nil, span: syntax.name.span))
  }

  func functionType(_ id: FunctionID) -> ValueType? {
    let work = functionWork[Int(id.index)]
    if work.progress == .failed { return nil }
    if let declared = work.declared { return declared }
    if work.progress == .running {
      report(.functionCallsItself(work.syntax.name))
      return nil
    }
    checkFunction(id)
    return functionWork[Int(id.index)].progress == .done ? program.functions[id].type : nil
  }

  func checkFunction(_ id: FunctionID) {
    let index = Int(id.index)
    guard functionWork[index].progress == .waiting else { return }
    functionWork[index].progress = .running
    let work = functionWork[index]
    var context = Context(book: work.book, entity: nil)
    context.locals = work.parameters.map { Context.Local(name: $0.name, type: $0.type) }
    let before = diagnostics.count
    let wasProbing = isProbing
    isProbing = false
    reading.append(.function(id))
    let type = work.declared ?? inferType(of: work, in: context)
    let versions = checkVersions(work.syntax.rule.versions, as: type, of: nil, in: context)
    let round = work.syntax.rule.round.flatMap { checkRound($0, type, in: context) }
    reading.removeLast()
    isProbing = wasProbing
    program.functions[id] = Function(
      name: work.syntax.name.text, parameters: work.parameters, type: type, versions: versions,
      round: round, span: work.syntax.name.span)
    functionWork[index].progress = diagnostics.count == before ? .done : .failed
  }

  private func inferType(of work: FunctionWork, in context: Context) -> ValueType {
    isProbing = true
    defer { isProbing = false }
    for version in work.syntax.rule.versions {
      guard case .value(let value)? = version.body else { continue }
      if let type = checkExpression(value, in: context)?.type { return type }
    }
    return .number
  }

  /// Refuses recursion, and functions that would expand beyond what can be evaluated.
  func checkFunctionSizes() {
    var sizes: [FunctionID: Int] = [:]
    var running: Set<FunctionID> = []
    func size(of id: FunctionID) -> Int {
      if let known = sizes[id] { return known }
      guard running.insert(id).inserted else {
        report(.functionCallsItself(functionWork[Int(id.index)].syntax.name))
        return 0
      }
      defer { running.remove(id) }
      var total = 0
      for version in program.functions[id].versions {
        version.body?.forEachExpression { root in
          root.forEachNode { node in
            total += 1
            if case .apply(let called, _) = node.kind { total += size(of: called) }
            total = min(total, Self.functionSizeLimit + 1)
          }
        }
      }
      sizes[id] = total
      if total > Self.functionSizeLimit {
        report(.functionTooLarge(functionWork[Int(id.index)].syntax.name))
      }
      return total
    }
    for id in program.functions.indices { _ = size(of: FunctionID(id)) }
  }
}
