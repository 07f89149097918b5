import AnnonaValues

/// The keys that rules, conditions, exceptions, functions and versions share, and how they are read.
enum RuleKeys {
  static let title = Key("title", .text, "What people call it.")
  static let about = Key("about", .text, "What authors should know about it.")
  static let cites = Key("cites", .citations, "The provision that it comes from.")
  static let metadata: [any KeyDescription] = [title, about, cites]

  static let type = Key("type", .type, "What kind of value it has, with its unit.")
  static let min = Key("min", .expression, "What its value is never below.")
  static let max = Key("max", .expression, "What its value is never above.")
  static let limits: [any KeyDescription] = [type, min, max]

  static let met = Key("met", .text, "What the decision says where it holds.")
  static let unmet = Key("unmet", .text, "What the decision says where it does not hold.")
  static let reason: [any KeyDescription] = [met, unmet]

  static let when = Key("when", .expression, "The condition under which it applies at all.")
  static let requiredWhen = Key(
    "when", .expression, "The condition under which it applies.", required: true)
  static let round = Key("round", .rounding, "The step and mode that its value is rounded to.")
  static let under = Key("under", .expression, "The date whose law it is read under.")
  static let inForce = Key("in_force", .shape(InForceShape.self), "The days on which it is law.")
  static let application: [any KeyDescription] = [when, round, under, inForce]

  static let condition = Key("if", .expression, "What must hold.")
  static let value = Key("value", .expression, "A formula.")
  static let cases = Key(
    "cases", .list(.shape(CaseShape.self)), "Conditions in turn, each with its value.")
  static let all = Key("all", .conditions, "Named conditions that must all hold.")
  static let any = Key("any", .conditions, "Named conditions of which one must hold.")
  static let table = Key(
    "table",
    Kind<TableSyntax>.either(
      .table, .shape(TableFileShape.self)),
    "A decision table.")
  static let hit = Key(
    "hit", .word(HitPolicy.allCases.map(\.rawValue)), "Which rows of the table count.")
  static let scale = Key("scale", .shape(ScaleShape.self), "Marginal brackets.")
  static let bodies: [any KeyDescription] = [value, cases, all, any, table, hit, scale]
  static let from = Key(
    "from",
    Kind<[(DateSyntax, RuleSyntax.Version)]>.entries(.date, .shape(VersionShape.self))
      .map { $0.map { $0.1.starting($0.0) } },
    "What it was from each date.")

  static let exceptions = Key(
    "exceptions", .entries(.name, .shape(ExceptionShape.self)),
    "What holds in place of its value.")

  static let bodyNames = ["value", "cases", "all", "any", "table", "scale"]
  static let bodyOrVersions = KeyChoice("a body", bodyNames + ["from"])
  static let time = KeyChoice("a time in force", ["in_force", "from"], isRequired: false)
  static let hitNeedsTable = KeyDependency("hit", needs: "table")

  static func readMetadata(_ fields: Fields, into rule: RuleSyntax) {
    rule.title = fields[title]
    rule.about = fields[about]
    rule.citations = fields[cites] ?? []
  }

  static func readLimits(_ fields: Fields, into rule: RuleSyntax) {
    rule.type = fields[type]
    rule.minimum = fields[min]
    rule.maximum = fields[max]
  }

  static func readReason(_ fields: Fields, into rule: RuleSyntax) {
    rule.met = fields[met]
    rule.unmet = fields[unmet]
  }

  static func readApplication(_ fields: Fields, into rule: RuleSyntax) {
    rule.when = fields[when]
    rule.round = fields[round]
    rule.under = fields[under]
  }

  /// Whether there was a body, now or from some date, that could be read.
  ///
  /// A rule with `in_force` is one with a version from its first day, repealed on the day after its last.
  static func readVersions(
    _ fields: Fields, or condition: BodySyntax? = nil, during days: InForceSyntax? = nil,
    into rule: RuleSyntax
  ) -> Bool {
    let body = readBody(fields) ?? condition
    rule.versions = fields[from] ?? []
    guard let body else { return !rule.versions.isEmpty }
    rule.versions = [
      .init(from: days?.from, citations: [], body: body, round: nil, span: fields.span)
    ]
    if let last = days?.through, let next = CalendarDate(dayNumber: last.date.dayNumber + 1) {
      rule.versions.append(
        .init(
          from: DateSyntax(next, span: last.span), citations: [], body: nil, round: nil,
          span: last.span))
    }
    return true
  }

  static func readBody(_ fields: Fields) -> BodySyntax? {
    var found: [BodySyntax] = []
    if let formula = fields[value] { found.append(.value(formula)) }
    if let branches = fields[cases], let body = casesBody(branches, fields) { found.append(body) }
    for (key, every) in [(all, true), (any, false)] {
      guard let conditions = fields[key], let entry = fields.entry(key) else { continue }
      let span = entry.keySpan.joined(to: entry.value.span)
      found.append(.conditions(every: every, conditions, span: span))
    }
    let policy = fields[hit].flatMap { HitPolicy(rawValue: $0.text) } ?? .unique
    if let drawn = fields[table] { found.append(.table(drawn, hit: policy)) }
    if let scale = fields[scale] { found.append(scale) }
    return found.first
  }

  private static func casesBody(_ branches: [CaseBranchSyntax], _ fields: Fields) -> BodySyntax? {
    var conditional: [(when: ExpressionSyntax, value: ExpressionSyntax, citations: [NameSyntax])] =
      []
    var otherwise: ExpressionSyntax?
    for (index, branch) in branches.enumerated() {
      switch branch {
      case .when(let condition, let value, let citations):
        conditional.append((condition, value, citations))
      case .otherwise(let value, let span):
        otherwise = value
        if index != branches.count - 1 { fields.reading.report(.otherwiseNotLast(at: span)) }
      }
    }
    return conditional.isEmpty && otherwise == nil
      ? nil : .cases(conditional, otherwise: otherwise)
  }
}

extension RuleSyntax.Version {
  fileprivate func starting(_ date: DateSyntax) -> Self {
    var version = Self(from: date, citations: citations, body: body, round: round, span: span)
    version.title = title
    version.about = about
    return version
  }
}

extension Kind where Value == [RuleSyntax] {
  /// Named conditions, or a list of which each is a name or a named condition.
  static var conditions: Self {
    let named = Kind<[(NameSyntax, RuleSyntax)]>.entries(.name, .shape(ConditionShape.self))
      .map { $0.map(\.1) }
    return .either(
      named, Kind<[[RuleSyntax]]>.list(.either(.mentioned, named)).map { $0.flatMap(\.self) })
  }

  /// `- resident`: the rule of that name, as a condition called the same.
  private static var mentioned: Self {
    Kind(.scalar(.name)) { spot, reading in
      guard let condition = reading.read(Kind<ExpressionSyntax>.expression, at: spot) else {
        return nil
      }
      guard let name = condition.lastName else {
        reading.report(.unnamedCondition(spot.node, at: spot.node.span))
        return nil
      }
      let rule = RuleSyntax(name: name, span: spot.node.span)
      rule.versions = [
        .init(from: nil, citations: [], body: .value(condition), round: nil, span: spot.node.span)
      ]
      return [rule]
    }
  }
}

extension ExpressionSyntax {
  /// `resident` of `resident` and of `partner.resident`; `nil` for what is not a path.
  fileprivate var lastName: NameSyntax? {
    switch kind {
    case .name(let text): NameSyntax(text, span: span)
    case .member(_, let name): name
    default: nil
    }
  }
}
