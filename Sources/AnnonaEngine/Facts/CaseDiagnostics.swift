import AnnonaLanguage
import AnnonaValues

/// What can be wrong with a case. Messages name the fact and what it must be, never what was given.
extension Diagnostic {
  static func caseIsNoMapping(_ entity: String, at span: Span) -> Diagnostic {
    Diagnostic("F001", at: span, "a case must be a mapping with `\(entity):` and its facts")
  }

  static func unknownCaseKey(
    _ key: String, at span: Span, near: String?, entity: String
  ) -> Diagnostic {
    Diagnostic(
      "F002", at: span, "a case has no key `\(key)` beside `\(entity)` and `today`",
      help: near.map { "write `\($0)`" })
  }

  static func todayIsNoDate(at span: Span, help: String?) -> Diagnostic {
    Diagnostic("F003", at: span, "`today` must be a date, such as `2025-03-01`", help: help)
  }

  static func unknownFact(
    _ name: String, of path: String, at span: Span, near: String?, isWorkedOut: Bool
  ) -> Diagnostic {
    if isWorkedOut {
      return Diagnostic(
        "F004", at: span, "`\(name)` of `\(path)` is worked out by a rule and cannot be given",
        help: "leave it out, or set it for this case with `suppose`")
    }
    return Diagnostic(
      "F004", at: span, "`\(path)` has no fact `\(name)`", help: near.map { "write `\($0)`" })
  }

  static func factsAreNoMapping(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic("F005", at: span, "`\(path)` must be a mapping of facts")
  }

  static func memberIsNoMapping(_ path: String, isOptional: Bool, at span: Span) -> Diagnostic {
    let none = isOptional ? ", or `null` if there is none" : ""
    return Diagnostic("F005", at: span, "`\(path)` must be a mapping of facts\(none)")
  }

  static func membersAreNoMapping(_ path: String, _ entity: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "F006", at: span,
      "`\(path)` must name each `\(entity)` with its facts, or be `[]` if there are none")
  }

  static func memberWithoutID(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic("F007", at: span, "each member of the list `\(path)` must be a mapping with an `id`")
  }

  static func badID(_ entity: String, at span: Span) -> Diagnostic {
    Diagnostic("F008", at: span, "the id of a `\(entity)` must be a text without `/` and `@`")
  }

  static func duplicateID(_ entity: String, at span: Span) -> Diagnostic {
    Diagnostic("F009", at: span, "two of the case's `\(entity)` have this id")
  }

  static func wrongMemberCount(
    _ path: String, _ minimum: Int, _ maximum: Int?, at span: Span
  ) -> Diagnostic {
    let size: String =
      if let maximum, maximum > minimum {
        "from \(minimum) to \(maximum)"
      } else { (maximum == nil ? "at least " : "exactly ") + "\(minimum)" }
    let members = minimum == 1 && maximum ?? 1 == 1 ? "member" : "members"
    return Diagnostic("F010", at: span, "`\(path)` must have \(size) \(members)")
  }

  static func tooManyMembers(_ limit: Int, at span: Span) -> Diagnostic {
    Diagnostic("F011", at: span, "a case can have at most \(limit) members")
  }

  // MARK: - Values

  static func wrongType(
    _ path: String, _ expected: String, at span: Span, help: String? = nil
  ) -> Diagnostic {
    Diagnostic("F012", at: span, "`\(path)` must be \(expected)", help: help)
  }

  static func notBoolean(_ path: String, meant: Bool?, at span: Span) -> Diagnostic {
    Diagnostic(
      "F012", at: span, "`\(path)` must be `true` or `false`", help: meant.map { "write `\($0)`" })
  }

  static func notOptional(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "F013", at: span, "`\(path)` is never `null`", help: "write `unknown` if nobody knows it yet")
  }

  static func notAStep(_ path: String, _ step: String, at span: Span) -> Diagnostic {
    Diagnostic("F014", at: span, "`\(path)` must be a multiple of `\(step)`")
  }

  static func belowMinimum(_ path: String, _ limit: String, at span: Span) -> Diagnostic {
    Diagnostic("F015", at: span, "`\(path)` must be at least \(limit)")
  }

  static func aboveMaximum(_ path: String, _ limit: String, at span: Span) -> Diagnostic {
    Diagnostic("F015", at: span, "`\(path)` must be at most \(limit)")
  }

  static func unknownReference(_ path: String, _ entity: String, at span: Span) -> Diagnostic {
    Diagnostic("F016", at: span, "`\(path)` must be the id of a `\(entity)` of this case")
  }

  // MARK: - Origins and periods

  static func unknownState(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic("F017", at: span, "the state of `\(path)` must be `unknown` or `declined`")
  }

  static func unknownOriginKey(
    _ key: String, _ path: String, at span: Span, near: String?
  ) -> Diagnostic {
    Diagnostic(
      "F018", at: span,
      "`\(path)` has no key `\(key)` beside `value`, `source`, `observed` and `verified`",
      help: near.map { "write `\($0)`" })
  }

  static func observedIsNoDate(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic("F018", at: span, "`observed` of `\(path)` must be a date, such as `2025-03-01`")
  }

  static func originWithoutValue(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic("F018", at: span, "`\(path)` has an origin but no `value`")
  }

  static func claimWithoutValue(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "F018", at: span, "each origin of `\(path)` must be a mapping with a `value` and a `source`")
  }

  static func badPeriod(_ path: String, _ variation: Variation, at span: Span) -> Diagnostic {
    let example =
      switch variation {
      case .yearly: "a year such as `2024`, or `2020..2024`"
      case .monthly: "a month such as `2024-09`, or `2024-09..2024-11`"
      default: "a date such as `2024-09-01`, or `2024-09-01..2024-11-30`"
      }
    return Diagnostic("F019", at: span, "a key of `\(path)` must be \(example)")
  }

  static func wrongForm(_ path: String, pattern: String, at span: Span) -> Diagnostic {
    Diagnostic("F021", at: span, "`\(path)` must have the form `\(pattern)`")
  }

  static func overlappingPeriods(_ path: String, at span: Span) -> Diagnostic {
    Diagnostic("F020", at: span, "`\(path)` has two values for some days")
  }
}

extension Program {
  /// What a fact must be, with an example: `an amount in EUR/year, such as ` and so on.
  func expectation(_ fact: Fact) -> String {
    switch fact.type.present {
    case .boolean: return "`true` or `false`"
    case .text: return "a text"
    case .date: return "a date, such as `2025-03-01`"
    case .choice(let choice):
      let names = choices[choice].members.map { "`\($0.name)`" }
      return names.count > 12
        ? "a member of the choice `\(choices[choice].name)`"
        : "one of \(names.joined(separator: ", "))"
    case .entity(let entity): return "the id of a `\(entities[entity].name)`"
    case .number(let number):
      if number.isPercent { return "a percentage, such as `13.7 %`" }
      if number.isInteger { return "a whole number, such as `3`" }
      if number.unit.isDimensionless { return "a number, such as `1.5`" }
      if number.unit.currency != nil { return "an amount in \(number.unit), such as `12_000`" }
      return "a quantity in \(number.unit), such as `12`"
    case .list: return "a list"
    case .period, .optional, .null: return "a value of its type"
    }
  }
}
