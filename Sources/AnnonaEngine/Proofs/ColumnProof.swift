import AnnonaLanguage
import AnnonaValues

/// Every number that asks for a column of a grid must be one that the grid has.
func proveColumns(of rule: RuleID, _ examiner: Examiner) -> [Diagnostic] {
  let program = examiner.program
  var diagnostics: [Diagnostic] = []
  let days = program.rulebooks[program.rules[rule].rulebook].inForce.days
  let evaluator = examiner.evaluator(during: days)
  lazy var scope = examiner.scope(evaluator, rule: rule)
  program.rules[rule].forEachExpression { root in
    root.forEachNode { node in
      guard case .column(let number, let columns) = node.kind else { return }
      var readsVariable = false
      number.forEachNode { if case .local = $0.kind { readsVariable = true } }
      // What a loop variable is, only the loop knows: it is checked when it runs.
      guard !readsVariable, let range = evaluator.value(of: number, in: scope).domain.numbers else {
        return
      }
      let named = NumberRange(columns.map { Number($0.number) })
      guard named.map({ !range.isSubset(of: $0) }) ?? true else { return }
      let outside = [range.lower, range.upper, named?.upper.flatMap { range.next(after: $0) }]
        .compactMap { $0 }.first { number in !columns.contains { Number($0.number) == number } }
      let words = program.files[Int(number.span.file)].text(number.span)
      diagnostics.append(
        .columnMissing(
          at: node.span,
          example: outside.map { "\(words) = \($0.canonicalText)" }
            ?? "\(words) has no upper limit",
          help: named?.upper.map {
            "write `min(\(words), \($0.canonicalText))` if the last column is for all above"
          }
            ?? "add a column for each number that it can be"))
    }
  }
  return diagnostics
}
