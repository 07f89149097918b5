import AnnonaLanguage
import AnnonaValues

/// Writes a tree with parentheses around everything that is not a single thing: the parser must read it back as it was.
func print(_ expression: ExpressionSyntax) -> String {
  switch expression.kind {
  case .number(let value, let percent, let unit):
    if percent, let hundredfold = try? value * Number(100) {
      return hundredfold.canonicalText + " %"
    }
    return value.canonicalText + (unit.map { " " + $0.text } ?? "")
  case .date(let date): return "\(date)"
  case .text(let text): return printed(text)
  case .boolean(let value): return "\(value)"
  case .null: return "null"
  case .this: return "this"
  case .name(let name): return name
  case .member(let base, let name): return "\(operand(base)).\(name.text)"
  case .not(let one): return "not \(operand(one))"
  case .negate(let one): return "-\(operand(one))"
  case .all(let operands): return operands.map(operand).joined(separator: " and ")
  case .any(let operands): return operands.map(operand).joined(separator: " or ")
  case .compare(let sign, let left, let right):
    return "\(operand(left)) \(sign.rawValue) \(operand(right))"
  case .arithmetic(let sign, let left, let right, let overflow):
    let word = overflow.map { " " + $0.rawValue } ?? ""
    return "\(operand(left)) \(sign.rawValue) \(operand(right))\(word)"
  case .between(let one, let low, let high):
    return "\(operand(one)) between \(operand(low)) and \(operand(high))"
  case .among(let one, let items):
    return "\(operand(one)) in (" + items.map(print).joined(separator: ", ") + ")"
  case .conditional(let test, let yes, let no):
    return "if \(print(test)) then \(print(yes)) else \(print(no))"
  case .quantified(let every, let name, let xs, let body):
    return "\(every ? "every" : "some") \(name.text) in \(operand(xs)) satisfies \(print(body))"
  case .map(let name, let xs, let body):
    return "for \(name.text) in \(operand(xs)) return \(print(body))"
  case .filter(let xs, let test): return "\(operand(xs)) where \(operand(test))"
  case .call(let name, let call): return printed(name, call)
  case .at(let one, let date): return "\(operand(one)) at \(operand(date))"
  case .under(let one, let date): return "\(operand(one)) under \(operand(date))"
  case .converted(let one, let unit): return "\(operand(one)) as \(unit.text)"
  case .range(let low, let high): return "\(operand(low)) to \(operand(high))"
  case .over(let one, .last(let length, let before)):
    return "\(operand(one)) over last \(operand(length))"
      + (before.map { " before " + operand($0) } ?? "")
  case .over(let one, .period(let period)): return "\(operand(one)) over \(operand(period))"
  }
}

private func operand(_ expression: ExpressionSyntax) -> String {
  switch expression.kind {
  case .number, .date, .text, .boolean, .null, .this, .name, .member, .call: print(expression)
  default: "(\(print(expression)))"
  }
}

private func printed(_ name: NameSyntax, _ call: CallSyntax) -> String {
  var inside = call.arguments.map(operand).joined(separator: ", ")
  if let step = call.step { inside += " to " + operand(step) }
  if let mode = call.mode { inside += " " + mode.rawValue }
  if let fallback = call.fallback { inside += " default " + operand(fallback) }
  if let key = call.key { inside += " by " + operand(key) }
  if let overflow = call.overflow { inside += " " + overflow.rawValue }
  return "\(name.text)(\(inside))"
}

private func printed(_ text: String) -> String {
  var result = "\""
  for character in text {
    if character == "\"" || character == "\\" { result += "\\" }
    result.append(character)
  }
  return result + "\""
}
