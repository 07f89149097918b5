/// A file of a rulebook: declarations, and in one of the files the header.
enum FileShape: Shape {
  static let rulebook = Key("rulebook", .dottedName, "The rulebook's id.")
  static let title = Key("title", .text, "What people call the law.")
  static let about = Key("about", .text, "What the rulebook covers and what it leaves out.")
  static let language = Key("language", .language, "The language of texts that name none.")
  static let currency = Key("currency", .currency, "The currency of its amounts.")
  static let caseEntity = Key("case", .entityName, "The entity that is decided.")
  static let inForce = Key(
    "in_force", .shape(InForceShape.self), "The days on which it is law.")
  static let calendar = Key(
    "calendar", .shape(CalendarShape.self), "How it counts where a calendar leaves a choice.")
  static let header: [any KeyDescription] = [
    rulebook, title, about, language, currency, caseEntity, inForce, calendar,
  ]

  static let sources = Key(
    "sources", .entries(.name, .shape(SourceShape.self)), "The laws that it cites.")
  static let imports = Key(
    "import", .entries(.name, .dottedName), "Other rulebooks, each under a prefix.")
  static let units = Key("units", .oneOrMore(.unit), "Units other than money and time.")
  static let choices = Key(
    "choices", .entries(.name, .choiceMembers), "Choices that several facts share.")
  static let entities = Key(
    "entities", .entries(.entityName, .shape(EntityShape.self)), "What facts are about.")
  static let parameters = Key(
    "parameters", .entries(.name, .shape(ParameterShape.self)), "The figures of the law.")
  static let functions = Key(
    "functions", .entries(.name, .shape(FunctionShape.self)), "Computations that rules share.")
  static let rules = Key(
    "rules", .entries(.ruleName, .shape(RuleShape.self)), "What the law makes of the facts.")
  static let amendments = Key(
    "amendments",
    .entries(
      .ruleName,
      Kind<[(NameSyntax, ExceptionSyntax)]>.entries(.name, .shape(ExceptionShape.self))),
    "Exceptions that another law makes to a rule.")
  static let benefits = Key(
    "benefits", .entries(.name, .shape(BenefitShape.self)), "What people can be entitled to.")
  static let charges = Key(
    "charges", .entries(.name, .shape(ChargeShape.self)), "What people can owe.")
  static let shows = Key(
    "shows", .oneOrMore(.dottedName), "Rules that a decision shows though no benefit uses them.")
  static let events = Key(
    "events",
    .entries(.dottedName, Kind<[(NameSyntax, NameSyntax)]>.entries(.dottedName, .dottedName)),
    "The facts that each life event brings.")
  static let properties = Key(
    "properties", .entries(.name, .shape(PropertyShape.self)),
    "What must hold for every household.")
  static let cliffs = Key(
    "cliffs", .entries(.name, .shape(CliffShape.self)),
    "Sudden losses that the law is known to make.")

  static let form = ShapeForm(
    "a rulebook", "Benefit rules: what they are about, the law's figures, and the rules.",
    dependencies: header.dropFirst().map { KeyDependency($0.form.name, needs: "rulebook") },
    keys: header + [
      sources, imports, units, choices, entities, parameters, functions, rules, amendments,
      benefits, charges, shows, events, properties, cliffs,
    ])

  static func read(_ fields: Fields) -> FileSyntax? {
    var part = RulebookSyntax()
    part.header = readHeader(fields)
    let cited = fields[sources]?.map(\.1) ?? []
    part.imports = fields[imports]?.map { ImportSyntax(prefix: $0.0, rulebook: $0.1) } ?? []
    part.units = fields[units] ?? []
    part.choices = fields[choices]?.map { ChoiceSyntax(name: $0.0, members: $0.1) } ?? []
    part.entities = fields[entities]?.map(\.1) ?? []
    part.parameters = fields[parameters]?.map(\.1) ?? []
    part.functions = fields[functions]?.map(\.1) ?? []
    part.rules =
      fields[rules]?.map { name, rule in
        (rule.entity, rule.name) = (name.entity, name.rule)
        return rule
      } ?? []
    part.amendments =
      fields[amendments]?.map {
        AmendmentSyntax(entity: $0.0.entity, rule: $0.0.rule, exceptions: $0.1.map(\.1))
      } ?? []
    part.benefits = fields[benefits]?.map(\.1) ?? []
    part.benefits += fields[charges]?.map(\.1) ?? []
    part.shows = fields[shows] ?? []
    part.events =
      fields[events]?.map { name, facts in
        EventSyntax(name: name, facts: facts.map { .init(fact: $0.0, payload: $0.1) })
      } ?? []
    part.properties = fields[properties]?.map(\.1) ?? []
    part.cliffs = fields[cliffs]?.map(\.1) ?? []
    return FileSyntax(declarations: part, sources: cited)
  }

  private static func readHeader(_ fields: Fields) -> HeaderSyntax? {
    let id = fields[rulebook]
    var written = HeaderSyntax(id: id ?? fields.name)
    written.title = fields[title]
    written.about = fields[about]
    written.language = fields[language]
    written.currency = fields[currency]
    written.caseEntity = fields[caseEntity]
    written.inForce = fields[inForce]
    let calendar = fields[calendar]
    written.leapDayBirthday = calendar?.leapDayBirthday
    written.monthOverflow = calendar?.monthOverflow
    written.yearStarts = calendar?.yearStarts
    written.weekStarts = calendar?.weekStarts
    return id == nil ? nil : written
  }
}

/// What one file says; the sources of all files go to the header.
struct FileSyntax {
  let declarations: RulebookSyntax
  let sources: [SourceSyntax]
}

/// `calendar:`
enum CalendarShape: Shape {
  static let leapDayBirthday = Key(
    "leap_day_birthday", .word(["feb_28", "mar_1"]),
    "When those born on 29 February have their birthday in other years.")
  static let monthOverflow = Key(
    "month_overflow", .word(["error", "last_day", "next_day"]),
    "What 31 January and one month is.")
  static let yearStarts = Key(
    "year_starts", .monthAndDay, "The first day of a benefit year.")
  static let weekStarts = Key(
    "week_starts",
    .word(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
    "The first day of a week.")

  static let form = ShapeForm(
    "a calendar", "How a rulebook counts where a calendar leaves a choice.",
    keys: [leapDayBirthday, monthOverflow, yearStarts, weekStarts])

  struct Syntax {
    let leapDayBirthday: NameSyntax?
    let monthOverflow: NameSyntax?
    let yearStarts: NameSyntax?
    let weekStarts: NameSyntax?
  }

  static func read(_ fields: Fields) -> Syntax? {
    Syntax(
      leapDayBirthday: fields[leapDayBirthday], monthOverflow: fields[monthOverflow],
      yearStarts: fields[yearStarts], weekStarts: fields[weekStarts])
  }
}

/// An entry of `sources:`.
enum SourceShape: Shape {
  static let title = Key("title", .text, "The law's full title.", required: true)
  static let url = Key("url", .plainText, "Where it can be read.")

  static let form = ShapeForm(
    "a source", "A law that rules cite by a short name.", short: "title", keys: [title, url])

  static func read(_ fields: Fields) -> SourceSyntax? {
    SourceSyntax(name: fields.name, title: fields[title], url: fields[url]?.text)
  }
}

/// `household.rebate`
struct RuleName {
  let entity: NameSyntax
  let rule: NameSyntax
}

extension Kind where Value == RuleName {
  static var ruleName: Self {
    .scalar(.ruleName) { scalar, spot, reading in
      let parts = scalar.text.utf8.split(
        separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard parts.count == 2 || parts.count == 3 else {
        reading.report(.notARuleName(scalar.text, at: spot.node.span))
        return nil
      }
      var offset = 0
      let names = parts.map { part in
        let text = String(Substring(part))
        let place = Scalar(
          text: text, style: scalar.style,
          segments: [.init(text: 0, file: scalar.fileOffset(of: offset))])
        offset += text.utf8.count + 1
        let start = place.fileOffset(of: 0)
        let span = Span(
          file: spot.node.span.file, start: start, end: start + Int32(text.utf8.count))
        return reading.read(
          Kind<NameSyntax>.name,
          at: Spot(key: Node.Entry(key: place, keySpan: span, value: spot.node)))
      }
      let known = names.compactMap { $0 }
      guard known.count == names.count, let rule = known.last else { return nil }
      // The entity of an import keeps its prefix.
      let entity = known.dropLast()
      let words = entity.map(\.text).joined(separator: ".")
      let place = entity.reduce(entity[0].span) { $0.joined(to: $1.span) }
      return RuleName(entity: NameSyntax(words, span: place), rule: rule)
    }
  }
}
