import AnnonaValues

/// Reads the expression that a scalar holds; what cannot be read is reported and gives `nil`.
///
/// An expression with mended habits (`==` for `=`) is reported and returned all the same, so that its other problems come to light too.
package func parseExpression(
  _ scalar: Scalar, file: Int32
) -> (ExpressionSyntax?, [Diagnostic]) {
  let source = SourceText(scalar, file: file)
  return parseExpression(source, in: source.all)
}

/// Reads the expression in a cell of a grid.
package func parseExpression(_ cell: NameSyntax) -> (ExpressionSyntax?, [Diagnostic]) {
  let scalar = Scalar(
    text: cell.text, style: .plain, segments: [.init(text: 0, file: cell.span.start)])
  return parseExpression(scalar, file: cell.span.file)
}

/// Reads the expression in a part of a text.
func parseExpression(
  _ source: SourceText, in range: Range<Int>
) -> (ExpressionSyntax?, [Diagnostic]) {
  var parser = ExpressionParser(source, in: range)
  let expression = parser.parseAll { parser throws(SyntaxFailure) in try parser.expression() }
  return (expression, parser.diagnostics)
}

/// Thrown once the problem is reported: the rest of the group makes no sense.
struct SyntaxFailure: Error {}

/// How tightly an operator binds, loosest first.
enum Precedence: Int, Comparable {
  case logic, not, comparison, filter, over, range, sum, product, sign, power

  static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// Precedence climbing over the tokens of one expression.
struct ExpressionParser {
  /// What the surroundings keep for themselves; parentheses clear it.
  struct Surroundings {
    /// Inside `round`, `floor` and `ceiling` a `to` names the step.
    var toNamesStep = false
    /// Inside a `where` a second one would be ambiguous.
    var isInsideWhere = false
  }

  let source: SourceText
  let tokens: [Token]
  /// For each opening parenthesis or bracket, the position of the token that closes it.
  let closers: [Int: Int]
  var position = 0
  var surroundings = Surroundings()
  private(set) var diagnostics: [Diagnostic]
  /// Whether something was skipped, so that the tree is not what was written.
  var isIncomplete = false
  private var depth = 0

  init(_ source: SourceText, in range: Range<Int>) {
    self.source = source
    guard range.count <= Limits.length else {
      self.tokens = [Token(kind: .faulty, range: range)]
      self.closers = [:]
      self.diagnostics = [.tooLong(at: source.span(range.lowerBound..<range.lowerBound + 1))]
      return
    }
    var lexer = Lexer(source, in: range)
    self.tokens = lexer.run()
    self.closers = Self.closers(of: tokens)
    self.diagnostics = Array(lexer.diagnostics.prefix(Limits.problems))
  }

  private static func closers(of tokens: [Token]) -> [Int: Int] {
    var closers: [Int: Int] = [:]
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .sign(.leftParenthesis), .sign(.leftBracket): open.append(index)
      case .sign(.rightParenthesis), .sign(.rightBracket):
        if let opener = open.popLast() { closers[opener] = index }
      default: break
      }
    }
    return closers
  }

  // MARK: - Entries

  /// Parses the whole range by a rule of the grammar; `nil` if anything of it was lost.
  mutating func parseAll<Result>(
    _ rule: (inout ExpressionParser) throws(SyntaxFailure) -> Result
  ) -> Result? {
    do throws(SyntaxFailure) {
      if current.kind == .end { throw fail(.missingExpression(at: source.span(current.range))) }
      let result = try rule(&self)
      if current.kind != .end { throw unexpected(after: 0) }
      return isIncomplete ? nil : result
    } catch {
      return nil
    }
  }

  mutating func expression() throws(SyntaxFailure) -> ExpressionSyntax {
    try expression(atLeast: .logic)
  }

  /// An expression of operators that bind at least as tightly as `precedence`.
  mutating func expression(
    atLeast precedence: Precedence
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    guard depth < Limits.height else { throw fail(.tooDeep(at: span(of: position))) }
    depth += 1
    defer { depth -= 1 }
    let start = position
    var left = try operand(atLeast: precedence)
    while let next = infix(atLeast: precedence) {
      left = try infixExpression(next, left: left, from: start)
    }
    return left
  }

  // MARK: - Tokens

  var current: Token { tokens[position] }

  func token(_ offset: Int) -> Token {
    tokens[min(max(position + offset, 0), tokens.count - 1)]
  }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  func sees(_ sign: Sign) -> Bool { current.kind == .sign(sign) }

  func sees(word: String) -> Bool { current.isWord(word) }

  mutating func take(_ sign: Sign) -> Bool {
    guard sees(sign) else { return false }
    advance()
    return true
  }

  mutating func take(word: String) -> Bool {
    guard sees(word: word) else { return false }
    advance()
    return true
  }

  func span(of index: Int) -> Span { source.span(tokens[index].range) }

  /// From a token to the last one that was read.
  func span(from start: Int) -> Span { source.span(range(from: start)) }

  func range(from start: Int) -> Range<Int> {
    let last = max(start, position - 1)
    return tokens[start].range.lowerBound..<tokens[last].range.upperBound
  }

  /// The words of some tokens, each mended where the lexer mended it, with single spaces.
  func text(of words: Range<Int>) -> String {
    var result = ""
    for index in words {
      if index > words.lowerBound, spaceStands(before: index) { result += " " }
      result += tokens[index].spelling(in: source)
    }
    return result
  }

  /// Between two words also where the author wrote a sign for one of them: `!resident`.
  func spaceStands(before index: Int) -> Bool {
    let (left, right) = (tokens[index - 1], tokens[index])
    if right.range.lowerBound > left.range.upperBound { return true }
    return left.isWordOrNumber && right.isWordOrNumber
  }

  /// The words from a token to the last one that was read.
  func text(from start: Int) -> String { text(of: start..<max(start, position)) }

  // MARK: - Nodes and problems

  /// Builds a node from the words read since `start`.
  mutating func node(
    _ kind: ExpressionSyntax.Kind, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let node = ExpressionSyntax(kind, span: span(from: start))
    guard node.height <= Limits.height else {
      throw fail(.tooDeep(at: span(of: max(start, position - 1))))
    }
    return node
  }

  mutating func report(_ diagnostic: Diagnostic) {
    if diagnostics.count < Limits.problems { diagnostics.append(diagnostic) }
  }

  /// Reports a problem after which the group cannot go on.
  mutating func fail(_ diagnostic: Diagnostic) -> SyntaxFailure {
    report(diagnostic)
    isIncomplete = true
    return SyntaxFailure()
  }

  /// What stands for an expression that could not be read, so that the rest can be.
  mutating func placeholder(from start: Int) -> ExpressionSyntax {
    isIncomplete = true
    return ExpressionSyntax(.null, span: span(from: start))
  }
}
