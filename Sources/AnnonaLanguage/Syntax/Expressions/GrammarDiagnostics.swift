import AnnonaValues

// Problems of how words and signs are put together.

// MARK: - What is missing or left over

extension Diagnostic {
  static func missingExpression(at span: Span) -> Diagnostic {
    Diagnostic("X030", at: span, "an expression is missing here")
  }

  static func nothingAfter(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("X031", at: span, "nothing follows `\(word)`", help: "write a value after `\(word)`")
  }

  static func nothingBefore(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X032", at: span, "nothing stands before `\(word)`", help: "write a value before `\(word)`")
  }

  static func missingOperator(_ pair: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X033", at: span, "nothing joins the two values of `\(pair)`",
      help: "write a sign such as `+` or `*` between them")
  }

  static func namesInARow(_ words: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X034", at: span, "`\(words)` is several names in a row, and a name has no spaces",
      help: "write `\(instead)` if that is one name")
  }

  static func reservedWord(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X035", at: span, "`\(word)` is a word of the language and cannot be a name",
      help: "use another name, such as `\(word)_value`")
  }

  static func wordOutOfPlace(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic("X036", at: span, "`\(word)` cannot stand here")
  }

  static func signOutOfPlace(_ sign: String, at span: Span) -> Diagnostic {
    wordOutOfPlace(sign, at: span)
  }

  static func wordWithoutOpener(_ word: String, opener: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X037", at: span, "`\(word)` has no `\(opener)` before it",
      help: "write `\(opener) …` first, or leave out `\(word)`")
  }

  static func wantedWord(_ wanted: String, before word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X038", at: span, "`\(wanted)` is missing before `\(word)`",
      help: "write `\(wanted) \(word)`, or join the values with a sign")
  }

  static func missingThen(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X038", at: span, "this `if` has no `then`", help: "write `\(mended)`")
  }

  static func missingElse(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X039", at: span, "this `if` has no `else`: a value is needed for every case",
      help: "write `\(mended)`")
  }

  static func loopWithout(
    _ word: String, in opener: String, mended: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "X038", at: span, "this `\(opener)` has no `\(word)`", help: "write `\(mended)`")
  }

  static func neverClosed(at span: Span) -> Diagnostic {
    Diagnostic(
      "X040", at: span, "this `(` is never closed", help: "write the `)` that belongs to it")
  }

  static func closesNothing(_ sign: String, at span: Span) -> Diagnostic {
    let open = sign == ")" ? "(" : "["
    return Diagnostic(
      "X041", at: span, "this `\(sign)` closes nothing",
      help: "remove it, or write the `\(open)` that belongs to it")
  }

  static func emptyParentheses(at span: Span) -> Diagnostic {
    Diagnostic("X042", at: span, "nothing stands between these parentheses")
  }

  static func missingItem(at span: Span) -> Diagnostic {
    Diagnostic(
      "X043", at: span, "a value is missing beside this sign",
      help: "remove the comma, or write the value")
  }

  static func commaOutOfPlace(at span: Span) -> Diagnostic {
    Diagnostic(
      "X044", at: span,
      "`,` stands only between the arguments of a function and the values after `in`")
  }

  static func argumentAfterTail(_ tail: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X045", at: span, "no argument may follow `\(tail)`", help: "put `\(tail)` last")
  }

  static func unitMissing(after word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X046", at: span, "no unit follows `\(word)`", help: "write a unit, such as `as EUR/year`")
  }

  static func notAUnit(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X047", at: span, "`\(text)` is not a unit", help: "write it like `EUR/month` or `EUR*month`")
  }

  // MARK: - What reads in two ways

  static func mixedLogic(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X050", at: span, "`and` and `or` stand side by side without parentheses",
      help: "write `\(mended)`, or the parentheses that the law means")
  }

  static func chainedComparison(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X051", at: span, "comparisons cannot be chained", help: "write `\(mended)`")
  }

  static func chainedPower(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X052", at: span, "`**` cannot be chained without parentheses",
      help: "write `\(mended)` before this one, or put what follows in parentheses")
  }

  static func chainedRange(_ range: String, at span: Span) -> Diagnostic {
    Diagnostic("X053", at: span, "`\(range)` is a range already", help: "leave out this `to`")
  }

  static func betweenWithoutAnd(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X054", at: span, "this `between` has no `and`", help: "write `\(mended)`")
  }

  static func notInside(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X055", at: span, "`not` stands before what it denies", help: "write `\(mended)`")
  }

  static func secondWhere(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X056", at: span, "a second `where` follows the first without parentheses",
      help: "write `\(mended)` before what follows")
  }

  static func needsParentheses(_ word: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X057", at: span, "`\(word)` inside a calculation or comparison needs parentheses",
      help: "write `(\(mended))`")
  }

  static func notOneName(_ word: String, mended: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "X058", at: span, "`\(word)` applies to one name",
      help: mended.map { "write `\($0)`" } ?? "write a name before `\(word)`")
  }

  // MARK: - Rounding

  static func roundingWithoutStep(
    _ function: String, mended: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "X060", at: span, "`\(function)` does not say to which step", help: "write `\(mended)`")
  }

  static func roundingToDecimals(
    _ function: String, mended: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "X060", at: span, "`\(function)` does not say to which step",
      help: "write `\(mended)`: the step is an amount, such as `0.01` for two decimals")
  }

  /// `decimals` is the edit where the step may be meant as a number of decimals; `1` is more often a step.
  static func roundingWithoutMode(
    _ step: ExpressionSyntax, mended: String, decimals: String?, at span: Span
  ) -> Diagnostic {
    var help = "write `\(mended)`"
    if case .number(let number, _, _) = step.kind, number != .one, let decimals {
      help =
        number.isZero
        ? "write `\(decimals)`: the step is an amount, such as `1` for whole numbers"
        : "write `\(decimals)` for \(number.canonicalText) decimals, "
          + "or `\(mended)` for multiples of \(number.canonicalText)"
    }
    return Diagnostic(
      "X061", at: span, "`round` does not say how halves are rounded", help: help)
  }

  static func roundingTwice(_ function: String, mode: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X062", at: span, "`\(function)` says already how it rounds", help: "leave out `\(mode)`")
  }

  static func unknownRounding(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X063", at: span, "`\(word)` is not a way of rounding",
      help:
        "write `half_up`, `half_even`, `half_down`, `up`, `down`, `floor` or `ceiling`")
  }

  static func roundingModeFirst(mode: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X064", at: span, "the step stands before `\(mode)`", help: "write it like `0.01 \(mode)`")
  }

  // MARK: - Types and units of single keys

  static func missingUnit(at span: Span) -> Diagnostic {
    Diagnostic("X065", at: span, "a unit is missing here", help: "write it like `EUR/month`")
  }

  static func missingType(at span: Span) -> Diagnostic {
    Diagnostic(
      "X066", at: span, "a type is missing here",
      help: "write it like `boolean`, `EUR/month` or `list of person`")
  }

  static func notAType(_ text: String, instead: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "X067", at: span, "`\(text)` is not a type",
      help: instead.map { "write `\($0)`" }
        ?? "write it like `boolean`, `EUR/month` or `list of person`")
  }

  static func optionalInType(at span: Span) -> Diagnostic {
    Diagnostic(
      "X068", at: span, "`optional` does not belong to the type here",
      help: "write `optional: true` beside `type`")
  }

  // MARK: - Limits

  static func tooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      "X070", at: span, "this expression is nested more than \(Limits.height) levels deep",
      help: "give its parts rules of their own")
  }

  static func tooLong(at span: Span) -> Diagnostic {
    Diagnostic(
      "X071", at: span, "this expression is longer than \(Limits.length) characters",
      help: "give its parts rules of their own")
  }
}
