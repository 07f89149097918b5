import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A round as somebody who looks for a fault reads it.
extension EvaluatorRound {
  package var text: String {
    var lines: [String] = []
    for rule in program.rules {
      lines.append("\(rule.name): \(rule.type)")
      if let when = rule.when { lines.append("  when \(when.text)") }
      for version in rule.versions {
        if let body = version.body { lines += body.lines.map { "  " + $0 } }
      }
      for exception in rule.exceptions { lines += exception.lines.map { "  " + $0 } }
      if let round = rule.round { lines.append("  round \(round.step.text) \(round.mode)") }
      if let maximum = rule.maximum { lines.append("  max \(maximum)") }
    }
    for benefit in program.benefits {
      lines.append("\(benefit.name)")
      lines.append("  entitled \(benefit.entitled?.text ?? "-")")
      lines.append("  amount \(benefit.amount?.text ?? "-")")
    }
    for facts in cases { lines.append("household \(facts.text)") }
    return lines.joined(separator: "\n")
  }
}

extension Expression {
  /// `(greatest (fact 2) 1)`
  fileprivate var text: String {
    switch kind {
    case .constant(let value): return "\(value)"
    case .enclosing(let steps): return "this\(String(repeating: "^", count: steps))"
    case .local(let slot): return "local\(slot)"
    case .fact(let fact, let owner): return "fact\(fact.index) of \(owner.text)"
    case .rule(let rule, let owner, _): return "rule\(rule.index) of \(owner.text)"
    case .base: return "base"
    case .compare(let comparison, let one, let other):
      return "(\(one.text) \(comparison.rawValue) \(other.text))"
    case .arithmetic(let sign, let one, let other):
      return "(\(one.text) \(sign.rawValue) \(other.text))"
    default:
      let name = Mirror(reflecting: kind).children.first?.label ?? "\(kind)"
      return "(\(name)" + operands.map { " " + $0.text }.joined() + ")"
    }
  }
}

extension Body {
  fileprivate var lines: [String] {
    switch self {
    case .value(let value): return [value.text]
    case .cases(let branches, let otherwise):
      return branches.map { "when \($0.when.text) then \($0.value.text)" }
        + (otherwise.map { ["otherwise \($0.text)"] } ?? [])
    case .conditions(let every, let rules):
      return [
        "\(every ? "all" : "any") \(rules.map { "rule\($0.index)" }.joined(separator: " "))"
      ]
    case .table(let table):
      return ["table \(table.hit) \(table.inputs.map(\.text).joined(separator: " | "))"]
        + table.rows.map { row in
          "  \(row.cells.map(\.text).joined(separator: " | ")) || \(row.outputs.map(\.text).joined(separator: " | "))"
        }
    case .scale: return ["scale"]
    }
  }
}

extension Cell {
  fileprivate var text: String {
    if tests.isEmpty { return "-" }
    return tests.map { test in
      switch test {
      case .compare(let comparison, let bound): "\(comparison.rawValue) \(bound.text)"
      case .range(let low, let includesLow, let high, let includesHigh):
        "\(includesLow ? "[" : "(")\(low.text) to \(high.text)\(includesHigh ? "]" : ")")"
      case .null: "null"
      }
    }.joined(separator: ", ")
  }
}

extension ExceptionRule {
  fileprivate var lines: [String] {
    var lines = [
      "exception \(name) when \(when.text)\(refines ? ", refines" : "")"
        + prevailsOver.map { ", prevails over \($0)" }.joined()
    ]
    for version in versions { lines += version.body?.lines.map { "  " + $0 } ?? [] }
    for exception in nested { lines += exception.lines.map { "  " + $0 } }
    return lines
  }
}
