/// An entry of `properties:`.
enum PropertyShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let about = Key("about", .text, "What authors should know about it.")
  static let cites = Key("cites", .citations, "The provision that promises it.")
  static let of = Key("of", .dottedName, "The rule or benefit that has it.", required: true)
  static let atLeast = Key("at_least", .expression, "What the value is never below.")
  static let atMost = Key("at_most", .expression, "What the value is never above.")
  static let neverFalls = Key(
    "never_falls_when", .change, "The change that never makes the value smaller.")
  static let neverRises = Key(
    "never_rises_when", .change, "The change that never makes the value greater.")
  static let continuous = Key(
    "continuous", .dottedName, "The fact along which the value never jumps.")
  static let order = Key(
    "same_whatever_the_order_of", .dottedName, "The members whose order makes no difference.")
  static let tolerance = Key(
    "tolerance", .expression, "How far a value may jump and still count as continuous.")
  static let except = Key(
    "except", .entries(.name, .shape(ExemptionShape.self)),
    "Households of which the law does not promise it.")
  static let claims: [any KeyDescription] = [
    atLeast, atMost, neverFalls, neverRises, continuous, order,
  ]

  static let form = ShapeForm(
    "a property", "What must hold for every household.",
    choices: [KeyChoice("a claim", claims.map(\.form.name))],
    dependencies: [KeyDependency("tolerance", needs: "continuous")],
    keys: [title, about, cites, of] + claims + [tolerance, except])

  static func read(_ fields: Fields) -> PropertySyntax? {
    let claim = readClaim(fields)
    let subject = fields[of]
    let (title, about, citations) = (fields[title], fields[about], fields[cites])
    let (tolerance, exemptions) = (fields[tolerance], fields[except])
    guard let claim, let subject else { return nil }
    var property = PropertySyntax(name: fields.name, of: subject, claim: claim)
    property.title = title
    property.about = about
    property.citations = citations ?? []
    property.tolerance = tolerance
    property.exemptions = exemptions?.map(\.1) ?? []
    return property
  }

  private static func readClaim(_ fields: Fields) -> PropertySyntax.Claim? {
    let found: [PropertySyntax.Claim?] = [
      fields[atLeast].map { .atLeast($0) }, fields[atMost].map { .atMost($0) },
      fields[neverFalls].map { .neverFalls($0) }, fields[neverRises].map { .neverRises($0) },
      fields[continuous].map { .continuous($0) },
      fields[order].map { .sameWhateverTheOrderOf($0) },
    ]
    return found.lazy.compactMap(\.self).first
  }
}

/// An entry of `except:`.
enum ExemptionShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let when = Key(
    "when", .expression, "The households of which it is not promised.", required: true)
  static let cites = Key("cites", .citations, "The provision that wants it so.", required: true)

  static let form = ShapeForm(
    "an exemption", "Households of which the law does not promise a property.",
    keys: [title, when, cites])

  static func read(_ fields: Fields) -> PropertySyntax.Exemption? {
    let (title, condition, citations) = (fields[title], fields[when], fields[cites])
    return condition.map {
      .init(name: fields.name, title: title, when: $0, citations: citations ?? [])
    }
  }
}

/// An entry of `cliffs:`.
enum CliffShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let about = Key("about", .text, "What authors should know about it.")
  static let of = Key("of", .dottedName, "The benefit or rule that falls at once.", required: true)
  static let when = Key("when", .change, "The change that it falls at.")
  static let at = Key("at", .expression, "The value of the fact that it falls at.")
  static let cites = Key("cites", .citations, "The provision that wants it so.", required: true)

  static let form = ShapeForm(
    "a cliff", "A sudden loss that the law is known to make.",
    dependencies: [KeyDependency("at", needs: "when")], keys: [title, about, of, when, at, cites])

  static func read(_ fields: Fields) -> CliffSyntax? {
    let subject = fields[of]
    let (title, about, citations) = (fields[title], fields[about], fields[cites])
    let (change, place) = (fields[when], fields[at])
    guard let subject else { return nil }
    var cliff = CliffSyntax(name: fields.name, of: subject)
    cliff.title = title
    cliff.about = about
    cliff.citations = citations ?? []
    cliff.when = change
    cliff.at = place
    return cliff
  }
}

extension Kind where Value == ChangeSyntax {
  /// `household.income rises`, `household.lone_parent becomes true`, `household.children grows`
  static var change: Self {
    .scalar(.change) { scalar, spot, reading in
      let words = scalar.text.split(separator: " ").map { word in
        let start = scalar.fileOffset(
          of: scalar.text.utf8.distance(
            from: scalar.text.startIndex, to: word.startIndex))
        let span = Span(
          file: spot.node.span.file, start: start, end: start + Int32(word.utf8.count))
        return NameSyntax(String(word), span: span)
      }
      guard words.count >= 2, let verb = ChangeSyntax.Verb(rawValue: words[1].text),
        words.count == (verb == .becomes ? 3 : 2)
      else {
        reading.report(.notAChange(scalar.text, at: spot.node.span))
        return nil
      }
      return ChangeSyntax(
        of: words[0], verb: verb, value: words.count == 3 ? words[2] : nil, span: spot.node.span)
    }
  }
}
