import AnnonaLanguage
import AnnonaValues

/// What the parser made of a text: the tree in prefix notation, and each problem with the words it underlines.
struct Reading {
  let sketch: String?
  let problems: [Problem]

  struct Problem: Equatable, CustomStringConvertible {
    let code: String
    let underlined: String
    let message: String
    let help: String?

    var description: String { "\(code) [\(underlined)] \(message) | \(help ?? "-")" }
  }
}

/// A plain scalar on one line, standing at an offset of a file that begins with other text.
func scalar(_ text: String, at offset: Int = 0) -> Scalar {
  Scalar(text: text, style: .plain, segments: [.init(text: 0, file: Int32(offset))])
}

func read(_ text: String) -> Reading {
  let (expression, diagnostics) = parseExpression(scalar(text), file: 0)
  return Reading(
    sketch: expression.map(sketch), problems: diagnostics.map { problem($0, in: text) })
}

func problem(_ diagnostic: Diagnostic, in text: String) -> Reading.Problem {
  Reading.Problem(
    code: diagnostic.code, underlined: slice(text, diagnostic.span),
    message: diagnostic.message, help: diagnostic.help)
}

/// The bytes of a text that a span covers.
func slice(_ text: String, _ span: Span) -> String {
  let bytes = Array(text.utf8)
  guard span.start >= 0, span.start <= span.end, Int(span.end) <= bytes.count else {
    return "(outside: \(span))"
  }
  return String(decoding: bytes[Int(span.start)..<Int(span.end)], as: UTF8.self)
}

/// A tree in prefix notation, without places: equal exactly for equal trees.
func sketch(_ expression: ExpressionSyntax) -> String {
  switch expression.kind {
  case .number(let value, let percent, let unit):
    return (percent ? "%" : "") + value.canonicalText
      + (unit.map { ":" + $0.unit.description } ?? "")
  case .date(let date): return "\(date)"
  case .text(let text): return "\"\(text)\""
  case .boolean(let value): return "\(value)"
  case .null: return "null"
  case .this: return "this"
  case .name(let name): return name
  case .member(let base, let name): return "(. \(sketch(base)) \(name.text))"
  case .not(let one): return "(not \(sketch(one)))"
  case .negate(let one): return "(neg \(sketch(one)))"
  case .all(let operands): return list("and", operands)
  case .any(let operands): return list("or", operands)
  case .compare(let sign, let left, let right): return list(sign.rawValue, [left, right])
  case .arithmetic(let sign, let left, let right, let overflow):
    return list(sign.rawValue + (overflow.map { "/" + $0.rawValue } ?? ""), [left, right])
  case .between(let one, let low, let high): return list("between", [one, low, high])
  case .among(let one, let items): return list("in", [one] + items)
  case .conditional(let test, let yes, let no): return list("if", [test, yes, no])
  case .quantified(let every, let name, let xs, let body):
    return list((every ? "every " : "some ") + name.text, [xs, body])
  case .map(let name, let xs, let body): return list("for " + name.text, [xs, body])
  case .filter(let xs, let test): return list("where", [xs, test])
  case .call(let name, let call): return sketch(name, call)
  case .at(let one, let date): return list("at", [one, date])
  case .under(let one, let date): return list("under", [one, date])
  case .converted(let one, let unit):
    return "(as \(sketch(one)) \(unit.unit.isDimensionless ? "number" : unit.unit.description))"
  case .range(let low, let high): return list("to", [low, high])
  case .over(let one, .last(let length, let before)):
    return list("over-last", [one, length] + [before].compactMap { $0 })
  case .over(let one, .period(let period)): return list("over", [one, period])
  }
}

private func list(_ head: String, _ items: [ExpressionSyntax]) -> String {
  "(" + ([head] + items.map(sketch)).joined(separator: " ") + ")"
}

private func sketch(_ name: NameSyntax, _ call: CallSyntax) -> String {
  var parts = [name.text + "()"] + call.arguments.map(sketch)
  if let step = call.step { parts.append("to \(sketch(step))") }
  if let mode = call.mode { parts.append(mode.rawValue) }
  if let fallback = call.fallback { parts.append("default \(sketch(fallback))") }
  if let key = call.key { parts.append("by \(sketch(key))") }
  if let overflow = call.overflow { parts.append(overflow.rawValue) }
  return "(" + parts.joined(separator: " ") + ")"
}
