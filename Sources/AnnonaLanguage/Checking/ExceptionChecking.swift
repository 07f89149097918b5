import AnnonaValues

/// Exceptions: when each fires, what it says, and which of two comes first.
extension Checker {
  func checkExceptions(
    _ exceptions: [(syntax: ExceptionSyntax, book: Int)], of id: RuleID, _ type: ValueType,
    in context: Context
  ) -> [ExceptionRule] {
    let baseHasCondition = hasCondition(id)
    let all = exceptions.map(\.syntax)
    return siblings(all).compactMap { exception in
      let book = exceptions.first { $0.syntax.rule.span == exception.rule.span }?.book
      return checkException(
        exception, named: program.rules[id].name, type, in: context.written(in: book),
        baseHasCondition: baseHasCondition, among: all)
    }
  }

  /// Whether the base applies only on a condition of its own, so that an exception must say if it shares it.
  private func hasCondition(_ id: RuleID) -> Bool {
    let syntax = ruleWork[Int(id.index)].syntax
    if syntax.when != nil { return true }
    return syntax.versions.contains { version in
      if case .cases(_, otherwise: nil)? = version.body { return true }
      return false
    }
  }

  private func siblings(_ exceptions: [ExceptionSyntax]) -> [ExceptionSyntax] {
    var seen: [String: Span] = [:]
    return exceptions.filter { exception in
      let name = exception.rule.name
      guard let first = seen[name.text] else {
        seen[name.text] = name.span
        return true
      }
      if bookOfFile[name.span.file] != bookOfFile[first.file] {
        report(.declaredTwice("exception", name, first: first))
      }
      return false
    }
  }

  private func checkException(
    _ syntax: ExceptionSyntax, named parent: String, _ type: ValueType, in context: Context,
    baseHasCondition: Bool?, among siblings: [ExceptionSyntax]
  ) -> ExceptionRule? {
    let rule = syntax.rule
    checkRefines(syntax, baseHasCondition: baseHasCondition)
    for name in syntax.prevailsOver {
      let names = siblings.map(\.rule.name.text)
      if name.text == rule.name.text {
        report(.prevailsOverItself(name))
      } else if !names.contains(name.text) {
        let others = names.filter { $0 != rule.name.text }
        report(.unknownSibling(name, near: didYouMean(name.text, among: others), among: others))
      }
    }
    guard let when = rule.when.flatMap({ checkTruth($0, in: context) }) else { return nil }
    var inner = context.narrowed(by: guarded(by: when))
    inner.base = type
    let versions = checkVersions(rule.versions, as: type, of: nil, in: inner)
    let name = "\(parent).\(rule.name.text)"
    let nested = self.siblings(rule.exceptions).compactMap {
      checkException(
        $0, named: name, type, in: inner, baseHasCondition: nil, among: rule.exceptions)
    }
    return ExceptionRule(
      name: name, when: when, versions: versions, inForce: inForce(rule.inForce),
      round: rule.round.flatMap { checkRound($0, type, in: context) },
      prevailsOver: syntax.prevailsOver.map { "\(parent).\($0.text)" },
      refines: syntax.refines ?? false, nested: nested,
      citations: citations(rule.citations, in: context.book), span: rule.name.span)
  }

  /// `refines` belongs to the exceptions of a base with a condition of its own, and only there.
  private func checkRefines(_ syntax: ExceptionSyntax, baseHasCondition: Bool?) {
    switch (baseHasCondition, syntax.refines) {
    case (true, nil): report(.refinesMissing(syntax.rule.name))
    case (false, .some), (nil, .some): report(.refinesOutOfPlace(syntax.rule.name))
    default: break
    }
  }
}
