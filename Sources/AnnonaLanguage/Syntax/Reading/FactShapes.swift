/// An entry of `entities:`.
enum EntityShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let facts = Key(
    "facts", .entries(.name, .shape(FactShape.self)), "What a case says of each one.")
  static let has = Key(
    "has", .entries(.name, .shape(PlaceShape.self)), "The members that each one holds.")

  static let form = ShapeForm(
    "an entity", "Something that facts are about: a household, a person.",
    keys: [title, facts, has])

  static func read(_ fields: Fields) -> EntitySyntax? {
    var entity = EntitySyntax(name: fields.name)
    entity.title = fields[title]
    entity.facts = fields[facts]?.map(\.1) ?? []
    entity.places = fields[has]?.map(\.1) ?? []
    return entity
  }
}

/// An entry of `facts:`.
enum FactShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let about = Key("about", .text, "What authors should know about it.")
  static let type = Key("type", .type, "What kind of value it holds, with its unit.")
  static let choice = Key(
    "choice", .choiceMembers, "The values that it chooses from, in place of a type.")
  static let optional = Key("optional", .flag, "Whether it may be absent, written `null`.")
  static let min = Key("min", .expression, "The least value that is accepted.")
  static let max = Key("max", .expression, "The greatest value that is accepted.")
  static let step = Key("step", .expression, "What every value is a multiple of.")
  static let pattern = Key("pattern", .plainText, "The form that a text must have as a whole.")
  static let varies = Key(
    "varies", .word(["never", "daily", "monthly", "yearly"]), "How it changes over time.")
  static let defaultValue = Key(
    "default", .expression, "What is taken while nobody gave it; it refuses only if it cites.")
  static let judgedBy = Key("judged_by", .name, "The office that must settle it.")
  static let cites = Key("cites", .citations, "The provision that asks for it.")
  static let ask = Key("ask", .text, "The question that people are asked.")
  static let help = Key("help", .text, "What helps them to answer.")
  static let group = Key("group", .name, "The page of an interview it stands on.")
  static let gate = Key("gate", .flag, "Whether an interview asks it before others.")
  static let burden = Key(
    "burden", .expression, "How hard it is to answer, as a multiple of what is usual.")
  static let changeable = Key(
    "changeable", .flag, "Whether people can change it, so that advice may name it.")

  static let form = ShapeForm(
    "a fact", "What a case says of an entity.", short: "type",
    choices: [
      KeyChoice("a type", ["type", "choice"]),
      KeyChoice("a way to be left out", ["optional", "default"], isRequired: false),
    ],
    keys: [
      title, about, type, choice, optional, min, max, step, pattern, varies, defaultValue,
      judgedBy, cites, ask, help, group, gate, burden, changeable,
    ])

  static func read(_ fields: Fields) -> FactSyntax? {
    func choice(_ members: [ChoiceSyntax.Member], _ entry: Node.Entry?) -> TypeSyntax {
      TypeSyntax(.choice(members), span: entry?.value.span ?? fields.span)
    }
    let members = fields[Self.choice].map { choice($0, fields.entry(Self.choice)) }
    let misplaced = fields.misplaced(type, as: Self.choice) { $0.choiceMembers }
    let isMisplaced = fields.entry(type)?.value.choiceMembers != nil
    let written =
      isMisplaced
      ? misplaced.map { choice($0, fields.entry(type)) } : fields[type] ?? members
    var fact = FactSyntax(
      name: fields.name, type: written ?? TypeSyntax(.named(""), span: fields.span))
    fact.title = fields[title]
    fact.about = fields[about]
    fact.isOptional = fields[optional] ?? false
    fact.minimum = fields[min]
    fact.maximum = fields[max]
    fact.step = fields[step]
    fact.pattern = fields[pattern]
    fact.varies = fields[varies]
    fact.defaultValue = fields[defaultValue]
    fact.judgedBy = fields[judgedBy]
    fact.citations = fields[cites] ?? []
    fact.ask = fields[ask]
    fact.help = fields[help]
    fact.group = fields[group]
    fact.isGate = fields[gate] ?? false
    fact.burden = fields[burden]
    fact.isChangeable = fields[changeable] ?? false
    return written == nil ? nil : fact
  }
}

/// An entry of `has:`.
enum PlaceShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let type = Key(
    "type", .memberType, "An entity, `list of` one, or one that is `optional`.", required: true)
  static let optional = Key("optional", .flag, "Whether there may be nobody, written `null`.")
  static let min = Key("min", .expression, "The least number of members of a list.")
  static let max = Key("max", .expression, "The greatest number of members of a list.")
  static let ask = Key("ask", .text, "The question that people are asked.")

  static let form = ShapeForm(
    "a place of members", "The members that an entity holds under one name.", short: "type",
    keys: [title, type, optional, min, max, ask])

  static func read(_ fields: Fields) -> PlaceSyntax? {
    let member = fields[type]
    let isOptional = fields[optional] ?? false
    let (title, minimum, maximum) = (fields[title], fields[min], fields[max])
    let ask = fields[ask]
    guard let member else { return nil }
    return PlaceSyntax(
      name: fields.name, title: title, type: member.type,
      isOptional: isOptional || member.isOptional, minimum: minimum, maximum: maximum, ask: ask)
  }
}

/// `partner: person optional`
struct MemberType {
  let type: TypeSyntax
  let isOptional: Bool
}

extension Kind where Value == MemberType {
  static var memberType: Self {
    .scalar(.type) { scalar, spot, reading in
      let word = " optional"
      let isOptional = scalar.text.hasSuffix(word)
      let text = isOptional ? String(scalar.text.dropLast(word.count)) : scalar.text
      let shortened = Scalar(text: text, style: scalar.style, segments: scalar.segments)
      let (type, diagnostics) = parseType(shortened, file: spot.node.span.file)
      reading.diagnostics += diagnostics
      return type.map { MemberType(type: $0, isOptional: isOptional) }
    }
  }
}

extension Kind where Value == [ChoiceSyntax.Member] {
  /// `{ married: Married, widowed: Widowed }`, or a list of names.
  static var choiceMembers: Self {
    .either(
      Kind<[(NameSyntax, TextSyntax)]>.entries(.member, .text).map { members in
        members.map { ChoiceSyntax.Member(name: $0.0, title: $0.1) }
      },
      Kind<[NameSyntax]>.list(.member).map { members in
        members.map { ChoiceSyntax.Member(name: $0, title: nil) }
      })
  }
}
