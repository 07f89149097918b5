import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A file of fixtures.
enum FixtureFileShape: Shape {
  static let tests = Key(
    "tests", .dottedName, "The id of the rulebook that is tested.", required: true)
  static let today = Key("today", .date, "The date decided for, where a case names none.")
  static let source = Key(
    "source", .plainText, "Where the expected values come from, where a case does not say.")
  static let given = Key(
    "given", .later("the facts of a household"), "The facts that every case starts from.")
  static let suppose = Key("suppose", .suppositions, "Rules whose value is set for every case.")
  static let cases = Key(
    "cases", .list(.shape(FixtureCaseShape.self)), "The cases.", required: true)

  static let form = ShapeForm(
    "a file of fixtures", "Households, and what a rulebook must decide for them.",
    keys: [tests, today, source, given, suppose, cases])

  static func read(_ fields: Fields) -> FixtureFileSyntax? {
    FixtureFileSyntax(
      rulebook: fields[tests], today: fields[today], source: fields[source].filledIn,
      given: fields[given],
      suppose: fields[suppose] ?? [], cases: fields[cases] ?? [])
  }
}

/// An entry of `cases:`.
enum FixtureCaseShape: Shape {
  static let name = Key("name", .plainText, "What the case is about.", required: true)
  static let about = Key("about", .plainText, "What a reader should know about it.")
  static let today = Key("today", .date, "The date decided for.")
  static let source = Key("source", .plainText, "Where the expected values were published.")
  static let basis = Key(
    "basis", .word(["derived"]), "That the expected values were worked out from the law.")
  static let because = Key(
    "because", .plainText, "The arithmetic and the article of what was worked out.")
  static let given = Key(
    "given", .later("the facts of a household"),
    "Facts that replace those of the file; `removed` takes a fact or a member out.")
  static let suppose = Key("suppose", .suppositions, "Rules whose value is set for this case.")
  static let expect = Key(
    "expect", .entries(.written, .shape(ExpectationShape.self)), "What must come out.")
  static let table = Key(
    "table", .grid, "A case a row: what is given before `||`, what is expected behind it.")

  static let form = ShapeForm(
    "a test case", "A household, and what must be decided for it.",
    choices: [KeyChoice("an expectation", ["expect", "table"])],
    dependencies: [KeyDependency("basis", needs: "because")],
    keys: [name, about, today, source, basis, because, given, suppose, expect, table])

  static func read(_ fields: Fields) -> FixtureCaseSyntax? {
    var fixture = FixtureCaseSyntax(span: fields.body)
    fixture.name = fields[name]
    _ = fields[about]
    fixture.today = fields[today]
    let basis = fields[basis]
    fixture.basis = BasisSyntax(
      source: fields[source].filledIn, isDerived: basis != nil, because: fields[because].filledIn)
    // Where it is not written at all, that is reported already.
    if let basis, fields.has(because) { fixture.unexplained = basis.span }
    fixture.given = fields[given]
    fixture.suppose = fields[suppose] ?? []
    fixture.expectations =
      fields[expect]?.map { name, expectation in
        var expectation = expectation
        expectation.name = name
        return expectation
      } ?? []
    fixture.table = fields[table]
    fixture.expects = fields.has(expect) && !fields.isFaulty
    return fixture
  }
}

/// An entry of `expect:`.
enum ExpectationShape: Shape {
  static let value = Key("value", .expectedText, "The rule's value.")
  static let outcome = Key(
    "outcome", .word(Outcome.allCases.map(\.rawValue) + ["due", "not_due"]),
    "What becomes of the benefit.")
  static let amount = Key(
    "amount", .expectedText, "What the benefit pays, or `0 to 186.87` while facts are missing.")
  static let needs = Key("needs", .names, "The facts that are still missing.")
  static let reasons = Key(
    "reasons", .names, "The conditions, each alone or with its state: `age unmet`.")
  static let fired = Key("fired", .names, "The rows and exceptions that gave a value.")
  static let error = Key(
    "error", .written, "The fault's code, and in which rule: `no_row in household.tier`.")
  static let pays = Key(
    "pays", .entries(.written, .shape(PaymentShape.self)),
    "What is paid: by day, or by the name of a payment; of what is paid per month, `month`.")
  static let total = Key("total", .expectedText, "The sum of all that is paid.")
  static let from = Key("from", .date, "The first day that payments are looked at.")
  static let through = Key("through", .date, "The last day that payments are looked at.")
  static let tolerance = Key(
    "tolerance", .written, "How far from the expected number the result may be.")
  static let source = Key("source", .plainText, "Where the value was published.")
  static let basis = Key(
    "basis", .word(["derived", "recorded"]),
    "That the value was worked out from the law, or is only what once came out.")
  static let because = Key(
    "because", .plainText, "The arithmetic and the article, or why there is a tolerance.")

  static let form = ShapeForm(
    "an expectation", "What a rule's value is, or what becomes of a benefit.", short: "value",
    choices: [KeyChoice("an amount", ["value", "amount"], isRequired: false)],
    dependencies: [
      KeyDependency("tolerance", needs: "because"), KeyDependency("from", needs: "through"),
      KeyDependency("through", needs: "from"),
    ],
    keys: [
      value, outcome, amount, pays, total, from, through, needs, reasons, fired, error, tolerance,
      source, basis, because,
    ])

  static func read(_ fields: Fields) -> ExpectationSyntax? {
    var expectation = ExpectationSyntax(name: fields.name)
    expectation.value = fields[value]
    expectation.outcome = fields[outcome]
    expectation.amount = fields[amount]
    expectation.payments =
      fields[pays]?.map { name, payment in
        var payment = payment
        payment.name = name
        return payment
      } ?? []
    expectation.total = fields[total]
    expectation.from = fields[from]
    expectation.through = fields[through]
    expectation.needs = fields[needs]
    expectation.reasons = fields[reasons]
    expectation.fired = fields[fired]
    expectation.error = fields[error]
    expectation.tolerance = fields[tolerance]
    let basis = fields[basis]
    let reason = fields[because]
    expectation.basis = BasisSyntax(
      source: fields[source].filledIn, isDerived: basis?.text == "derived",
      isRecorded: basis?.text == "recorded", because: reason.filledIn)
    if let basis, basis.text == "derived", expectation.basis.because == nil {
      expectation.unexplained = basis
    }
    if expectation.tolerance != nil, expectation.basis.because == nil {
      expectation.unreasoned = reason
    }
    expectation.isFaulty = fields.isFaulty
    return expectation
  }
}

/// An entry of `pays:`.
enum PaymentShape: Shape {
  static let amount = Key(
    "amount", .expectedText, "What each of them pays, or the outcome on that day.")
  static let payments = Key("payments", .written, "How many there are.")
  static let first = Key("first", .date, "The day of the first.")
  static let last = Key("last", .date, "The day of the last.")
  static let total = Key("total", .expectedText, "Their sum.")

  static let form = ShapeForm(
    "an expected payment", "What is paid on a day, or under one name.", short: "amount",
    keys: [amount, payments, first, last, total])

  static func read(_ fields: Fields) -> PaymentSyntax? {
    PaymentSyntax(
      name: fields.name, amount: fields[amount], payments: fields[payments], first: fields[first],
      last: fields[last], total: fields[total])
  }
}

/// A part of a list.
enum PartShape: Shape {
  static let includes = Key(
    "includes", .list(.written), "What must be among them.", required: true)

  static let form = ShapeForm(
    "a part of a list", "A list of which only a part is compared.", keys: [includes])

  static func read(_ fields: Fields) -> ListSyntax? {
    ListSyntax(names: fields[includes] ?? [], isPart: true)
  }
}

extension NameSyntax? {
  /// The same; `nil` where nobody has written anything in place of what a suggestion leaves open.
  var filledIn: NameSyntax? { self?.text == SuggestionYAML.blank ? nil : self }
}

extension Kind where Value == NameSyntax {
  /// A name or a value, behind which a comment may stand.
  static var written: Self {
    .scalar(.plainText) { scalar, spot, _ in NameSyntax(scalar.text, span: spot.node.span) }
  }
}

extension Kind where Value == ListSyntax {
  /// A list that is compared whole, or `{ includes: [ … ] }`.
  static var names: Self {
    .either(
      Kind<[NameSyntax]>.list(.written).map { ListSyntax(names: $0, isPart: false) },
      .shape(PartShape.self))
  }
}

extension Kind where Value == [ValueSyntax] {
  static var suppositions: Self {
    Kind<[(NameSyntax, NameSyntax)]>.entries(.written, .written).map { entries in
      entries.map { ValueSyntax(name: $0.0, value: $0.1) }
    }
  }
}

extension Kind where Value == ExpectedTextSyntax {
  /// A value, or the elements of a list.
  static var expectedText: Self {
    .either(
      Kind<NameSyntax>.written.map { .one($0) },
      Kind<[NameSyntax]>.list(.written).map { names in
        let span = names.first.map { $0.span.joined(to: names[names.count - 1].span) }
        return .list(names, span ?? Span(file: 0, start: 0, end: 0))
      })
  }
}
