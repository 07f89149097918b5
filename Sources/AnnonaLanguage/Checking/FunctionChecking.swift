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
    if books[book].functions[syntax.name.text] != nil { return }
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
    // A circle is reported once all that is called is known.
    if work.progress == .running { return nil }
    checkFunction(id)
    return functionWork[Int(id.index)].progress == .done ? program.functions[id].type : nil
  }

  func checkFunction(_ id: FunctionID) {
    let index = Int(id.index)
    guard functionWork[index].progress == .waiting else { return }
    guard depth < Self.depthLimit else {
      diagnostics.append(
        .chainTooLong(functionWork[index].syntax.name.text, at: program.functions[id].span))
      functionWork[index].progress = .failed
      return
    }
    functionWork[index].progress = .running
    let work = functionWork[index]
    var context = Context(book: work.book, entity: nil)
    context.locals = work.parameters.map { Context.Local(name: $0.name, type: $0.type) }
    let before = diagnostics.count
    let wasProbing = isProbing
    isProbing = false
    reading.append(.function(id))
    depth += Self.depthOfRule
    defer { depth -= Self.depthOfRule }
    let sites = work.syntax.rule.versions.flatMap { resultSites(of: $0.body, in: context) }
    let inferred = work.declared ?? inferType(of: sites)
    if inferred == .null {
      report(.noType(work.syntax.name.text, at: work.syntax.name.span))
    }
    let type = inferred ?? .number
    let versions =
      inferred == nil
      ? [] : checkVersions(work.syntax.rule.versions, as: type, of: nil, in: context)
    let round = work.syntax.rule.round.flatMap { checkRound($0, type, in: context) }
    reading.removeLast()
    isProbing = wasProbing
    program.functions[id] = Function(
      name: work.syntax.name.text, parameters: work.parameters, type: type, versions: versions,
      round: round, span: work.syntax.name.span)
    let hasErrors = diagnostics[before...].contains { $0.severity == .error }
    functionWork[index].progress = inferred == nil || hasErrors ? .failed : .done
  }

  /// Refuses recursion, and functions that would expand beyond what can be evaluated.
  func checkFunctionSizes() {
    var sizes: [FunctionID: Int] = [:]
    for id in functionsInCallingOrder() {
      // Those not yet measured are called in a circle.
      let calls = functionReads[id, default: []]
      if calls.contains(where: { sizes[$0] == nil }) {
        report(.functionCallsItself(functionWork[Int(id.index)].syntax.name))
      }
      let total = size(of: id, sizes)
      sizes[id] = total
      // Those that call one too large are too large by its fault.
      if total > Self.functionSizeLimit,
        !calls.contains(where: { sizes[$0, default: 0] > Self.functionSizeLimit })
      {
        report(.functionTooLarge(functionWork[Int(id.index)].syntax.name))
      }
    }
  }

  private func size(of id: FunctionID, _ sizes: [FunctionID: Int]) -> Int {
    var total = 0
    for version in program.functions[id].versions {
      version.body?.forEachExpression { root in
        root.forEachNode { node in
          total += 1
          if case .apply(let called, _) = node.kind { total += sizes[called, default: 0] }
          total = min(total, Self.functionSizeLimit + 1)
        }
      }
    }
    return total
  }
}
