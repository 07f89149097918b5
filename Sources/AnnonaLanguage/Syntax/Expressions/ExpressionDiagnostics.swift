// Every problem that the lexer and the parser of expressions find. Words of the author stand in backquotes; a help is a finished edit.

// MARK: - Numbers, dates and texts

extension Diagnostic {
  static func groupedNumber(_ written: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X001", at: span,
      "`\(written)` is not how a number is written: groups of digits are joined by `_` and decimals follow a point",
      help: "write `\(instead)`")
  }

  static func numbersWithoutSpace(
    _ written: String, one: String?, list: String, at span: Span
  ) -> Diagnostic {
    let asOne = one.map { "write `\($0)` for one number, or " } ?? "write "
    return Diagnostic(
      "X002", at: span, "`\(written)` may be one number or several",
      help: asOne + "`\(list)` for several")
  }

  static func barePoint(_ written: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X003", at: span, "no digit follows the point of `\(written)`", help: "write `\(instead)`")
  }

  static func exponent(_ written: String, instead: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      "X004", at: span, "`\(written)` has an exponent, and numbers are written out here",
      help: instead.map { "write `\($0)`" } ?? "write the number with all its digits")
  }

  static func missingSpace(number: String, word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X005", at: span, "a space is missing between `\(number)` and `\(word)`",
      help: "write `\(number) \(word)`")
  }

  static func currencySign(_ sign: String, instead: String, at span: Span) -> Diagnostic {
    let dollar = sign == "$" ? ", or the code of the dollar that is meant" : ""
    return Diagnostic(
      "X006", at: span,
      "`\(sign)` is not a unit: a currency is named by its code, after the number",
      help: "write `\(instead)`\(dollar)")
  }

  static func tooLarge(at span: Span) -> Diagnostic {
    Diagnostic("X007", at: span, "this number has more digits than can be calculated with")
  }

  static func percentOf(_ percent: String, _ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X008", at: span, "`\(percent)` is a number, and no operator joins it to `\(word)`",
      help: "write `\(percent) * \(word)`")
  }

  static func notADate(_ written: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X009", at: span, "`\(written)` is not a date: dates are written year-month-day",
      help: dateHelp(written))
  }

  /// The date that was meant, as far as that is certain.
  private static func dateHelp(_ written: String) -> String {
    let groups = written.split { !$0.isNumber }.map(String.init)
    guard groups.count >= 3 else { return "write it like `2025-03-01`" }
    func twoDigits(_ text: String) -> String { text.count == 1 ? "0" + text : text }
    if groups.count == 3, groups[0].count == 4, groups[1].count <= 2, groups[2].count <= 2 {
      let date = "\(groups[0])-\(twoDigits(groups[1]))-\(twoDigits(groups[2]))"
      return "write `\(date)`, or spaces around `-` for a difference"
    }
    if groups.count == 3, groups[2].count == 4, groups[0].count <= 2, groups[1].count <= 2 {
      let (first, second) = (twoDigits(groups[0]), twoDigits(groups[1]))
      let date = "write `\(groups[2])-\(second)-\(first)`"
      return first <= "12" && first != second
        ? date + ", or `\(groups[2])-\(first)-\(second)` if the month stands first" : date
    }
    if groups[0].count == 4, groups.count > 3 {
      return "write `\(groups[0])-\(twoDigits(groups[1]))-\(twoDigits(groups[2]))`"
    }
    return "write it like `2025-03-01`, or spaces around `-` for a difference"
  }

  static func impossibleDate(_ written: String, at span: Span) -> Diagnostic {
    let parts = written.split(separator: "-").compactMap { Int($0) }
    let (why, help) =
      parts.count == 3
      ? impossibility(year: parts[0], month: parts[1], day: parts[2])
      : ("dates are written year-month-day", nil)
    return Diagnostic(
      "X010", at: span, "there is no date `\(written)`: \(why)", help: help)
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  private static func impossibility(year: Int, month: Int, day: Int) -> (String, String?) {
    if year < 1 { return ("years run from 1 to 9999", nil) }
    guard (1...12).contains(month) else { return ("months run from 1 to 12", nil) }
    if day < 1 { return ("days are counted from 1", nil) }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let length = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    let digits = String(10_000 + year).dropFirst()
    let last = "\(digits)-\(month < 10 ? "0" : "")\(month)-\(length)"
    return (
      "\(months[month - 1]) \(year) has \(length) days", "write `\(last)` for its last day"
    )
  }

  static func openText(mark: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X011", at: span, "the text that `\(mark)` opens is never closed", help: "end it with `\"`")
  }

  static func foreignQuotes(_ written: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X012", at: span, "a text stands between `\"` and `\"`", help: "write `\(instead)`")
  }

  static func unknownEscape(_ written: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X013", at: span,
      "`\(written)` means nothing in a text: only `\\\"` and `\\\\` stand for a character",
      help: "write `\\\(written)` if the text holds a backslash")
  }

  static func strangeSpace(at span: Span) -> Diagnostic {
    Diagnostic(
      "X014", at: span, "this is not an ordinary space", help: "write an ordinary space")
  }

  static func unexpectedCharacter(_ character: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X015", at: span, "`\(character)` means nothing in an expression", help: "remove it")
  }

  // MARK: - Words and signs of other languages

  static func foreignSign(_ written: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X020", at: span, "`\(written)` is not a sign of this language", help: "write `\(instead)`")
  }

  static func capitalWord(_ word: String, instead: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X021", at: span, "`\(word)` is not a word of the language in these letters",
      help: "write `\(instead)`")
  }

  static func capitalConstant(_ word: String, instead: String, at span: Span) -> Diagnostic {
    capitalWord(word, instead: instead, at: span)
  }

  static func remainder(_ sign: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X022", at: span, "`\(sign)` does not give a remainder here", help: "write `\(mended)`")
  }

  static func trailingIf(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X023", at: span, "`if` stands before both its values", help: "write `\(mended)`")
  }

  static func ifAsFunction(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X023", at: span, "`if` is not a function", help: "write `\(mended)`")
  }

  static func questionMark(mended: String, at span: Span) -> Diagnostic {
    Diagnostic("X023", at: span, "`?` does not choose between values", help: "write `\(mended)`")
  }

  static func lambda(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X024", at: span, "there are no functions without a name",
      help: "write `some \(name) in … satisfies …`, `every …`, or `… where …`")
  }

  static func bracketFilter(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X025", at: span, "square brackets do not choose from a list", help: "write `\(mended)`")
  }

  static func bracketRange(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X026", at: span, "square brackets stand only in the cells of a table",
      help: "write `\(mended)`")
  }

  static func methodCall(_ function: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "X027", at: span, "`\(function)` is called on a value rather than with it",
      help: "write `\(mended)`")
  }

  static func plusSign(at span: Span) -> Diagnostic {
    Diagnostic("X028", at: span, "`+` stands only between two values", help: "leave out the `+`")
  }
}
