import AnnonaValues

// The English of the checker, codes U: types and units.

extension Diagnostic {
  static func wrongType(at span: Span, expected: String, got: String, fix: String?) -> Diagnostic {
    Diagnostic("U001", at: span, "this is `\(got)`, where `\(expected)` is needed", help: fix)
  }

  /// An operand as messages name it: the author's words where they are short, and its type.
  struct Operand {
    let words: String
    let type: String
  }

  static func mismatch(
    _ operation: String, _ one: Operand, _ other: Operand, at span: Span, fix: String?
  ) -> Diagnostic {
    let isShort = [one.words, other.words].allSatisfy { $0.count <= 40 && !$0.contains("\n") }
    return Diagnostic(
      "U002", at: span,
      isShort
        ? "`\(operation)` cannot bring together `\(one.words)`, which is `\(one.type)`, "
          + "and `\(other.words)`, which is `\(other.type)`"
        : "`\(operation)` cannot bring together `\(one.type)` and `\(other.type)`",
      help: fix)
  }

  /// `part` is the name inside a unit that is unknown, or the whole.
  static func unknownType(
    _ type: String, part: String, at span: Span, among names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "U003", at: span,
      part == type
        ? "there is no type or unit `\(type)`" : "there is no unit `\(part)`, as in `\(type)`",
      help: currency(meantBy: part).map {
        "money is written by the letters of its currency: `\($0)`"
      }
        ?? meant(didYouMean(part, among: names))
        ?? (part == type
          ? "declare `\(part)` under `entities:`, `choices:` or `units:`, or correct the spelling"
          : "declare it: `units: [\(part)]`"))
  }

  static func unknownUnit(_ unit: String, at span: Span, among names: [String]) -> Diagnostic {
    let known = ["year", "month", "week", "day"] + names
    return Diagnostic(
      "U004", at: span, "there is no unit `\(unit)`",
      help: currency(meantBy: unit).map {
        "money is written by the letters of its currency: `\($0)`"
      }
        ?? meant(didYouMean(unit, among: known))
        ?? "did you mean to declare `units: [\(unit)]`?")
  }

  /// The ISO 4217 code of a currency written as in a sentence.
  private static func currency(meantBy word: String) -> String? {
    let words = [
      "euro": "EUR", "euros": "EUR", "€": "EUR", "dollar": "USD", "dollars": "USD", "$": "USD",
      "pound": "GBP", "pounds": "GBP", "£": "GBP",
    ]
    let code = word.uppercased()
    return words[word.lowercased()] ?? (Unit.isCurrency(code) && code != word ? code : nil)
  }

  static func mayBeNull(at span: Span, words: String, fallback: String) -> Diagnostic {
    Diagnostic(
      "U006", at: span, "`\(words)` may be absent, and nothing says what holds then",
      help: "test it first with `\(words) != null`, or give a value for that case: "
        + "`coalesce(\(words), \(fallback))`")
  }

  static func nullOutOfPlace(at span: Span) -> Diagnostic {
    Diagnostic(
      "U006", at: span, "`null` is the absence of a value, and nothing can be done with it",
      help: "compare with it, by `= null` or `!= null`, or write a value")
  }

  static func neverNeeded(at span: Span, words: String) -> Diagnostic {
    Diagnostic(
      "U007", at: span, "`\(words)` is never absent, so nothing stands in for it",
      help: "write `\(words)` alone")
  }

  static func neverNull(at span: Span, words: String) -> Diagnostic {
    Diagnostic(
      "U007", at: span, "`\(words)` is never absent, so there is nothing to test",
      help: "remove the test, or declare the fact `optional: true`")
  }

  static func neverNullColumn(at span: Span) -> Diagnostic {
    Diagnostic(
      "U008", at: span, "this column is never absent, so no row needs `null`",
      help: "remove the row, or declare the fact `optional: true`")
  }

  /// `operation` is the author's own words for the comparison.
  static func notOrdered(_ type: String, _ operation: String, at span: Span) -> Diagnostic {
    if type == "null" {
      return Diagnostic(
        "U009", at: span, "nothing is above or below `null`, so `\(operation)` says nothing",
        help: "test with `= null` or `!= null`")
    }
    return Diagnostic(
      "U009", at: span, "values of type `\(type)` have no order, so `\(operation)` says nothing",
      help: "compare with `=` or `!=`, or use numbers or dates")
  }

  static func notComparable(_ type: String, _ operation: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "U010", at: span, "values of type `\(type)` cannot be compared with `\(operation)`",
      help: type == "period"
        ? "compare their ends, `.first` and `.last`"
        : type.hasPrefix("list of")
          ? "compare what they hold, such as `count(…)`" : "compare what is asked of them")
  }

  /// `factor` is the unit that would have to be multiplied by; `nil` where time has no part in it.
  static func cannotConvert(
    _ unit: String, _ target: String, at span: Span, words: String, factor: String?
  ) -> Diagnostic {
    Diagnostic(
      "U011", at: span, "`\(unit)` cannot become `\(target)` by an exact ratio",
      help: factor.map {
        "only 12 months are a year and 7 days a week; how many the law counts is for it to say: "
          + "`\(words) * … \($0)`"
      } ?? "`as` changes units of time alone: multiply by what one is in the other")
  }

  static func dividesByZero(at span: Span) -> Diagnostic {
    Diagnostic("U012", at: span, "this divides by zero", help: "correct the divisor")
  }

  static func exponentNotWhole(at span: Span) -> Diagnostic {
    Diagnostic(
      "U013", at: span, "an exponent is a whole number of at most three digits",
      help: "write a whole number after `**`; roots would leave the exact numbers")
  }

  static func exponentUnknown(at span: Span) -> Diagnostic {
    Diagnostic(
      "U014", at: span, "the exponent of a quantity with a unit must be written out",
      help: "write a literal such as `2`, or take the unit away first with `/`")
  }

  static func fractionalDuration(at span: Span, unit: String) -> Diagnostic {
    Diagnostic(
      "U043", at: span, "a date moves by whole \(unit)s, and this is a part of one",
      help: "write a whole number of \(unit)s")
  }

  static func overflowWithoutMonths(at span: Span, _ word: String) -> Diagnostic {
    Diagnostic(
      "U015", at: span, "`\(word)` says nothing of an addition of days, which are all there",
      help: "remove `\(word)`")
  }

  static func overflowWithoutDate(at span: Span) -> Diagnostic {
    Diagnostic(
      "U015", at: span, "`last_day` and `next_day` belong to an addition to a date",
      help: "remove the word")
  }

  /// `words` are the author's, with the mode added; `nil` where it cannot be said in place.
  static func monthOverflowUndeclared(at span: Span, words: String?) -> Diagnostic {
    Diagnostic(
      "U016", at: span, "nothing says what a month is counted to when the day does not exist",
      example: "2023-01-31 + 1 month: no 31 February",
      help: "add `calendar: { month_overflow: last_day }` (or `next_day`, or `error`) to the header"
        + (words.map { ", or say it here: `\($0)`" } ?? ""))
  }

  static func leapDayUndeclared(at span: Span) -> Diagnostic {
    Diagnostic(
      "U017", at: span, "nothing says when somebody born on 29 February has a birthday",
      example: "born 2000-02-29, on 2018-02-28: 17 or 18 years old",
      help: "add `calendar: { leap_day_birthday: mar_1 }` (or `feb_28`) to the header")
  }

  static func stepNotPositive(at span: Span) -> Diagnostic {
    Diagnostic(
      "U020", at: span, "a step is a number above zero or a parameter",
      help: "write a number above zero, such as `0.01`")
  }

  /// `usage` is a call as it should look.
  static func wrongArguments(
    _ name: NameSyntax, expected: String, got: Int, usage: String
  ) -> Diagnostic {
    let given = got == 0 ? "nothing" : got == 1 ? "one thing" : "\(got) things"
    return Diagnostic(
      "U021", at: name.span, "`\(name.text)` takes \(expected), and here it is given \(given)",
      help: "write it as `\(usage)`")
  }

  /// `example` is a list that the rulebook declares.
  static func notAList(at span: Span, got: String, such example: String?) -> Diagnostic {
    Diagnostic(
      "U022", at: span, "this is `\(got)`, where a list is needed",
      help: example.map { "name a list of members, such as `\($0)`" }
        ?? "declare a list of members under `has:`, and name it here")
  }

  static func filterOfValues(at span: Span, fix: String?) -> Diagnostic {
    Diagnostic(
      "U023", at: span, "`where` chooses among members, and these are already single values",
      help: fix.map { "write `\($0)`" } ?? "put the `where` before the path")
  }

  static func optionalElements(at span: Span, words: String) -> Diagnostic {
    Diagnostic(
      "U024", at: span, "some elements of `\(words)` may be absent",
      help: "leave them out first, with `where … != null` before the path")
  }

  static func listOfLists(at span: Span) -> Diagnostic {
    Diagnostic(
      "U025", at: span, "this would be a list of lists",
      help: "aggregate the inner list in a rule of its own, and collect that rule's values")
  }

  /// `example` is a path to numbers.
  static func cannotAggregate(
    _ name: NameSyntax, _ type: String, at span: Span, such example: String?
  ) -> Diagnostic {
    Diagnostic(
      "U026", at: span, "`\(name.text)` cannot be taken of values of type `\(type)`",
      help: "name what is to be taken"
        + (example.map { ", such as `\(name.text)(\($0))`" } ?? ", a number of each member"))
  }

  static func loopsTooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      "U027", at: span, "`for`, `some` and `every` stand at most four deep",
      help: "move the inner part into a rule of its own")
  }

  static func factDoesNotVary(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "U028", at: span, "`\(name)` is one value for all time, so it cannot be read as of a date",
      help: "declare it `varies: daily` (or `monthly`, `yearly`), or leave out the date")
  }

  static func clockNeedsName(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "U029", at: span,
      "`\(word)` reads one name as of a date: a parameter, a rule or a fact that varies",
      help: "put `\(word)` behind the name itself, such as `14 * (ias \(word) d)`")
  }

  static func periodOfDates(at span: Span, got: String) -> Diagnostic {
    Diagnostic(
      "U030", at: span, "a period goes from a date to a date, not `\(got)`",
      help: "outside `in ( )`, write both ends as dates")
  }

  static func factOfManyThings(_ span: Span) -> Diagnostic {
    Diagnostic(
      "U031", at: span, "a fact holds one value, not a list",
      help: "declare an entity for what there are many of, and hold it under `has:`")
  }

  static func limitNeedsOrder(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "U032", at: span, "a limit or step needs numbers or dates, not `\(type)`",
      help: "remove it")
  }

  static func limitsReversed(at span: Span) -> Diagnostic {
    Diagnostic(
      "U033", at: span, "the upper limit lies below the lower one",
      help: "exchange the two, or correct the figure")
  }

  static func notASize(_ span: Span) -> Diagnostic {
    Diagnostic(
      "U034", at: span, "the size of a list is a whole number from 0",
      help: "write a number such as `1`")
  }

  static func notConstant(at span: Span) -> Diagnostic {
    Diagnostic(
      "U035", at: span, "only a constant can stand here",
      help: "write the figure itself, or make a rule of the formula")
  }

  static func notAPattern(_ pattern: NameSyntax) -> Diagnostic {
    Diagnostic(
      "U046", at: pattern.span, "`\(pattern.text)` is not a pattern",
      help: "write characters, `\\d` for a digit, classes such as `[A-Z]`, groups, `|`, "
        + "`?`, `*`, `+` and counts such as `{2}` or `{2,4}`; the whole text must have the form")
  }

  static func optionalList(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "U047", at: name.span, "a list is never absent, so `optional` says nothing of `\(name.text)`",
      help: "remove `optional`: a case says `[]` where there are none")
  }

  static func sizeOfOne(_ name: NameSyntax, at span: Span) -> Diagnostic {
    Diagnostic(
      "U048", at: span, "`\(name.text)` holds one member, so it has no size",
      help: "remove it, or write `type: list of` and the entity")
  }

  static func burdenNegative(at span: Span) -> Diagnostic {
    Diagnostic(
      "U049", at: span, "a burden is not below 0",
      help: "write `1` for a question as hard as most, `2` for one twice as hard")
  }

  static func patternNeedsText(_ name: NameSyntax, _ type: String) -> Diagnostic {
    Diagnostic(
      "U036", at: name.span, "`pattern` is for text, and `\(name.text)` is `\(type)`",
      help: "remove `pattern:`, or declare `type: text`")
  }

  static func cannotBeColumn(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "U038", at: span, "a column of a table cannot be `\(type)`",
      help: "ask something of it that is a number, a date, a choice, a text or true or false")
  }

  static func cellReversed(at span: Span) -> Diagnostic {
    Diagnostic(
      "U039", at: span, "this range ends before it starts", help: "exchange the two ends")
  }
}
