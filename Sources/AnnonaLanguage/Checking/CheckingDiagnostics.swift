import AnnonaValues

// The English of the checker, by code: N names, U types and units, P parameters and dates, R rules, B benefits.

private func list(_ words: [String]) -> String {
  words.map { "`\($0)`" }.joined(separator: ", ")
}

private func meant(_ near: String?) -> String? {
  near.map { "did you mean `\($0)`?" }
}

// MARK: - Names

extension Diagnostic {
  static func unknownName(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "N001", at: name.span, "nothing is called `\(name.text)` here",
      help: meant(near) ?? "correct the spelling, or declare it as a fact, a parameter or a rule")
  }

  /// `spellings` are those of the readings that have one which means nothing else.
  static func twoReadings(
    _ name: NameSyntax, _ readings: [String], spellings: [String]
  ) -> Diagnostic {
    let written = spellings.map { "`\($0)`" }.joined(separator: " or ")
    let renamed = "give one of them another name"
    let help: String =
      if spellings.isEmpty { renamed } else if spellings.count == readings.count {
        "write \(written)"
      } else { "write \(written) if that is meant, or \(renamed)" }
    return Diagnostic(
      "N002", at: name.span,
      "`\(name.text)` can mean \(readings.joined(separator: " or ")) here", help: help)
  }

  static func choiceOrName(_ name: NameSyntax, choice: String, other: String) -> Diagnostic {
    Diagnostic(
      "N003", at: name.span,
      "`\(name.text)` is both a member of the choice `\(choice)` and \(other)",
      help: "write `\(choice).\(name.text)` for the member")
  }

  static func notAMember(_ name: NameSyntax, of choice: String, members: [String]) -> Diagnostic {
    Diagnostic(
      "N004", at: name.span, "`\(name.text)` is not a member of the choice `\(choice)`",
      help: meant(didYouMean(name.text, among: members)) ?? "write one of \(list(members))")
  }

  static func unknownMember(_ name: NameSyntax, of entity: String, near: String?) -> Diagnostic {
    Diagnostic(
      "N005", at: name.span,
      "`\(entity)` has no fact, rule or member called `\(name.text)`",
      help: meant(near) ?? "declare `\(name.text)` under `\(entity)`, or correct the spelling")
  }

  /// `owner` is what stands before the dot, `parts` what can be asked of it.
  static func noMembers(
    _ name: NameSyntax, of owner: String, _ type: String, parts: [String]
  ) -> Diagnostic {
    let near = didYouMean(name.text, among: parts) ?? parts.first { name.text.hasPrefix($0) }
    return Diagnostic(
      "N006", at: name.span, "`\(owner)` is `\(type)`, which has no `.\(name.text)`",
      help: near.map { "did you mean `\(owner).\($0)`?" }
        ?? (parts.isEmpty
          ? "write `\(owner)` alone, or start from an entity"
          : "ask for \(parts.map { "`.\($0)`" }.joined(separator: ", "))"))
  }

  static func nameNeedsMember(_ name: NameSyntax, what: String, such example: String?) -> Diagnostic
  {
    Diagnostic(
      "N007", at: name.span, "`\(name.text)` is \(what), not a value",
      help: "follow it with a dot and the name of what is meant"
        + (example.map { ", such as `\(name.text).\($0)`" } ?? ""))
  }

  static func notInImport(_ name: NameSyntax, prefix: String, near: String?) -> Diagnostic {
    Diagnostic(
      "N008", at: name.span, "the import `\(prefix)` has no parameter called `\(name.text)`",
      help: near.map { "did you mean `\(prefix).\($0)`?" }
        ?? "look up what the imported rulebook declares under `parameters:`")
  }

  static func unknownFunction(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "N009", at: name.span, "there is no function `\(name.text)`",
      help: meant(near) ?? "declare it under `functions:`, or correct the spelling")
  }

  static func unknownEntity(_ name: NameSyntax, among names: [String]) -> Diagnostic {
    Diagnostic(
      "N010", at: name.span, "there is no entity `\(name.text)`",
      help: meant(didYouMean(name.text, among: names))
        ?? "declare `\(name.text)` under `entities:`"
        + (names.isEmpty ? "" : ", or write one of \(list(names))"))
  }

  static func nameTaken(_ name: NameSyntax, of entity: String, first: Span) -> Diagnostic {
    Diagnostic(
      "N011", at: name.span,
      "the rulebook that declares `\(entity)` already has `\(entity).\(name.text)`",
      notes: [.init(first, "declared here")],
      help: "use that one, or give this one another name")
  }

  static func declaredTwice(_ what: String, _ name: NameSyntax, first: Span?) -> Diagnostic {
    Diagnostic(
      "N012", at: name.span, "the \(what) `\(name.text)` is declared twice",
      notes: first.map { [.init($0, "first declared here")] } ?? [],
      help: "remove one of the two, or give it another name")
  }

  static func factInFunction(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "N013", at: name.span, "a function sees no facts or rules, so not `\(name.text)`",
      help: "take it as an argument: `takes: { \(name.text): … }`")
  }

  static func thisInFunction(at span: Span) -> Diagnostic {
    Diagnostic(
      "N014", at: span, "a function belongs to no entity, so it has no `this`",
      help: "take what is needed as an argument under `takes:`")
  }

  static func builtInName(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "N016", at: name.span, "`\(name.text)` is a function of the language itself",
      help: "give the function another name")
  }

  static func baseOutsideException(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "N017", at: name.span, "`base` has a meaning only inside an exception",
      help: "move the formula into `exceptions:`, or name the rule that is meant")
  }

  static func severalOutputs(_ rule: String, _ outputs: [String], at span: Span) -> Diagnostic {
    let last = rule.split(separator: ".").last.map(String.init) ?? rule
    return Diagnostic(
      "N018", at: span, "`\(rule)` has several values: \(list(outputs))",
      help: "say which, such as `\(last).\(outputs.first ?? "")`")
  }

  static func unknownPart(
    _ name: NameSyntax, of rule: String, what: String, _ names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "N024", at: name.span, "`\(rule)` has no \(what) `\(name.text)`",
      help: meant(didYouMean(name.text, among: names)) ?? "write one of \(list(names))")
  }

  static func entityNotAround(
    _ name: NameSyntax, _ rule: String, members: [String]
  ) -> Diagnostic {
    Diagnostic(
      "N025", at: name.span,
      "`\(name.text)` would be the one that the rule belongs to, and it belongs to a `\(rule)`",
      help: members.isEmpty
        ? "move the rule to `\(name.text)`, or reach it through a fact"
        : "say which is meant through \(members.map { "`\($0)`" }.joined(separator: " or "))")
  }

  static func misspeltSource(_ name: NameSyntax, word: String, near: String) -> Diagnostic {
    Diagnostic(
      "N019", .warning, at: name.span, "no source is called `\(word)`",
      help: "did you mean `\(near)`?")
  }

  static func caseEntityMissing(_ id: NameSyntax, among names: [String]) -> Diagnostic {
    Diagnostic(
      "N020", at: id.span, "the header does not say which entity is decided",
      help: "add `case: \(names.first ?? "household")` to the header")
  }

  static func heldTwice(
    _ member: String, by holder: String, and other: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "N021", at: span, "`\(member)` is held both by `\(other)` and by `\(holder)`",
      help: "hold it in one of them, and let the other refer to it by a fact of type `\(member)`")
  }

  static func holdsItself(_ entity: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "N022", at: span, "`\(entity)` would hold itself",
      help: "refer to another `\(entity)` by a fact instead of holding it under `has:`")
  }

  static func memberNotEntity(_ name: NameSyntax, at span: Span) -> Diagnostic {
    Diagnostic(
      "N023", at: span, "`\(name.text)` under `has:` must be an entity or a list of one",
      help: "write `list of` and the name of an entity, or move `\(name.text)` to `facts:`")
  }
}

// MARK: - Types and units

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

  static func notAList(at span: Span, got: String) -> Diagnostic {
    Diagnostic(
      "U022", at: span, "this is `\(got)`, where a list is needed",
      help: "name a list of members, such as `household.children`")
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

  static func cannotAggregate(_ name: NameSyntax, _ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "U026", at: span, "`\(name.text)` cannot be taken of values of type `\(type)`",
      help: "name what is to be taken, such as `\(name.text)(children.amount)`")
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

// MARK: - Parameters and dates

extension Diagnostic {
  static func parameterWithoutValues(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "P001", at: name.span, "the parameter `\(name.text)` has no value",
      help: "add `values: { 2025-01-01: … }` with the day from which it holds")
  }

  static func datesOutOfOrder(_ date: DateSyntax, after: DateSyntax) -> Diagnostic {
    Diagnostic(
      "P002", at: date.span, "\(date.date) does not come after \(after.date)",
      notes: [.init(after.span, "the one before")], help: "write the dates in ascending order")
  }

  static func endsBeforeItStarts(_ through: DateSyntax, from: DateSyntax) -> Diagnostic {
    Diagnostic(
      "P003", at: through.span, "this ends on \(through.date), before it starts",
      notes: [.init(from.span, "it starts on \(from.date)")], help: "correct one of the two dates")
  }

  static func valuesOverlap(_ through: DateSyntax, next: DateSyntax) -> Diagnostic {
    Diagnostic(
      "P004", at: through.span, "this holds through \(through.date), when the next already holds",
      notes: [.init(next.span, "the next, from \(next.date)")],
      help: "remove `through:`; a value holds to the day before the next")
  }

  static func endOfValuesUnsaid(_ last: DateSyntax, _ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "P005", at: last.span, "nothing says until when the last value of `\(name.text)` holds",
      help: "add `through:` with the last day that the law has enacted, "
        + "or `until_further_notice: true` to the parameter")
  }

  static func gridColumns(at span: Span) -> Diagnostic {
    Diagnostic(
      "P006", at: span, "the first column of a grid of values is `from`, and others follow",
      help: "write the first line as `from | single | couple`, with the columns that the law has")
  }

  static func notADate(_ cell: NameSyntax) -> Diagnostic {
    Diagnostic(
      "P007", at: cell.span, "`\(cell.text)` is not a date",
      help: "write the day from which the row holds, such as `2025-01-01`")
  }

  static func unknownColumn(_ name: NameSyntax, of grid: String, columns: [String]) -> Diagnostic {
    Diagnostic(
      "P008", at: name.span, "the parameter `\(grid)` has no column `\(name.text)`",
      help: columns.isEmpty
        ? "draw its values as a grid with that column, or remove the column's title"
        : meant(didYouMean(name.text, among: columns)) ?? "write one of \(list(columns))")
  }

  static func columnsNotNumbered(_ name: NameSyntax, columns: [String]) -> Diagnostic {
    Diagnostic(
      "P009", at: name.span, "the columns of `\(name.text)` are names, not numbers",
      help: "write `\(name.text).\(columns.first ?? "column")`")
  }

  static func seriesWithoutPeriod(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "U042", at: span, "`over` takes what is counted per month, day or year, not `\(type)`",
      help: "give it a unit such as `EUR/month`")
  }
}

// MARK: - Rules

extension Diagnostic {
  static func cycle(_ names: [String], at span: Span, others: [(Span, String)]) -> Diagnostic {
    Diagnostic(
      "R002", at: span,
      names.count <= 2
        ? "`\(names.first ?? "")` reads itself"
        : "`\(names.first ?? "")` depends on itself: it reads "
          + names.dropFirst().map { "`\($0)`" }.joined(separator: ", which reads "),
      notes: others.map { .init($0.0, "`\($0.1)` stands here") },
      help: "break the circle; what was decided earlier, such as last year's award, is a fact")
  }

  static func noType(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R003", at: span, "the type of `\(name)` cannot be told from its body",
      help: "add `type:` to the rule")
  }

  static func chainTooLong(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R004", at: span, "`\(name)` stands at the end of too long a chain of rules without a type",
      help: "declare `type:` on the rules along the chain")
  }

  static func conditionsAreBoolean(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "R005", at: span, "`all:` and `any:` give true or false, and the rule is `\(type)`",
      help: "use `cases:` or `value:` for a value, or declare `type: boolean`")
  }

  static func conditionsOutOfPlace(at span: Span) -> Diagnostic {
    Diagnostic(
      "R020", at: span, "named conditions belong to a rule, not to an exception or a function",
      help: "make a rule of them, and name it here")
  }

  static func roundNeedsNumber(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "R006", at: span, "only numbers are rounded, and the rule is `\(type)`",
      help: "remove `round:`")
  }

  static func scaleColumns(at span: Span) -> Diagnostic {
    Diagnostic(
      "R007", at: span, "the brackets of a scale have the columns `above` and `rate`",
      help: "write the first line as `above | rate`")
  }

  static func thresholdsOutOfOrder(at span: Span) -> Diagnostic {
    Diagnostic(
      "R008", at: span, "this threshold does not lie above the one before",
      help: "write the thresholds in ascending order")
  }

  static func unknownSibling(
    _ name: NameSyntax, near: String?, among names: [String]
  ) -> Diagnostic {
    Diagnostic(
      "R010", at: name.span, "no exception beside this one is called `\(name.text)`",
      help: meant(near)
        ?? (names.isEmpty ? "remove `prevails_over`" : "write one of \(list(names))"))
  }

  static func prevailsOverItself(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R010", at: name.span, "`\(name.text)` cannot prevail over itself",
      help: "name the exception beside it that it sets aside")
  }

  static func refinesMissing(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R011", at: name.span,
      "the rule applies on a condition of its own, and `\(name.text)` does not say if it shares it",
      help: "add `refines: true` if the exception needs the rule's condition too, "
        + "`refines: false` if it applies without it")
  }

  static func refinesOutOfPlace(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R012", at: name.span, "`refines` says nothing here",
      help: "remove it: a base without a condition always applies, "
        + "and a nested exception always refines the one around it")
  }

  static func functionCallsItself(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R013", at: name.span, "the function `\(name.text)` calls itself",
      help: "write the steps out, or aggregate over a list")
  }

  static func functionTooLarge(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "R014", at: name.span,
      "with all it calls, the function `\(name.text)` stands for more than 1 000 000 steps",
      help: "call the inner functions fewer times: name an intermediate result in a rule")
  }

  static func versionStartsLate(
    _ name: String, on start: CalendarDate, from: CalendarDate, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      "R015", at: span,
      "`\(name)` is read, but says nothing before \(start), and the rulebook is in force from \(from)",
      help: "add a version from \(from), or let `in_force` start on \(start)")
  }

  static func unusedParameter(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R016", .warning, at: span, "no rule reads the parameter `\(name)`",
      help: "use it, or remove it")
  }

  static func unusedFact(_ name: String, of entity: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R017", .warning, at: span, "no rule reads the fact `\(entity).\(name)`",
      help: "use it, or remove it: what is not needed should not be asked")
  }

  static func unusedChoice(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R018", .warning, at: span, "nothing uses the choice `\(name)`", help: "use it, or remove it")
  }

  static func unreachedRule(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "R019", .warning, at: span, "`\(name)` is computed, but no benefit uses it",
      help: "read it where it belongs, or remove it")
  }
}

// MARK: - Benefits

extension Diagnostic {
  static func benefitForList(at span: Span) -> Diagnostic {
    Diagnostic(
      "B001", at: span, "`for:` names a list of the case's members, unfiltered",
      help: "name the whole list, and put the condition under `applies:` or `entitled:`, "
        + "so that whoever is refused is told so")
  }

  static func unknownEvent(_ name: NameSyntax, near: String?) -> Diagnostic {
    Diagnostic(
      "B005", at: name.span, "no event is called `\(name.text)`",
      help: meant(near) ?? "declare it under `events:`, with the facts that it brings")
  }

  static func eventWithoutFact(
    _ path: NameSyntax, word: String, of entity: String, near: String?
  ) -> Diagnostic {
    Diagnostic(
      "B006", at: path.span, "`\(path.text)` is no fact of a case: `\(entity)` has no `\(word)`",
      help: meant(near) ?? "write the path from the case's entity, such as `children.birth_date`")
  }

  static func broughtTwice(_ path: NameSyntax, event: String, first: Span) -> Diagnostic {
    Diagnostic(
      "B007", at: path.span, "the event `\(event)` brings `\(path.text)` twice",
      notes: [.init(first, "first here")], help: "remove one of the two")
  }

  static func otherCase(_ name: NameSyntax, of rulebook: String, other: String) -> Diagnostic {
    Diagnostic(
      "B008", at: name.span,
      "`\(rulebook)` decides another case than `\(other)`, so that the two cannot be decided together",
      help: "let both import the rulebook that declares the entity, and name it under `case:`")
  }

  static func paymentsWithoutEnd(_ name: NameSyntax) -> Diagnostic {
    Diagnostic(
      "B004", at: name.span, "nothing says in which period the payments `\(name.text)` fall",
      help: "add `during:` with a period, such as `during: declared_on to declared_on + 18 months`")
  }

  static func amountNotMoney(at span: Span, _ type: String) -> Diagnostic {
    Diagnostic(
      "B002", at: span, "an amount is paid in a currency, and this is `\(type)`",
      help: "name a rule whose unit is money, such as `EUR/month`")
  }
}
