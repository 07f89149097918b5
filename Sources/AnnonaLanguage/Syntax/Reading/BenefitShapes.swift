/// An entry of `benefits:`.
enum BenefitShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let about = Key("about", .text, "What authors should know about it.")
  static let cites = Key("cites", .citations, "The provision that grants it.")
  static let members = Key("for", .expression, "The members of which each has a decision.")
  static let applies = Key("applies", .expression, "Whether the benefit concerns them at all.")
  static let entitled = Key("entitled", .expression, "Whether they get it.", required: true)
  static let amount = Key("amount", .expression, "How much they get.")
  static let pays = Key(
    "pays", .entries(.name, .shape(PaymentShape.self)), "Several or irregular payments.")
  static let under = Key("under", .expression, "The date whose law it is decided under.")
  static let events = Key(
    "events", .oneOrMore(.dottedName), "What makes it worth deciding anew.")
  static let authority = Key("authority", .text, "Who decides and pays.")
  static let appeal = Key("appeal", .shape(AppealShape.self), "Where people turn against it.")

  static let form = ShapeForm(
    "a benefit", "What people can be entitled to.",
    choices: [KeyChoice("an amount", ["amount", "pays"], isRequired: false)],
    keys: [
      title, about, cites, members, applies, entitled, amount, pays, under, events, authority,
      appeal,
    ])

  static func read(_ fields: Fields) -> BenefitSyntax? {
    var benefit = readWhatChargesShare(fields)
    benefit.entitled = fields[entitled]
    return benefit.entitled == nil ? nil : benefit
  }

  fileprivate static func readWhatChargesShare(_ fields: Fields) -> BenefitSyntax {
    var benefit = BenefitSyntax(name: fields.name, span: fields.span)
    benefit.title = fields[title]
    benefit.about = fields[about]
    benefit.citations = fields[cites] ?? []
    benefit.members = fields[members]
    benefit.applies = fields[applies]
    benefit.amount = fields[amount]
    benefit.payments = fields[pays]?.map(\.1) ?? []
    benefit.under = fields[under]
    benefit.events = fields[events] ?? []
    benefit.authority = fields[authority]
    benefit.appeal = fields[appeal]
    return benefit
  }
}

/// An entry of `charges:`: the body of a benefit, with `due` in place of `entitled`.
enum ChargeShape: Shape {
  static let due = Key("due", .expression, "Whether they owe it.", required: true)

  static let form = ShapeForm(
    "a charge", "What people can owe.", choices: BenefitShape.form.choices,
    keys: [
      BenefitShape.title, BenefitShape.about, BenefitShape.cites, BenefitShape.members,
      BenefitShape.applies, due, BenefitShape.amount, BenefitShape.pays, BenefitShape.under,
      BenefitShape.events, BenefitShape.authority, BenefitShape.appeal,
    ])

  static func read(_ fields: Fields) -> BenefitSyntax? {
    var charge = BenefitShape.readWhatChargesShare(fields)
    charge.isCharge = true
    charge.entitled = fields[due]
    return charge.entitled == nil ? nil : charge
  }
}

/// `appeal:`
enum AppealShape: Shape {
  static let to = Key("to", .text, "Who hears it.", required: true)
  static let within = Key("within", .expression, "How long people have for it.")
  static let effect = Key(
    "effect", .text, "What it does to the decision while it is heard.")
  static let cites = Key("cites", .citations, "The provision that gives it.")

  static let form = ShapeForm(
    "an appeal", "Where people turn against a decision.", keys: [to, within, effect, cites])

  static func read(_ fields: Fields) -> BenefitSyntax.Appeal? {
    BenefitSyntax.Appeal(
      to: fields[to], within: fields[within], effect: fields[effect],
      citations: fields[cites] ?? [])
  }
}

/// An entry of `pays:`.
enum PaymentShape: Shape {
  static let title = Key("title", .text, "What people call it.")
  static let cites = Key("cites", .citations, "The provision that grants it.")
  static let amount = Key(
    "amount", .expression, "How much is paid on each date.", required: true)
  static let once = Key("once", .expression, "The date of a single payment.")
  static let every = Key("every", .expression, "The time from one payment to the next.")
  static let starting = Key("starting", .expression, "The date of the first payment.")
  static let after = Key("after", .expression, "The date one step before the first payment.")
  static let during = Key("during", .expression, "The period that the payments fall in.")

  static let form = ShapeForm(
    "a payment", "One payment, or payments at equal steps.",
    choices: [
      KeyChoice("a time", ["once", "every"]),
      KeyChoice("a start", ["once", "starting", "after"]),
    ],
    dependencies: [
      KeyDependency("starting", needs: "every"), KeyDependency("after", needs: "every"),
      KeyDependency("during", needs: "every"),
    ],
    keys: [title, cites, amount, once, every, starting, after, during])

  static func read(_ fields: Fields) -> PaymentSyntax? {
    var payment = PaymentSyntax(name: fields.name, span: fields.span)
    payment.title = fields[title]
    payment.citations = fields[cites] ?? []
    payment.amount = fields[amount]
    payment.once = fields[once]
    payment.every = fields[every]
    payment.starting = fields[starting]
    payment.after = fields[after]
    payment.during = fields[during]
    return payment.amount == nil ? nil : payment
  }
}
