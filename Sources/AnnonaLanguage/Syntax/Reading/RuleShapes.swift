/// An entry of `rules:`.
enum RuleShape: Shape {
  static let form = ShapeForm(
    "a rule", "What the law makes of facts: a value, a condition, a table.", short: "value",
    choices: [RuleKeys.bodyOrVersions, RuleKeys.time], dependencies: [RuleKeys.hitNeedsTable],
    keys: RuleKeys.metadata + RuleKeys.limits + RuleKeys.reason + RuleKeys.application
      + RuleKeys.bodies + [RuleKeys.from, RuleKeys.exceptions])

  static func read(_ fields: Fields) -> RuleSyntax? {
    let rule = RuleSyntax(name: fields.name, span: fields.span)
    RuleKeys.readMetadata(fields, into: rule)
    RuleKeys.readLimits(fields, into: rule)
    RuleKeys.readReason(fields, into: rule)
    RuleKeys.readApplication(fields, into: rule)
    rule.exceptions = fields[RuleKeys.exceptions]?.map(\.1) ?? []
    let days = fields[RuleKeys.inForce]
    return RuleKeys.readVersions(fields, during: days, into: rule) ? rule : nil
  }
}

/// An entry of `all:` or `any:`.
enum ConditionShape: Shape {
  static let form = ShapeForm(
    "a condition", "One reason of a decision: something that holds or does not.", short: "if",
    choices: [
      KeyChoice("a body", ["if"] + RuleKeys.bodyNames + ["from"]), RuleKeys.time,
    ],
    dependencies: [RuleKeys.hitNeedsTable],
    keys: RuleKeys.metadata + [RuleKeys.condition] + RuleKeys.reason + RuleKeys.application
      + RuleKeys.bodies + [RuleKeys.from, RuleKeys.exceptions])

  static func read(_ fields: Fields) -> RuleSyntax? {
    let rule = RuleSyntax(name: fields.name, span: fields.span)
    RuleKeys.readMetadata(fields, into: rule)
    RuleKeys.readApplication(fields, into: rule)
    RuleKeys.readReason(fields, into: rule)
    rule.exceptions = fields[RuleKeys.exceptions]?.map(\.1) ?? []
    let condition = fields[RuleKeys.condition].map { BodySyntax.value($0) }
    let days = fields[RuleKeys.inForce]
    return RuleKeys.readVersions(fields, or: condition, during: days, into: rule) ? rule : nil
  }
}

/// An entry of `exceptions:`.
enum ExceptionShape: Shape {
  static let prevailsOver = Key(
    "prevails_over", .oneOrMore(.name), "The exceptions beside it that it sets aside.")
  static let refines = Key(
    "refines", .flag, "Whether the rule's own condition must hold too.")

  static let form = ShapeForm(
    "an exception", "What holds in place of a rule's value, and when.",
    choices: [RuleKeys.bodyOrVersions], dependencies: [RuleKeys.hitNeedsTable],
    keys: RuleKeys.metadata + [
      RuleKeys.requiredWhen, RuleKeys.round, RuleKeys.inForce, prevailsOver, refines,
    ] + RuleKeys.bodies + [RuleKeys.from, RuleKeys.exceptions])

  static func read(_ fields: Fields) -> ExceptionSyntax? {
    let rule = RuleSyntax(name: fields.name, span: fields.span)
    RuleKeys.readMetadata(fields, into: rule)
    rule.when = fields[RuleKeys.requiredWhen]
    rule.round = fields[RuleKeys.round]
    rule.inForce = fields[RuleKeys.inForce]
    rule.exceptions = fields[RuleKeys.exceptions]?.map(\.1) ?? []
    let hasVersions = RuleKeys.readVersions(fields, into: rule)
    var exception = ExceptionSyntax(rule: rule)
    exception.prevailsOver = fields[prevailsOver] ?? []
    exception.refines = fields[refines]
    return hasVersions && rule.when != nil ? exception : nil
  }
}

/// An entry of `functions:`.
enum FunctionShape: Shape {
  static let takes = Key(
    "takes", .entries(.name, .type), "Its arguments and their types, in order.", required: true)

  static let form = ShapeForm(
    "a function", "A computation that rules share, without facts of its own.",
    choices: [RuleKeys.bodyOrVersions], dependencies: [RuleKeys.hitNeedsTable],
    keys: RuleKeys.metadata + [takes, RuleKeys.type, RuleKeys.round] + RuleKeys.bodies + [
      RuleKeys.from
    ])

  static func read(_ fields: Fields) -> FunctionSyntax? {
    let rule = RuleSyntax(name: fields.name, span: fields.span)
    RuleKeys.readMetadata(fields, into: rule)
    rule.type = fields[RuleKeys.type]
    rule.round = fields[RuleKeys.round]
    let arguments = fields[takes]
    guard RuleKeys.readVersions(fields, into: rule), let arguments else { return nil }
    return FunctionSyntax(
      name: fields.name, takes: arguments.map { (name: $0.0, type: $0.1) }, rule: rule)
  }
}

/// An entry of `from:`: a rule as it stood from a date.
enum VersionShape: Shape {
  static let repealed = Key("repealed", .flag, "Whether the rule ends on this date.")

  static let form = ShapeForm(
    "a version", "A rule as it stood from a date.", short: "value",
    choices: [KeyChoice("a body", RuleKeys.bodyNames + ["repealed"])],
    dependencies: [RuleKeys.hitNeedsTable],
    keys: RuleKeys.metadata + [RuleKeys.round] + RuleKeys.bodies + [repealed])

  /// The version without its date.
  static func read(_ fields: Fields) -> RuleSyntax.Version? {
    let title = fields[RuleKeys.title]
    let about = fields[RuleKeys.about]
    let citations = fields[RuleKeys.cites] ?? []
    let round = fields[RuleKeys.round]
    let body = RuleKeys.readBody(fields)
    let end = fields[repealed]
    if let entry = fields.entry(repealed), end == false {
      fields.reading.report(.notRepealed(at: entry.value.span))
    }
    guard body != nil || end == true else { return nil }
    var version = RuleSyntax.Version(
      from: nil, citations: citations, body: body, round: round, span: fields.span)
    version.title = title
    version.about = about
    return version
  }
}
