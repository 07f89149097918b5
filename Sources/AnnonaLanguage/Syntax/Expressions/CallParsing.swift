import AnnonaValues

/// The inside of a call's parentheses, with the words that some functions take.
extension ExpressionParser {
  private static let roundingFunctions: Set<String> = ["round", "floor", "ceiling"]

  /// `ias.f(x)`: a function of an import, whose path stands as one name.
  mutating func importedCall(
    _ base: ExpressionSyntax, _ name: NameSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    guard let path = base.kind.path else {
      throw fail(
        .methodCall(
          name.text, mended: "\(name.text)(\(text(of: start..<position - 2)))", at: name.span))
    }
    let full = NameSyntax(path + "." + name.text, span: span(from: start))
    return try call(full, from: start)
  }

  mutating func call(
    _ name: NameSyntax, from start: Int
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    let open = position
    let rounds = Self.roundingFunctions.contains(name.text)
    let outside = surroundings
    surroundings = Surroundings(toNamesStep: rounds)
    defer { surroundings = outside }
    advance()
    var call = CallSyntax()
    if !take(.rightParenthesis) {
      repeat {
        try argument(of: &call, open: open)
      } while take(.comma)
      guard take(.rightParenthesis) else { throw unclosed(open, after: open + 1) }
    }
    if rounds { try checkRounding(name.text, call, from: start) }
    return try node(.call(name, call), from: start)
  }

  /// One argument and the words after it; a faulty one is skipped, so that the next is read.
  private mutating func argument(
    of call: inout CallSyntax, open: Int
  ) throws(SyntaxFailure) {
    let start = position
    do throws(SyntaxFailure) {
      if endsOperand, current.kind != .end {
        throw fail(.missingItem(at: span(of: sees(.comma) ? position : position - 1)))
      }
      if current.kind == .end { throw fail(.neverClosed(at: span(of: open))) }
      call.arguments.append(try expression())
      try tails(of: &call, open: open)
      guard sees(.comma) || sees(.rightParenthesis) else { throw unclosed(open, after: start) }
    } catch {
      try skip(toArgumentAfter: open)
      call.arguments.append(placeholder(from: start))
    }
  }

  /// `to 1 EUR half_up`, `default 0`, `by birth_date`, `last_day` after the last argument.
  private mutating func tails(of call: inout CallSyntax, open: Int) throws(SyntaxFailure) {
    let start = position
    if surroundings.toNamesStep, take(word: "to") {
      call.step = try tail(after: start, atLeast: .sum)
      call.mode = try roundingMode()
    } else if surroundings.toNamesStep, case .word(let word) = current.kind,
      RoundingMode(rawValue: word) != nil
    {
      throw roundingWithoutStep(call, from: open - 1, before: position, mode: word)
    } else if take(word: "default") {
      call.fallback = try tail(after: start, atLeast: .logic)
    } else if take(word: "by") {
      call.key = try tail(after: start, atLeast: .logic)
    } else if case .word(let word) = current.kind, let overflow = MonthOverflow(rawValue: word) {
      advance()
      call.overflow = overflow
    } else {
      return
    }
    if sees(.comma) {
      throw fail(.argumentAfterTail(text(from: start), at: span(of: position)))
    }
  }

  private mutating func tail(
    after word: Int, atLeast precedence: Precedence
  ) throws(SyntaxFailure) -> ExpressionSyntax {
    if endsOperand {
      throw fail(.nothingAfter(tokens[word].spelling(in: source), at: span(of: word)))
    }
    return try expression(atLeast: precedence)
  }

  /// The mode after a step, if a word stands there.
  mutating func roundingMode() throws(SyntaxFailure) -> RoundingMode? {
    guard case .word(let word) = current.kind else { return nil }
    guard let mode = RoundingMode(rawValue: word) else {
      throw fail(.unknownRounding(word, at: span(of: position)))
    }
    advance()
    return mode
  }

  private mutating func checkRounding(
    _ function: String, _ call: CallSyntax, from start: Int
  ) throws(SyntaxFailure) {
    guard !isIncomplete else { return }
    guard let step = call.step else {
      throw roundingWithoutStep(call, from: start, before: position - 1, mode: "half_up")
    }
    if call.mode == nil, let word = step.misspeltRounding {
      throw fail(.unknownRounding(word.text, at: word.span))
    }
    if function == "round", call.mode == nil {
      let written = String(text(from: start).dropLast())
      let decimals = step.stepOfDecimals.map {
        text(from: start, whereStepIs: $0, insteadOf: step) + " half_up)"
      }
      throw fail(
        .roundingWithoutMode(
          step, mended: written + " half_up)", decimals: decimals, at: span(of: start)))
    }
    if function != "round", let mode = call.mode {
      throw fail(
        .roundingTwice(
          function, mode: mode.rawValue, at: span(from: start)))
    }
  }

  /// `round(x, 2)`, as other languages round to decimals, or `round(x)`.
  private mutating func roundingWithoutStep(
    _ call: CallSyntax, from start: Int, before end: Int, mode: String
  ) -> SyntaxFailure {
    let function = tokens[start].spelling(in: source)
    let tail = function == "round" ? " \(mode))" : ")"
    guard call.arguments.count > 1 else {
      let mended = text(of: start..<end) + " to 1" + tail
      return fail(.roundingWithoutStep(function, mended: mended, at: span(of: start)))
    }
    let comma = (start..<end).first {
      tokens[$0].kind == .sign(.comma) && span(of: $0).start >= call.arguments[0].span.end
    }
    let step = call.arguments[1].stepOfDecimals ?? "0.01"
    let mended = text(of: start..<(comma ?? end)) + " to \(step)" + tail
    return fail(.roundingToDecimals(function, mended: mended, at: span(of: start)))
  }

  /// The call up to its step, with another step.
  private func text(
    from start: Int, whereStepIs step: String, insteadOf written: ExpressionSyntax
  ) -> String {
    let end = (start..<position).first { span(of: $0).start >= written.span.start } ?? position
    return text(of: start..<end) + " " + step
  }
}

extension ExpressionSyntax {
  /// `0.01` for the `2` that elsewhere stands for two decimals.
  var stepOfDecimals: String? {
    guard case .number(let number, false, nil) = kind, let decimals = number.integer,
      (0...6).contains(decimals)
    else { return nil }
    return decimals == 0 ? "1" : "0." + String(repeating: "0", count: decimals - 1) + "1"
  }

  /// `1 halfup`: a word that was meant as a mode and read as the unit of the step.
  var misspeltRounding: UnitSyntax? {
    guard case .number(_, _, let unit?) = kind else { return nil }
    func letters(_ text: String) -> String { text.lowercased().filter { $0 != "_" } }
    let meant = RoundingMode.allCases.contains { letters($0.rawValue) == letters(unit.text) }
    return meant ? unit : nil
  }
}

extension ExpressionSyntax.Kind {
  /// The dotted name of a path of names.
  fileprivate var path: String? {
    switch self {
    case .name(let name): name
    case .member(let base, let name): base.kind.path.map { $0 + "." + name.text }
    default: nil
    }
  }
}
