import AnnonaLanguage
import Testing

@Suite struct PropertyTests {
  @Test(arguments: 0..<20) func whatIsPrintedIsReadBack(_ seed: Int) {
    var random = RandomExpressions(seed: UInt64(seed))
    for _ in 0..<100 {
      let expression = random.expression(depth: 4)
      let text = print(expression)
      let reading = read(text)
      #expect(reading.problems == [], "seed \(seed): \(text)")
      #expect(reading.sketch == sketch(expression), "seed \(seed): \(text)")
    }
  }

  /// Every part of a tree says where it stands, and reading that part alone gives it again.
  @Test(arguments: 0..<5) func everyPlaceHoldsItsPart(_ seed: Int) {
    var random = RandomExpressions(seed: UInt64(1_000 + seed))
    for _ in 0..<40 {
      let text = print(random.expression(depth: 3))
      guard let tree = parseExpression(scalar(text), file: 0).0 else { continue }
      check(tree, in: text, seed)
    }
  }

  private func check(_ tree: ExpressionSyntax, in text: String, _ seed: Int) {
    let part = slice(text, tree.span)
    #expect(read(part).sketch == sketch(tree), "seed \(seed): \(part) in \(text)")
    for operand in tree.kind.operands {
      #expect(operand.span.start >= tree.span.start && operand.span.end <= tree.span.end)
      check(operand, in: text, seed)
    }
  }

  private static let pieces = [
    "(", ")", "[", "]", "..", ",", "|", "||", " ", "\n", "\"", "'", "\\", "-", "*", "**", "1",
    "000", ".", "%", "€", "é", "=>", "if ", " then ", " else ", " and ", " not ", " in ", " at ",
    " as ", " to ", "up to ", "otherwise", "2025-02-30", "round(", "#", "?", ":", "\u{A0}", "\u{0}",
  ]

  @Test(arguments: 0..<20) func noTextTraps(_ seed: Int) {
    var random = RandomExpressions(seed: UInt64(2_000 + seed))
    for _ in 0..<100 {
      var characters = Array(print(random.expression(depth: 3)).utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random.random) {
        let place = Int.random(in: 0...characters.count, using: &random.random)
        let end = min(characters.count, place + Int.random(in: 0...3, using: &random.random))
        let piece = Self.pieces.randomElement(using: &random.random) ?? ""
        characters.replaceSubrange(place..<end, with: Array(piece.utf8))
      }
      let text = String(decoding: characters, as: UTF8.self)
      checkPlaces(text, seed)
    }
  }

  private func checkPlaces(_ text: String, _ seed: Int) {
    let scalar = scalar(text)
    let size = Int32(text.utf8.count)
    let (expression, problems) = parseExpression(scalar, file: 0)
    #expect(expression != nil || !problems.isEmpty, "seed \(seed): \(text)")
    let all =
      problems + parseTable(scalar, file: 0).1 + parseGrid(scalar, file: 0).1
      + parseRounding(scalar, file: 0).1 + parseType(scalar, file: 0).1
      + parseUnit(scalar, file: 0).1
    for problem in all {
      #expect(
        problem.span.start >= 0 && problem.span.start <= problem.span.end
          && problem.span.end <= size, "seed \(seed): \(problem) in \(text)")
    }
  }

  /// Whatever is cut off at the end, the reader says what is missing and where.
  @Test func everyBeginningIsAnswered() {
    let whole = Array(
      "if a(b, \"c\") >= 1_000.5 EUR/month then (d where e).f at 2025-01-01 else g[1]")
    for length in 0..<whole.count {
      let text = String(whole[..<length])
      let reading = read(text)
      #expect(reading.sketch != nil || !reading.problems.isEmpty, "\(text)")
    }
  }
}
