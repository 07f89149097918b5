import AnnonaValues
import Testing

@testable import AnnonaLanguage

struct RulebookExampleTests {
  @Test func `The rates rebate reads without a word`() throws {
    let read = ReadRulebook(ratesRebate)
    #expect(read.lines == [])
    let rulebook = read.syntax
    let header = try #require(rulebook.header)
    #expect(header.id.text == "nz.rates_rebate")
    #expect(header.caseEntity?.text == "household")
    #expect(header.currency?.text == "NZD")
    #expect(header.inForce?.from.date == CalendarDate(text: "2017-07-01"))
    #expect(header.leapDayBirthday?.text == "mar_1")
    #expect(header.sources.map(\.name.text) == ["act", "order_2019"])
    #expect(rulebook.entities.map(\.name.text) == ["household", "person"])
    let household = rulebook.entities[0]
    #expect(household.facts.map(\.name.text) == ["rates", "income", "lived_here_on_1_july"])
    #expect(household.places.map(\.name.text) == ["dependants"])
    #expect(rulebook.entities[1].facts[0].isOptional)
    #expect(rulebook.entities[1].facts[1].varies?.text == "never")
    #expect(rulebook.unread.isEmpty)
  }

  @Test func `Parameters keep their dates, provisions and doubts`() throws {
    let parameters = ReadRulebook(ratesRebate).syntax.parameters
    let threshold = try #require(parameters.first)
    #expect(threshold.untilFurtherNotice)
    #expect(threshold.citations.map(\.text) == ["act s 3(1)"])
    #expect(threshold.entries.count == 9)
    #expect(threshold.entries[2].citations.map(\.text) == ["order_2019 cl. 3"])
    guard case .unverified(let why, nil) = threshold.entries[4].value else {
      Issue.record("2021 is not known")
      return
    }
    #expect(why.variants.map(\.text) == ["The order for 2021/22 was not available to the author."])
    #expect(parameters.map(\.name.text) == ["income_threshold", "initial_contribution", "maximum"])
  }

  @Test func `Rules have one version, conditions are rules`() throws {
    let rules = ReadRulebook(ratesRebate).syntax.rules
    #expect(rules.map(\.name.text) == ["income_limit", "reduction", "rebate", "qualifies"])
    #expect(Set(rules.compactMap(\.entity?.text)) == ["household"])
    #expect(rules[2].round?.mode == .halfUp)
    guard case .conditions(every: true, let conditions, _)? = rules[3].versions[0].body else {
      Issue.record("no conditions")
      return
    }
    #expect(conditions.map(\.name.text) == ["ratepayer", "worthwhile"])
    #expect(
      conditions[0].unmet?.variants.map(\.text) == ["You did not live in this home on 1 July."])
    #expect(conditions[0].citations.map(\.text) == ["act s 5"])
  }

  @Test func `A benefit names its rules`() throws {
    let benefit = try #require(ReadRulebook(ratesRebate).syntax.benefits.first)
    #expect(benefit.name.text == "rates_rebate")
    #expect(benefit.entitled != nil && benefit.amount != nil && benefit.appeal?.within != nil)
    #expect(benefit.authority?.variants.map(\.text) == ["your local council"])
  }

  @Test func `Versions have a date, a body and a provision each`() throws {
    let read = ReadRulebook(childBenefit)
    #expect(read.lines == [])
    let versions = try #require(read.syntax.rules.first).versions
    #expect(
      versions.map { $0.from.map { "\($0.date)" } } == ["2024-01-01", "2025-01-01", "2026-01-01"])
    #expect(versions[0].citations.map(\.text) == ["portaria_422_2023 art. 2"])
    guard case .table(let table, .first)? = versions[0].body else {
      Issue.record("no table")
      return
    }
    #expect(table.inputs.count == 2)
    guard case .value? = versions[1].body else {
      Issue.record("no formula")
      return
    }
    #expect(versions[2].body == nil)
  }

  @Test func `Exceptions have a condition and a body`() throws {
    let read = ReadRulebook(healthAllowance)
    #expect(read.lines == [])
    let exceptions = try #require(read.syntax.rules.first).exceptions
    #expect(exceptions.map(\.rule.name.text) == ["partner_geen_verzekerde", "buitenland"])
    #expect(exceptions[0].rule.when != nil)
    #expect(exceptions[1].prevailsOver.map(\.text) == ["partner_geen_verzekerde"])
    #expect(exceptions[1].refines == false)
    #expect(exceptions[1].rule.exceptions.map(\.rule.name.text) == ["tijdelijk"])
  }

  @Test func `Short forms are the long ones`() throws {
    let read = ReadRulebook(shortForms)
    #expect(read.lines == [])
    let rulebook = read.syntax
    #expect(rulebook.choices[0].members.map(\.name.text) == ["single", "married"])
    #expect(rulebook.choices[1].members.map(\.title?.variants.first?.text) == ["Low", "High"])
    #expect(rulebook.entities[0].places.map(\.isOptional) == [false, true, false])
    #expect(rulebook.units.map(\.text) == ["kWh", "m3"])
    #expect(rulebook.imports.map(\.rulebook.text) == ["pt.ias"])
    let title = try #require(rulebook.header?.title)
    #expect(title.variants.map(\.language) == ["pt", "en"])
    guard case .conditions(every: false, let conditions, _)? = rulebook.rules[0].versions[0].body
    else {
      Issue.record("no conditions")
      return
    }
    #expect(conditions.map(\.name.text) == ["resident", "low_income"])
  }

  @Test func `A rule's days in force are its versions`() throws {
    let read = ReadRulebook(
      """
      rulebook: xx.test
      rules:
        household.x: { value: 1, in_force: { from: 2024-01-01, through: 2025-12-31 } }
      """)
    #expect(read.lines == [])
    let versions = try #require(read.syntax.rules.first).versions
    #expect(versions.map { $0.from.map { "\($0.date)" } } == ["2024-01-01", "2026-01-01"])
    #expect(versions.map { $0.body == nil } == [false, true])
  }

  @Test func `Of two declarations the first stays`() {
    let read = ReadRulebook(
      "rulebook: xx.test\nrules: { household.x: 1, household.y: 2 }\n",
      "rules: { household.x: 3 }\n")
    #expect(read.diagnostics.map(\.code) == ["K023"])
    #expect(read.syntax.rules.map(\.span.file) == [0, 0])
  }

  @Test func `A broken rule does not stop the others`() {
    let read = ReadRulebook(
      """
      rulebook: xx.test
      rules:
        household.broken: { titel: Broken, value: [1] }
        household.whole: 2
      """)
    #expect(read.diagnostics.map(\.code) == ["K001", "K011"])
    #expect(read.syntax.rules.map(\.name.text) == ["whole"])
    #expect(read.syntax.unread.map(\.text) == ["broken"])
  }

  @Test func `Declarations of several files come in the order of the files`() {
    let read = ReadRulebook(
      "rules: { household.b: 1 }\n", "rulebook: xx.test\nrules: { household.a: 2 }\n")
    #expect(read.lines == [])
    #expect(read.syntax.rules.map(\.name.text) == ["b", "a"])
  }
}

private let childBenefit = """
  rulebook: pt.test
  rules:
    person.base_amount:
      title: Child benefit by tier and age
      type: EUR/month
      from:
        2024-01-01:
          cites: portaria_422_2023 art. 2
          hit: first
          table: |
            household.tier | age_in_months in month || value
            1              | up to 36               || 183.03
            1              | above 36               ||  72.00
            4              | above 36 to 72         ||  42.91
            4              | above 72               ||   0
        2025-01-01: 12 EUR/month
        2026-01-01: { repealed: true }
  """

private let healthAllowance = """
  rulebook: nl.test
  rules:
    huishouden.aanspraak:
      cites: wzt art. 2 lid 1
      value: max(0, (if toeslagpartner = null then 1 else 2) * standaardpremie - normpremie)
      exceptions:
        partner_geen_verzekerde:
          cites: wzt art. 2 lid 4
          when: toeslagpartner != null and not toeslagpartner.verzekerd
          value: 50 % * base
        buitenland:
          when: woont_in_buitenland
          in_force: { from: 2024-01-01, through: 2025-12-31 }
          prevails_over: partner_geen_verzekerde
          refines: false
          value: 0
          exceptions:
            tijdelijk: { when: tijdelijk_verblijf, value: base, round: 1 floor }
  """

private let shortForms = """
  rulebook: xx.test
  title: { pt: Exemplo, en: Example }
  import: { ias: pt.ias }
  units: [kWh, m3]
  choices:
    marital_status: [single, married]
    band: { low: Low, high: { en: High, pt: Alto } }
  sources:
    act: An act of parliament
  entities:
    household:
      has:
        applicant: person
        partner: person optional
        children: { type: list of person, min: 1 }
    person:
      facts:
        birth_date: date
        status: { choice: [yes, no] }
        spouse: { type: person, optional: true }
  functions:
    double: { takes: { size: integer }, value: size * 2 }
  rules:
    household.resident_or_poor:
      any:
        - resident
        - low_income: { if: income < 3 EUR, cites: [act s 1, act s 2] }
    household.tax:
      scale:
        of: income
        brackets: |
          above | rate
          0     | 10 %
          100   | 20 %
    household.step:
      cases:
        - { when: income < 3 EUR, value: 1, cites: act s 3 }
        - otherwise: 2
  """

let ratesRebate = """
  rulebook: nz.rates_rebate
  title: Rates Rebate
  language: en
  currency: NZD
  case: household                         # the entity that is decided
  in_force: { from: 2017-07-01 }          # outside it the outcome is not_in_force
  calendar: { leap_day_birthday: mar_1, month_overflow: error }   # required only when something needs it
  sources:
    act: { title: Rates Rebate Act 1973, url: "https://…" }
    order_2019: { title: Rates Rebate (Specified Amounts) Order 2019, url: "https://…" }

  entities:
    household:
      facts:
        rates:
          type: NZD/year
          min: 0
          ask: What are the total rates on your home this year?
        income:
          type: NZD/year
          min: 0
          ask: What was your household's income before tax last year?
        lived_here_on_1_july: { type: boolean, ask: Did you live here on 1 July? }
      has:
        dependants: list of person
    person:
      facts:
        name: { type: text, optional: true }
        birth_date: { type: date, varies: never, ask: When was <name or "this child"> born? }

  parameters:
    income_threshold:
      title: Income above which the rebate reduces
      type: NZD/year
      cites: act s 3(1)
      until_further_notice: true
      values:
        2017-07-01: 24_790
        2018-07-01: 25_180
        2019-07-01: { value: 25_660, cites: order_2019 cl. 3 }
        2020-07-01: 26_150
        2021-07-01: { unverified: The order for 2021/22 was not available to the author. }
        2022-07-01: 28_080
        2023-07-01: { unverified: The order for 2023/24 was not available to the author. }
        2024-07-01: 31_510
        2025-07-01: 32_210
    initial_contribution: { type: NZD/year, cites: act s 3(1)(a), until_further_notice: true, values: { 2006-07-01: 160 } }
    maximum:
      type: NZD/year
      cites: act s 3(1)(b)
      until_further_notice: true
      values: { 2017-07-01: 620, 2018-07-01: 630, 2019-07-01: 640 }      # and so on

  rules:
    household.income_limit:
      cites: act s 3(1)
      value: income_threshold + 500 NZD/year * count(dependants)

    household.reduction:
      title: $1 for each whole $8 of income above the limit
      cites: act s 3(1)
      value: floor(max(0, income - income_limit) / 8 to 1 NZD/year)

    household.rebate:
      title: Rates rebate
      cites: act s 3(1)
      value: min(maximum, max(0, (rates - initial_contribution) * 2/3 - reduction))
      round: 0.01 half_up

    household.qualifies:
      all:
        ratepayer:
          if: lived_here_on_1_july
          cites: act s 5
          unmet: You did not live in this home on 1 July.
        worthwhile: rebate > 0 NZD/year

  benefits:
    rates_rebate:
      title: Rates rebate
      entitled: household.qualifies
      amount: household.rebate
      authority: your local council
      appeal: { to: Secretary for Local Government, within: 28 days }
  """
