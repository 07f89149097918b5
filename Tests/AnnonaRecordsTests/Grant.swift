import Annona
import AnnonaRecords

/// A rulebook with something of everything that a record keeps, and a household for it.
enum Grant {
  static let rules = """
    rulebook: grant
    title: Grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    import: { figures: grant.base }
    sources: { act: { title: Grant Act } }
    choices: { home: [owner, tenant] }
    entities:
      household:
        facts:
          income: { type: EUR/month, min: 0, title: Income }
          home: { type: home, title: Home }
          salary: { type: EUR/month, min: 0, varies: monthly, title: Salary }
          resident: { type: boolean, default: true, cites: act s 1, title: Resident }
          note: { type: text, optional: true, title: Note }
        has:
          children: list of child
      child:
        facts:
          born: { type: date, varies: never, max: today, title: Born }
          name: { type: text, optional: true, title: Name }
    rules:
      household.amount:
        title: Amount
        cites: act s 3
        value: 20 EUR/month + 10 EUR/month * count(children)
        round: 1 half_up
        exceptions:
          tenants: { when: home = tenant, cites: act s 4, value: base + 5 EUR/month }
      household.qualifies:
        title: Qualifies
        all:
          resident: { title: Lives here, cites: act s 1, value: resident }
          poor: { title: The income is within the limit, cites: act s 2, value: income <= figures.limit }
      household.paid: { title: Paid, value: sum(salary over last 2 months) }
      household.steady: { title: Earns little, cites: act s 5, value: paid <= 3_000 EUR }
    benefits:
      grant:
        title: Grant
        entitled: household.qualifies and household.steady
        amount: household.amount
        authority: Grant office
        appeal: { to: Court, within: 30 days }

    """

  static let base = """
    rulebook: grant.base
    title: Figures
    language: en
    in_force: { from: 2024-01-01 }
    parameters:
      limit:
        type: EUR/month
        title: Limit
        cites: Order 1
        values: { 2024-01-01: 1_000, 2025-01-01: { value: 1_200, cites: Order 2 } }
        until_further_notice: true

    """

  static let household = """
    today: 2025-11-01
    household:
      income: { value: 1_050.50, source: "register:tax", observed: 2025-10-01, verified: "caseworker:17" }
      home: tenant
      salary: { 2025-09: { value: 1_000, source: "document:sha256:00" }, 2025-10..: 1_200 }
      note: "unknown"
      children: { zoe: { born: 2020-02-29, name: "Zoe\\u0301" }, abe: { born: 2019-01-01 } }

    """

  struct Library: RulebookLibrary {
    let files: [String: [SourceFile]]

    func rulebooks(called id: String) -> [[SourceFile]] { files[id].map { [$0] } ?? [] }
  }

  /// - Parameter folder: what the files are below, which no record depends on.
  static func rulebook(
    _ rules: String = rules, base: String = base, in folder: String = "somewhere"
  ) throws -> RecordedRulebook {
    let library = Library(files: [
      "grant.base": [SourceFile(path: "\(folder)/lib/figures.yaml", text: base)]
    ])
    return RecordedRulebook(
      try Rulebook.load(
        files: [SourceFile(path: "\(folder)/grant/rules.yaml", text: rules)], imports: library
      ).get())
  }

  static func record(
    _ household: String = household, under recorded: RecordedRulebook? = nil,
    context: DecisionContext = DecisionContext(
      purpose: .determination, authority: "Grant office", subject: "s-1"),
    producedAt: String = "2025-11-01T10:00:00Z", secret: [UInt8]? = nil,
    setting settings: [String] = []
  ) throws -> Record {
    let recorded = try recorded ?? rulebook()
    let facts = try recorded.rulebook.readCase(
      SourceFile(path: "household.yaml", text: household), setting: settings.map { FactSetting($0) }
    )
    return recorded.record(
      facts, on: facts.today ?? .earliest, context: context, producedAt: Moment(producedAt),
      secret: secret)
  }

  /// A record as short as there can be.
  static func smallest(secret: [UInt8]? = nil) throws -> Record {
    let rules = """
      rulebook: tiny
      title: T
      language: en
      case: person
      in_force: { from: 2024-01-01 }
      entities: { person: { facts: { old: { type: boolean } } } }
      rules: { person.r: old }
      benefits: { b: { title: B, entitled: person.r } }

      """
    return try record(
      "{ today: 2025-11-01, person: { old: true } }", under: try rulebook(rules), secret: secret)
  }

  static let secret = Array("sixteen bytes at least".utf8)
}
