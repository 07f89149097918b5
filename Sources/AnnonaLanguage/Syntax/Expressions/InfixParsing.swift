import AnnonaValues

/// An operator between two operands.
enum Infix {
  case logic
  case comparison(Comparison)
  case among
  case between
  case filter
  case over
  case range
  case arithmetic(ArithmeticOperator)

  var precedence: Precedence {
    switch self {
    case .logic: .logic
    case .comparison, .among, .between: .comparison
    case .filter: .filter
    case .over: .over
    case .range: .range
    case .arithmetic(.add), .arithmetic(.subtract): .sum
    case .arithmetic(.multiply), .arithmetic(.divide): .product
    case .arithmetic(.power): .power
    }
  }
}

extension ExpressionParser {
  /// The operator that comes next, if it binds at least as tightly as `precedence`.
  func infix(atLeast precedence: Precedence) -> Infix? {
    guard let next = infixSign ?? infixWord, next.precedence >= precedence else { return nil }
    return next
  }

  private var infixSign: Infix? {
    guard case .sign(let sign) = current.kind else { return nil }
    return Comparison(rawValue: sign.rawValue).map(Infix.comparison)
      ?? ArithmeticOperator(rawValue: sign.rawValue).map(Infix.arithmetic)
  }

  private var infixWord: Infix? {
    guard case .word(let word) = current.kind else { return nil }
    switch word {
    case "and", "or": return .logic
    case "in": return .among
    case "between": return .between
    case "not" where token(1).isWord("in"): return .among
    case "not" where token(1).isWord("between"): return .between
    case "where": return surroundings.isInsideWhere ? nil : .filter
    case "over": return .over
    case "to": return surroundings.toNamesStep ? nil : .range
    default: return nil
    }
  }

  /// Reads the operator and what stands right of it.
  mutating func infixExpression(
    _ infix: Infix, left: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    switch infix {
    case .logic: try logic(left, from: start)
    case .comparison(let sign): try comparison(sign, left, from: start)
    case .among: try among(left, from: start)
    case .between: try between(left, from: start)
    case .filter: try filter(left, from: start)
    case .over: try over(left, from: start)
    case .range: try range(left, from: start)
    case .arithmetic(let sign): try arithmetic(sign, left, from: start)
    }
  }

  /// The operand right of an operator that was just read.
  private mutating func right(
    atLeast precedence: Precedence, of sign: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    if endsOperand {
      throw fail(.nothingAfter(tokens[sign].spelling(in: source), at: span(of: sign)))
    }
    return try expression(atLeast: precedence)
  }

  // MARK: - and, or

  private mutating func logic(
    _ first: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    // Groups joined by `or`, each of operands joined by `and`, with their words for the message.
    var groups = [[first]]
    var words = [[start..<position]]
    var sawAnd = false
    while case .word(let word) = current.kind, word == "and" || word == "or" {
      let sign = position
      advance()
      let operandStart = position
      let operand = try right(atLeast: .not, of: sign)
      if word == "and" {
        sawAnd = true
        groups[groups.count - 1].append(operand)
        words[words.count - 1].append(operandStart..<position)
      } else {
        groups.append([operand])
        words.append([operandStart..<position])
      }
    }
    if groups.count == 1 { return try node(.all(groups[0]), from: start) }
    if sawAnd {
      let mended = words.map { group in
        let text = group.map { self.text(of: $0) }.joined(separator: " and ")
        return group.count == 1 ? text : "(\(text))"
      }
      report(.mixedLogic(mended: mended.joined(separator: " or "), at: span(from: start)))
    }
    var operands: [ExpressionSyntax] = []
    for group in groups {
      operands.append(group.count == 1 ? group[0] : try node(.all(group), from: start))
    }
    return try node(.any(operands), from: start)
  }

  // MARK: - Comparisons

  private mutating func comparison(
    _ sign: Comparison, _ left: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let leftWords = start..<position
    let signPosition = position
    advance()
    let rightStart = position
    let right = try right(atLeast: .filter, of: signPosition)
    let first = try node(.compare(sign, left, right), from: start)
    guard case .comparison = infix(atLeast: .comparison) else { return first }
    return try comparisonChain(first, leftWords, rightStart: rightStart, from: start)
  }

  /// `1 < x < 3`: reported with the two comparisons written out, and read as them.
  private mutating func comparisonChain(
    _ first: ExpressionSyntax, _ leftWords: Range<Int>, rightStart: Int, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    var comparisons = [first]
    var words = [text(of: leftWords) + " " + text(from: rightStart - 1)]
    var lastStart = rightStart
    var last = first
    while case .comparison(let sign)? = infix(atLeast: .comparison),
      case .compare(_, _, let middle) = last.kind
    {
      let middleWords = text(from: lastStart)
      let signPosition = position
      advance()
      lastStart = position
      let right = try right(atLeast: .filter, of: signPosition)
      last = try node(.compare(sign, middle, right), from: start)
      comparisons.append(last)
      words.append(middleWords + " " + text(from: signPosition))
    }
    report(
      .chainedComparison(mended: words.joined(separator: " and "), at: span(from: start)))
    return try node(.all(comparisons), from: start)
  }

  private mutating func between(
    _ subject: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let subjectWords = start..<position
    let isNegated = take(word: "not")
    let word = position
    advance()
    let low = try right(atLeast: .sum, of: word)
    guard take(word: "and") else {
      throw fail(
        .betweenWithoutAnd(
          mended: text(of: subjectWords) + " " + text(from: word) + " and …", at: span(of: word)))
    }
    let high = try right(atLeast: .sum, of: position - 1)
    let result = try node(.between(subject, low, high), from: start)
    return isNegated ? try notBefore(result, subjectWords, word: word, from: start) : result
  }

  /// `x in (1, 4 to 6, p)`, `x in 1 to 6`, `d in p`
  private mutating func among(
    _ subject: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let subjectWords = start..<position
    let isNegated = take(word: "not")
    let word = position
    advance()
    let items: [ExpressionSyntax]
    if sees(.leftParenthesis), parenthesesEndOperand {
      items = try list()
    } else if sees(.leftBracket) {
      throw foreignRange()
    } else {
      items = [try right(atLeast: .filter, of: word)]
    }
    let result = try node(.among(subject, items), from: start)
    return isNegated ? try notBefore(result, subjectWords, word: word, from: start) : result
  }

  /// `x not in (…)`: reported, and read as `not x in (…)`.
  private mutating func notBefore(
    _ result: ExpressionSyntax, _ subject: Range<Int>, word: Int, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let mended = "not " + text(of: subject) + " " + text(from: word)
    report(.notInside(mended: mended, at: span(of: word - 1)))
    return try node(.not(result), from: start)
  }

  /// Whether the parentheses that open here are all of the operand, and not the start of `(a + b) * 2`.
  private var parenthesesEndOperand: Bool {
    guard let closer = closers[position] else { return true }
    switch tokens[min(closer + 1, tokens.count - 1)].kind {
    case .sign(.dot), .sign(.plus), .sign(.minus), .sign(.times), .sign(.divide), .sign(.power):
      return false
    case .word(let word): return !["to", "where", "over", "as", "at", "under"].contains(word)
    default: return true
    }
  }

  // MARK: - where, over, to

  private mutating func filter(
    _ list: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let word = position
    advance()
    let outside = surroundings
    surroundings.isInsideWhere = true
    defer { surroundings = outside }
    let condition = try right(atLeast: .logic, of: word)
    if sees(word: "where") {
      let mended = text(from: start) + " and"
      throw fail(.secondWhere(mended: mended, at: span(of: position)))
    }
    return try node(.filter(list, where: condition), from: start)
  }

  private mutating func over(
    _ subject: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let word = position
    advance()
    guard sees(word: "last"), !lastIsOrdinary else {
      let period = try right(atLeast: .range, of: word)
      return try node(.over(subject, .period(period)), from: start)
    }
    advance()
    let length = try right(atLeast: .sum, of: position - 1)
    var before: ExpressionSyntax?
    if take(word: "before") { before = try right(atLeast: .sum, of: position - 1) }
    return try node(.over(subject, .last(length, before: before)), from: start)
  }

  /// `last` is a name or a function here, not the start of `last 12 months`.
  private var lastIsOrdinary: Bool {
    switch token(1).kind {
    case .number, .date, .text, .faulty: false
    case .word(let word): !startsOperand(word)
    case .sign(.leftParenthesis): token(1).range.lowerBound == current.range.upperBound
    default: true
    }
  }

  private mutating func range(
    _ low: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let word = position
    advance()
    let high = try right(atLeast: .sum, of: word)
    if sees(word: "to") {
      throw fail(.chainedRange(text(from: start), at: span(of: position)))
    }
    return try node(.range(low, to: high), from: start)
  }

  // MARK: - Arithmetic

  private mutating func arithmetic(
    _ sign: ArithmeticOperator, _ left: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    if sign == .power { return try power(left, from: start) }
    let signPosition = position
    advance()
    let isSum = sign == .add || sign == .subtract
    let right = try right(atLeast: isSum ? .product : .sign, of: signPosition)
    let overflow = isSum ? takeOverflow() : nil
    return try node(.arithmetic(sign, left, right, overflow: overflow), from: start)
  }

  private mutating func takeOverflow() -> MonthOverflow? {
    guard case .word(let word) = current.kind, let overflow = MonthOverflow(rawValue: word)
    else { return nil }
    advance()
    return overflow
  }

  /// The exponent may carry a sign; a chain has no order that everybody reads alike.
  private mutating func power(
    _ base: ExpressionSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let baseWords = start..<position
    let sign = position
    advance()
    let exponentStart = position
    let isNegative = take(.minus)
    if endsOperand { throw fail(.nothingAfter("**", at: span(of: sign))) }
    var exponent = try postfix()
    if isNegative { exponent = try node(.negate(exponent), from: exponentStart) }
    if sees(.power) {
      throw fail(
        .chainedPower(
          mended: "(\(text(of: baseWords)) ** \(text(from: exponentStart)))",
          at: span(of: position)))
    }
    return try node(.arithmetic(.power, base, exponent, overflow: nil), from: start)
  }
}
